import { describe, expect, it } from '@jest/globals';
import { operators } from '../../../engine/expr/index.js';
import { parseFormula } from '../../../engine/expr/parse.js';
import { compile } from '../../../engine/expr/program.js';
import { REFUSALS, SYNONYMS, synonym } from '../../../engine/expr/synonyms.js';
import { composedSet, formulaSources } from '../../../engine/graph/composed.js';
import { parseYaml } from '../../../engine/yaml/parse.js';
import { ROOT } from '../../kit/specs.js';
import { barTable, definition, refusals } from './kit.js';

const { composed } = composedSet(formulaSources(ROOT), operators.keys());
const isOperator = (name: string) => operators.has(name) || composed.has(name);

describe('names of other tools', () => {
  it.each([...SYNONYMS])('%s leads to %j', (theirs, ours) => {
    expect(isOperator(theirs)).toBe(false);
    expect(ours.filter((name) => !isOperator(name))).toEqual([]);
    const said = ours.length > 1 ? 'is one of' : 'is called';
    expect(synonym(theirs)).toContain(`here it ${said} ${ours.join(', ')}`);
  });

  it.each([...REFUSALS])('%s is refused on purpose, and told why', (name) => {
    expect(isOperator(name)).toBe(false);
    expect(synonym(name)).toMatch(/rows? to come|prices to come|bars later/);
  });

  it.each([
    ['zigzag(x, 0.05)', 'repaints'],
    ['bfill(x)', 'fills from rows to come'],
    ['pivothigh(x, 5, 5)', 'repaints'],
    ['BBANDS(x, 20)', 'bbands_upper, bbands_middle, bbands_lower'],
    ['diff(zigzag)', 'repaints'],
    ['diff(adl)', 'here it is called ad_line'],
  ])('%s: the hint tells so where it is written', (text, said) => {
    const { problems } = compile(
      [definition('out', text)],
      { self: barTable(['x']) },
      { admit: 'feature', composed },
    );
    expect(problems.map((p) => p.hint)).toEqual([expect.stringContaining(said)]);
  });

  it.each(['lead', 'next', 'future', 'forward', 'shift'])('%s may not look ahead', (name) => {
    expect(isOperator(name)).toBe(false);
    expect(synonym(name)).toContain('looking ahead exists only in targets, as ahead(x, n)');
  });

  it.each(['zscroe', 'constructor', 'mean'])('%s is none', (name) =>
    expect(synonym(name)).toBeUndefined(),
  );
});

describe('habits of other languages', () => {
  const hintOf = (text: string) =>
    parseFormula(text, (offset, length) => ({ file: 'f', line: 1, col: offset + 1, length }))
      .problems[0]?.hint;

  it.each([
    ['close.rolling(12).mean()', 'mean(close, 12)'],
    ['close.shift(-1)', 'lag(close, …); looking ahead exists only in targets'],
    ['close.bfill()', 'fills from rows to come'],
    ['close.pct_change(12)', 'functions: pct_change(close, …)'],
    ['1 + (close.diff(1) * 2)', 'functions: diff(close, …)'],
    ['(a + b).mean(3)', 'functions: mean(close, 12)'],
    ['log(close).mean(3)', 'functions: mean(close, 12)'],
    ['a ? 1 : 0', 'if(c, a, b)'],
  ])('%s', (text, hint) => expect(hintOf(text)).toContain(hint));

  it('reads a choice with a colon as a formula, though YAML ends there', () => {
    expect(parseYaml('fires: close > 1 ? 1 : 0', 'f.yaml').problems[0]?.hint).toContain(
      'if(c, a, b)',
    );
    expect(parseYaml('doc: a: b', 'f.yaml').problems[0]?.hint).not.toContain('if(');
  });

  it.each([
    ['diff(x, -1)', '"k" of `diff`'],
    ['lag(x, -1)', '"k" of `lag`'],
  ])('%s: the argument is one of the call that was written', (text, named) => {
    const { problems } = compile(
      [definition('out', text)],
      { self: barTable(['x']) },
      {
        admit: 'feature',
        composed,
      },
    );
    expect(problems.map((p) => p.message)).toEqual([expect.stringContaining(named)]);
  });
});

describe('modules of other tools', () => {
  const hints: readonly (readonly [text: string, hint: string])[] = [
    ['talib.RSI(x, 14)', 'operators belong to no module: rsi(…)'],
    ['np.log(x)', 'operators belong to no module: log(…)'],
    ['ta.sma(x, 20)', 'operators belong to no module: sma(…)'],
  ];
  for (const [text, hint] of hints) it(text, () => expect(refusals(text)[0]?.hint).toContain(hint));
});
