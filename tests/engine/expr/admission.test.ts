import { describe, expect, it } from '@jest/globals';
import { compile } from '../../../engine/expr/program.js';
import { barTable, column, compileAll, definition, refusals } from './kit.js';
import { FEATURES, MINUTE, tables } from './market.js';

describe('what is not known at the decision', () => {
  const problem = (text: string, more: Readonly<Record<string, string>> = {}) => {
    const { problems } = compileAll({ ...FEATURES, ...more, out: text }, tables);
    return problems.map((p) => [p.code, p.message]);
  };
  const cases: readonly (readonly [name: string, text: string, code: string, message: RegExp])[] = [
    [
      'looks ahead',
      'log(ahead(close, 96) / close)',
      'expr/looks-ahead',
      /^out → ahead\(close, 96\) \(line 1\): known 96 bars after the decision\.$/,
    ],
    [
      'looks ahead in a composed call',
      'diff(ahead(close, 2))',
      'expr/looks-ahead',
      /ahead\(close, 2\)/,
    ],
    ['an outcome', 'mean(future, 12)', 'expr/outcome', /^out → future \(line 1\) is an outcome/],
    ['the whole sample', 'fitted * 2', 'expr/whole-sample', /^out → fitted/],
    [
      'a bare late column',
      'late > 1',
      'expr/delayed',
      /^out → late \(line 1\) is known 7 min after/,
    ],
    ['a late column lagged too little', 'lag(late, 1)', 'expr/delayed', /late/],
    ['prints beside bars', 'close * funding.rate', 'expr/clocks', /bars and funding/],
    ['a negative lag', 'lag(close, -1)', 'expr/out-of-range', /at least 0/],
  ];
  for (const [name, text, code, message] of cases)
    it(name, () => {
      const [found] = problem(text);
      expect(found?.[0]).toBe(code);
      expect(found?.[1]).toMatch(message);
    });

  it('is told once, where it stands, with the way through clauses', () => {
    const { problems } = compileAll({ far: 'ahead(close, 12)', user: 'far + 1' }, tables);
    expect(problems.map((p) => p.code)).toEqual(['expr/looks-ahead']);
    expect(problems[0]?.hint).toMatch(/targets only/);
  });

  it('counts bars in a target, and rests on rows that can be told', () => {
    const admit = { admit: 'target' as const };
    const codes = (text: string) =>
      compileAll({ out: text }, tables, admit).problems.map((p) => p.code);
    expect(codes('asof(ahead(resample(close, 1h, last), 3))')).toEqual(['expr/argument']);
    expect(codes('asof(resample(ahead(close, 3), 1h, last))')).toEqual(['expr/argument']);
    expect(codes('ahead(asof(resample(close, 1h, last)), 48) / ahead(close, 1)')).toEqual([]);
    expect(codes('latch(ahead(close, 2) > 1, ahead(close, 2) < 1)')).toEqual(['expr/argument']);
    expect(codes('ahead(at(low, 0 * minute + 13), 13) / ahead(close, 1)')).toEqual([
      'expr/early-target',
    ]);
    expect(codes('ahead(bars_since(close > 1), 5)')).toEqual(['expr/early-target']);
  });

  it('may stand in a target, after the entry', () => {
    const admit = { admit: 'target' as const };
    const codes = (text: string) =>
      compileAll({ out: text }, tables, admit).problems.map((p) => p.code);
    expect(codes('log(ahead(close, 12) / close)')).toEqual(['expr/starts-at-decision']);
    expect(codes('(ahead(close, 13) - ahead(close, 1)) / mean(close, 5)')).toEqual([]);
    expect(codes('log(ahead(close, 13) / ahead(close, 1))')).toEqual([]);
    expect(codes('highest(ahead(high, 13), 12) / ahead(close, 1)')).toEqual([]);
    expect(codes('highest(ahead(high, 12), 12) / ahead(close, 1)')).toEqual(['expr/early-target']);
    expect(codes('ahead(open, 1)')).toEqual(['expr/early-target']);
    const early = compileAll({ out: 'ahead(close, 5) - ahead(open, 1)' }, tables, admit).problems;
    expect(early.map((p) => p.message)).toEqual([
      'out → ahead(open, 1) (line 1): this target uses times before the entry, 1 bar after the decision.',
    ]);
    const { program } = compileAll({ out: 'mean(ahead(high, 24), 12) / close' }, tables, admit);
    expect(program.columns[0]?.facts).toMatchObject({
      taint: 'outcome',
      lookahead: 24,
      ahead: { spanFrom: 13, to: 24 },
    });
  });

  it('needs a universe only where one is allowed', () => {
    const told = (formulas: Readonly<Record<string, string>>) =>
      compileAll(formulas, tables, { scope: 'symbol' }).problems.map((p) => p.message);
    const end = 'looks at other symbols, which is not possible here.';
    expect(told({ out: 'close - xs_mean(close)' })).toEqual([
      `out → xs_mean(close) (line 1) ${end}`,
    ]);
    expect(told({ out: 'zscore(BTCUSDT.close, 9)' })).toEqual([
      `out → BTCUSDT.close (line 1) ${end}`,
    ]);
    expect(told({ out: 'xs_zscore(close)' })).toEqual([`out → xs_zscore(close) (line 1) ${end}`]);
  });

  it('names the read that is late, not one that pays for its delay', () => {
    const told = (text: string) => problem(text).map(([, message]) => message);
    const late = 'is known 7 min after the close of its row.';
    expect(told('lag(late, 2) * late')).toEqual([`out → late (line 1) ${late}`]);
    expect(told('asof(funding.rate) + late')).toEqual([`out → late (line 1) ${late}`]);
    expect(told('lag(late, 2) + asof(funding.rate)')).toEqual([]);
  });

  it('shows the way through clauses and through features of other markets', () => {
    const clause = (id: string, text: string) => definition(id, text, { clause: true });
    const { problems } = compile(
      [
        clause('far', 'ahead(close, 12)'),
        clause('jump', 'far - close'),
        definition('seen', 'jump > 0'),
        definition('twin', 'depth_usd * 2'),
        definition('other', 'benchmark.twin'),
        definition('again', 'other + twin'),
      ],
      { ...tables, benchmark: barTable([], { depth_usd: column('f64', { delay: 7 * MINUTE }) }) },
      { admit: 'feature' },
    );
    expect(problems.map((p) => p.message).sort()).toEqual([
      'other → benchmark.twin → depth_usd (line 1) is known 7 min after the close of its row.',
      'seen → jump → far → ahead(close, 12) (line 1): known 12 bars after the decision.',
    ]);
  });
});

