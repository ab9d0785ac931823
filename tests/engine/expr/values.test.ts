import { describe, expect, it } from '@jest/globals';
import { refusals, run, type Values } from './kit.js';

const N = Number.NaN;
const T = true;
const F = false;

/** `x`, `y` numbers, `c`, `d` conditions, `w` words. */
const ROWS = {
  x: [1, -2, N, 0, 4],
  y: [2, 0, 3, N, 4],
  c: [T, F, null, T, F],
  d: [T, T, F, null, null],
  w: ['a', 'b', null, 'a', 'b'],
};

describe('values of formulas', () => {
  const cases: readonly (readonly [text: string, gives: Values])[] = [
    ['x + y', [3, -2, null, null, 8]],
    ['x / y', [0.5, null, null, null, 1]],
    ['-x', [-1, 2, null, -0, -4]],
    ['x ^ 3', [1, -8, null, 0, 64]],
    ['x ^ -1', [1, -0.5, null, null, 0.25]],
    ['y ^ 0.5', [Math.SQRT2, 0, Math.sqrt(3), null, 2]],
    ['log(x)', [0, null, null, null, Math.log(4)]],
    ['sqrt(x)', [1, null, null, 0, 2]],
    ['sign(x)', [1, -1, null, 0, 1]],
    ['max(x, y, 1)', [2, 1, null, null, 4]],
    ['min(x, y)', [1, -2, null, null, 4]],
    ['average(x, y)', [1.5, -1, 3, 0, 4]],
    ['clip(x, -1, 2)', [1, -1, null, 0, 2]],
    ['clip(x, x, 1)', [1, -2, null, 0, null]],
    ['coalesce(x, y, 9)', [1, -2, 3, 0, 4]],
    ['known(x)', [T, T, F, T, T]],
    ['if(c, x, y)', [1, 0, null, 0, 4]],
    ['if(c, w, missing)', ['a', null, null, 'a', null]],
    ['x > 0', [T, F, null, F, T]],
    ['x == y', [F, F, null, null, T]],
    ['x != 0', [T, T, null, F, T]],
    ["w == 'a'", [T, F, null, T, F]],
    ["w in ['b', 'c']", [F, T, null, F, T]],
    ['x in [0, 1]', [T, F, null, T, F]],
    ['c == d', [T, F, null, null, null]],
    ['c and d', [T, F, F, null, F]],
    ['c or d', [T, T, null, T, null]],
    ['not c', [F, T, null, F, T]],
    ['not (x > 0)', [F, T, null, T, F]],
    ["cut(x, [0, 4], ['low', 'mid', 'high'])", ['mid', 'low', null, 'mid', 'high']],
    ['lag(x)', [null, 1, -2, null, 0]],
    ['lag(c, 2)', [null, null, T, F, null]],
    ['lag(w, 1)', [null, 'a', 'b', null, 'a']],
    ['at(x, y)', [null, -2, null, null, 1]],
    ['at(x, y, at_most=2)', [null, -2, null, null, null]],
    ['sum(x, 2, min=1)', [1, -1, -2, 0, 4]],
    ['sum(x, all)', [1, -1, -1, -1, 3]],
    ['quantile(x, 0.5, all, min=2)', [null, -0.5, -0.5, 0, 0.5]],
    ['cumsum(x)', [1, -1, null, -1, 3]],
    ['ema(x, alpha=0.5)', [1, -0.5, null, -0.25, 1.875]],
    ['ema(x, alpha=0.5, seed=2)', [null, -0.5, null, -0.25, 1.875]],
    ['ema(x, half_life=1, adjust=true)', [1, -1, null, -3 / 7, 29 / 15]],
    ['bars_since(c)', [0, 1, 2, 0, 1]],
    ['bars_since(c, 1)', [0, 1, null, 0, 1]],
    ['latch(c, not c)', [T, F, null, T, F]],
    ['latch(x > 3, x < 0)', [null, F, null, F, T]],
    ['cooldown(c, 1)', [T, F, null, T, F]],
    ['ceil(x / 3)', [1, -0, null, 0, 2]],
    ['normal_cdf(0) + x * 0', [0.5, 0.5, null, 0.5, 0.5]],
    ['minute', [0, 5, 10, 15, 20]],
    ['weekday * 100 + day + month', [504, 504, 504, 504, 504]],
    ['hour_of_week', [96, 96, 96, 96, 96]],
    ['2 ^ 10 + x * 0', [1024, 1024, null, 1024, 1024]],
  ];
  for (const [text, gives] of cases) it(text, () => near(run(text, ROWS), gives));
});

function near(found: Values, expected: Values): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, row) => {
    if (typeof value === 'number') expect(found[row]).toBeCloseTo(value, 12);
    else expect(found[row]).toBe(value);
  });
}

