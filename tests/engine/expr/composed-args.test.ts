import { describe, expect, it } from '@jest/globals';
import { type Composed, loadComposed } from '../../../engine/expr/composed.js';
import { operators } from '../../../engine/expr/ops/index.js';
import { compile, evaluate, SHOWN } from '../../../engine/expr/program.js';
import { Frame } from '../../../engine/frame/frame.js';
import { parseYaml } from '../../../engine/yaml/parse.js';
import { bars, barTable, definition, listsOf, type Values } from './kit.js';

function load(...texts: readonly string[]) {
  const sources = texts.map((text, i) => {
    const file = `${i}.yaml`;
    const { value, problems } = parseYaml(text, file);
    if (value === undefined) throw new Error(problems.map((p) => p.message).join('\n'));
    return { file, value };
  });
  return loadComposed(sources, new Set(operators.keys()));
}

function compiled(text: string, composed: ReadonlyMap<string, Composed>) {
  const self = barTable(['x', 'y']);
  return compile([definition('out', text)], { self }, { admit: 'feature', composed });
}

function run(text: string, composed: ReadonlyMap<string, Composed>): Values {
  const { program, problems } = compiled(text, composed);
  if (problems.length > 0) throw new Error(problems.map((p) => p.message).join('\n'));
  const self = Frame.of({ x: [1, 2, 4, 8], y: [0, 0, 0, 1] });
  const ts = { dtype: 'time' as const, values: bars(4) };
  return listsOf(evaluate(program, { self: self.with('ts', ts) }, ['out'], SHOWN)).out ?? [];
}

const AVERAGE = `formula: average_of
args:
  x: {}
  n: { kind: rows, default: 2, min: 1, max: 3 }
  method: { kind: word, words: [plain, last], default: plain }
  doubled: { kind: flag, default: false }
let:
  mean_or_last: if(method == 'plain', mean(x, n), lag(x, n))
expr: if(doubled, 2, 1) * mean_or_last`;
const OUTER = `formula: outer
args:
  x: {}
  rows_back: { kind: rows, default: 1 }
  how: { kind: word, words: [plain, last], default: last }
expr: average_of(x, rows_back, how)`;
const RANKED = `formula: ranked
args:
  x: {}
  ties: { kind: word, words: [max, min], default: max }
expr: rank(x, 2, ties=ties)`;

const { composed, problems } = load(AVERAGE, OUTER, RANKED);

describe('constant arguments of composed operators', () => {
  it('are read', () => expect(problems).toEqual([]));

  it.each<readonly [string, Values]>([
    ['average_of(x)', [null, 1.5, 3, 6]],
    ['average_of(x, 1)', [1, 2, 4, 8]],
    ['average_of(x, 10m)', [null, 1.5, 3, 6]],
    ['average_of(x, method=last)', [null, null, 1, 2]],
    ["average_of(x, method='last')", [null, null, 1, 2]],
    ['average_of(x, doubled=true)', [null, 3, 6, 12]],
    ['outer(x)', [null, 1, 2, 4]],
    ['outer(x, 2, plain)', [null, 1.5, 3, 6]],
    ['ranked(y)', [null, 1, 1, 1]],
    ['ranked(y, min)', [null, 0, 0, 0.5]],
  ])('%s', (text, gives) => expect(run(text, composed)).toEqual(gives));

  it.each([
    ['average_of(x, 0)', 'expr/out-of-range', 'The argument "n" of `average_of` is 0'],
    ['average_of(x, 4)', 'expr/out-of-range', 'it must be at least 1 and at most 3'],
    ['average_of(x, 1.5)', 'expr/not-whole-rows', 'The argument "n" of `average_of` is 1.5 rows'],
    ['average_of(x, 7m)', 'expr/not-whole-rows', 'a row lasts 5 minutes'],
    ['average_of(x, y)', 'expr/constant-expected', 'must be a constant number of rows'],
    ['average_of(x, method=first)', 'expr/constant-expected', 'must be one of plain, last'],
    ['average_of(x, doubled=1)', 'expr/constant-expected', 'must be true or false'],
    ['outer(x, 9)', 'expr/out-of-range', 'The argument "rows_back" of `outer` is 9'],
  ])('%s is refused: %s', (text, code, said) => {
    const found = compiled(text, composed).problems;
    expect(found.map((p) => p.code)).toEqual([code]);
    expect(found[0]?.message).toContain(said);
  });

  it('choose a branch, and the other one counts for nothing', () => {
    const reach = (text: string) => compiled(text, composed).program.columns[0]?.facts.reach;
    expect(reach('average_of(x, 3, plain)')).toBe(2);
    expect(reach('average_of(x, 3, last)')).toBe(3);
  });
});

describe('arguments in the file of a composed operator', () => {
  it.each([
    ['a word without words', 'how: { kind: word }', 'formula/words'],
    ['a single word', 'how: { kind: word, words: [one] }', 'formula/words'],
    ['a default that is none', 'how: { kind: word, words: [a, b], default: c }', 'formula/default'],
    ['bounds of a series', 'v: { min: 1 }', 'formula/bounds'],
    ['words of a number', 'n: { kind: number, words: [a, b] }', 'formula/bounds'],
    ['a bound that is no number', 'n: { kind: rows, min: one }', 'yaml/type'],
    ['a field nobody knows', 'n: { kind: rows, least: 1 }', 'yaml/unknown-key'],
  ])('%s is refused', (_what, arg, code) => {
    const { problems: found } = load(`formula: a\nargs:\n  ${arg}\nexpr: 1`);
    expect(found.map((p) => p.code)).toEqual([code]);
    expect(found[0]?.place).toBeDefined();
  });
});