describe('what is not bound', () => {
  it('makes definitions unavailable, with all that use them', () => {
    const { program, problems } = compileAll(
      {
        a: 'spot.close / close',
        b: 'a > 1',
        c: 'asof(funding.rate)',
        d: 'arrives(funding)',
        e: 'depth_usd > 1',
        f: 'close',
      },
      { self: barTable(['close']) },
      { unbound: ['spot', 'funding'], unavailable: ['depth_usd'] },
    );
    expect(problems).toEqual([]);
    expect(program.columns.map((c) => c.id)).toEqual(['f']);
    expect([...program.needs]).toEqual([
      ['spot', ['a', 'b']],
      ['funding', ['c', 'd']],
      ['depth_usd', ['e']],
    ]);
  });

  it('says which columns it reads', () => {
    const { program } = compileAll(
      { a: 'benchmark.close > depth_usd', b: 'arrives(funding)', c: 'ETHUSDT.high' },
      tables,
    );
    expect(program.reads).toEqual({
      '@ETHUSDT': ['high', 'ts'],
      benchmark: ['close', 'ts'],
      funding: ['ts'],
      self: ['depth_usd', 'ts'],
    });
  });

  it('hides no other mistake', () => {
    expect(refusals('x + nope').map((p) => p.code)).toEqual(['expr/unknown-name']);
  });
});