describe('events in time', () => {
  const flags = (text: string): (boolean | null)[] =>
    [...text].map((k) => (k === '?' ? null : k === '1'));
  const text = (values: Values): string =>
    values.map((v) => (v === null ? '?' : v === true ? '1' : '0')).join('');
  const cases: readonly (readonly [formula: string, a: string, b: string, gives: string])[] = [
    ['then(a, b, 2)', '1000010000', '0100000010', '0100000000'],
    ['then(a, b, 3)', '1000010000', '0001000010', '0001000010'],
    ['then(a, b, 3)', '1100000000', '0110000000', '0110000000'],
    ['then(a, b, 3, unless=lag(a, 2))', '1000000000', '0001000000', '0000000000'],
    ['then(a, b, 1)', '1?00000000', '1100000000', '0100000000'],
    ['latch(a, b)', '0100000100', '0001000110', '?110000100'],
    ['cooldown(a, 3)', '1001101100', '0000000000', '???1001000'],
    ['cooldown(a, 3)', '?001101100', '0000000000', '???1001000'],
    ['holds(a, 3)', '1101111011', '0000000000', '??00011000'],
    ['within(a, 3)', '0100000010', '0000000000', '0111000011'],
    ['rises(a)', '0110?11010', '0000000000', '0100??0010'],
  ];
  for (const [formula, a, b, gives] of cases)
    it(`${formula} of ${a} and ${b}`, () => {
      expect(text(run(formula, { a: flags(a), b: flags(b) }))).toBe(gives);
    });

  it('nothing is made of what is not settled yet', () => {
    const a = flags('0010000000');
    const off = flags('0000001000');
    expect(text(run('known(latch(a, b))', { a, b: off }))).toBe('??11111111');
    expect(text(run('coalesce(latch(a, b), false)', { a, b: off }))).toBe('??11110000');
    expect(text(run('within(cooldown(a, 3), 2)', { a, b: off }))).toBe('???1000000');
    expect(run('coalesce(bars_since(a), 99)', { a }).slice(0, 4)).toEqual([null, null, 0, 1]);
  });
});

describe('what does not go together', () => {
  const cases: readonly (readonly [
    text: string,
    code: string,
    facts?: Readonly<Record<string, unknown>>,
  ])[] = [
    ['x + c', 'expr/type', { op: '+', name: 'y', expected: 'number', found: 'boolean' }],
    ['c and x', 'expr/type', { op: 'and' }],
    ['if(c, x, d)', 'expr/types', { op: 'if', found: 'boolean and number' }],
    ["x == 'a'", 'expr/types', { op: '==' }],
    ['x and y > 0', 'expr/type'],
    ['mean(x)', 'expr/argument-missing', { op: 'mean', name: 'window' }],
    ['mean(x, 96, 72, 1)', 'expr/too-many-arguments'],
    ['mean(x, 96, mn=3)', 'expr/unknown-argument', { op: 'mean', name: 'mn' }],
    ['mean(x, 96, window=3)', 'expr/argument-twice'],
    ['mean(x, y)', 'expr/constant-expected', { op: 'mean', name: 'window' }],
    ['mean(x, 2.5)', 'expr/not-whole-rows'],
    ['mean(x, 7m)', 'expr/not-whole-rows', { found: 1.4 }],
    ['mean(x, 1mo)', 'expr/no-fixed-length'],
    ['mean(x, 0)', 'expr/out-of-range'],
    ['mean(x, 90, min=96)', 'expr/argument', { op: 'mean' }],
    ['past_quantile(x, 0.5, 90)', 'expr/argument', { op: 'quantile' }],
    ['quantile(x, 1.5, 9)', 'expr/out-of-range'],
    ['rank(x, 9, ties=max_)', 'expr/constant-expected'],
    ['kurtosis(x, 9)', 'expr/argument-missing', { name: 'excess' }],
    ['ema(x)', 'expr/argument'],
    ['ema(x, span=3, alpha=1)', 'expr/argument'],
    ['mean(1, 96)', 'expr/constant-series'],
    ["cut(x, [1, 0], ['a', 'b', 'c'])", 'expr/argument'],
    ["cut(x, [1], ['a'])", 'expr/argument'],
    ['[1, 2]', 'expr/list-here'],
    ['x + nope', 'expr/unknown-name', { name: 'nope' }],
    ['meen(x, 3)', 'expr/unknown-operator', { name: 'meen' }],
    ['mean', 'expr/needs-arguments', { name: 'mean' }],
    ['spot.close', 'expr/unknown-table', { name: 'spot' }],
    ['self.nope', 'expr/unknown-column', { table: 'self', name: 'nope' }],
    ['self', 'expr/table-bare', { name: 'self' }],
    ['$q', 'expr/unbound-param', { name: 'q' }],
    ['asof(x)', 'expr/argument', { op: 'asof' }],
    ['arrives(self)', 'expr/argument', { op: 'arrives' }],
    ['x ^ y', 'expr/constant-expected'],
  ];
  for (const [text, code, facts] of cases)
    it(text, () => {
      const [problem, ...more] = refusals(text).filter((p) => p.severity === 'error');
      expect([problem?.code, more.length]).toEqual([code, 0]);
      if (facts !== undefined) expect(problem?.facts).toMatchObject(facts);
      expect(problem?.message).not.toMatch(/\{\w+\}/);
      expect(problem?.place?.file).toBe('test.yaml');
    });

  it('suggests the nearest name', () => {
    expect(refusals('meen(x, 3)')[0]?.hint).toBe('did you mean "mean"?');
    expect(refusals('x + nam')[0]?.hint).toBe('did you mean "name"?');
  });

  it('warns of what is seldom meant', () => {
    const codes = (text: string) => refusals(text).map((p) => [p.severity, p.code]);
    expect(codes('x >= quantile(x, 0.9, 96)')).toEqual([['warning', 'expr/self-in-window']]);
    expect(codes('x >= lag(quantile(x, 0.9, 96), 1)')).toEqual([]);
    expect(codes('cumsum(x)')).toEqual([['warning', 'expr/level-of-cumsum']]);
    expect(codes('diff(cumsum(x), 96)')).toEqual([]);
  });
});
