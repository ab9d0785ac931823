import { describe, expect, it } from '@jest/globals';
import type { Cell } from '../../../../engine/expr/op-case.js';
import { families } from '../../../../engine/expr/ops/index.js';
import { run } from '../kit.js';
import { RUNS } from './calls.js';
import { type Columns, cellOf, columnsOf, wrong } from './cells.js';

/*
 * Every element-wise operator against its definition, a row at a time. A number that is not finite is missing, and missing is
 * null here.
 */

type Row = { readonly [K in keyof Columns]: Columns[K][number] | null };
type Number = number | null;
type Flag = boolean | null;
interface Oracle {
  readonly call: string;
  readonly of: (row: Row) => Cell;
  readonly within?: number;
}

/** Missing where any argument is. */
function all<T extends Cell>(of: (...known: T[]) => Cell, ...cells: readonly (T | null)[]): Cell {
  const known = cells.flatMap((c) => (c === null ? [] : [c]));
  return known.length < cells.length ? null : of(...known);
}
const of1 = (call: string, of: (x: number) => number, within = 0): Oracle => ({
  call,
  of: ({ x }) => all((v: number) => of(v), x),
  within,
});
const of2 = (sign: string, of: (x: number, y: number) => Cell): Oracle => ({
  call: `x ${sign} y`,
  of: ({ x, y }) => all((a: number, b: number) => of(a, b), x, y),
});
const and = (a: Flag, b: Flag): Flag =>
  a === false || b === false ? false : a === null || b === null ? null : true;
const not = (a: Flag): Flag => (a === null ? null : !a);

/** ½ + φ(z) Σ z^(2k+1) / (1 · 3 · … · (2k+1)); in the tails φ(z) / (z + 1 / (z + 2 / (z + 3 / …))). */
function normalCdf(z: number): number {
  if (z > 0) return 1 - normalCdf(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < -3)
    return (
      density / Array.from({ length: 200 }, (_, k) => 200 - k).reduce((f, k) => -z + k / f, -z)
    );
  let term = z;
  let sum = z;
  for (let k = 1; k < 100; k += 1) {
    term *= (z * z) / (2 * k + 1);
    sum += term;
  }
  return 0.5 + density * sum;
}

/** By bisection. */
function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return Number.NaN;
  let [low, high] = [-9, 9];
  for (let i = 0; i < 200; i += 1) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
  return low;
}

const known = (...cells: readonly Number[]): readonly number[] =>
  cells.flatMap((c) => (c === null ? [] : [c]));

const ORACLES: Readonly<Record<string, readonly Oracle[]>> = {
  '+': [of2('+', (a, b) => a + b)],
  '-': [of2('-', (a, b) => a - b)],
  '*': [of2('*', (a, b) => a * b)],
  '/': [of2('/', (a, b) => (b === 0 ? null : a / b))],
  '<': [of2('<', (a, b) => a < b)],
  '<=': [of2('<=', (a, b) => a <= b)],
  '>': [of2('>', (a, b) => a > b)],
  '>=': [of2('>=', (a, b) => a >= b)],
  '==': [
    of2('==', (a, b) => a === b),
    { call: 'name == other', of: ({ name, other }) => all((a, b) => a === b, name, other) },
    { call: 'c == d', of: ({ c, d }) => all((a, b) => a === b, c, d) },
    { call: "name == 'up'", of: ({ name }) => all((a) => a === 'up', name) },
  ],
  '!=': [
    of2('!=', (a, b) => a !== b),
    { call: 'name != other', of: ({ name, other }) => all((a, b) => a !== b, name, other) },
    { call: 'c != true', of: ({ c }) => all((a) => a !== true, c) },
  ],
  '^': [
    of1('x ^ 2', (v) => v * v),
    of1('x ^ 5', (v) => v * v * v * v * v, 1e-13),
    of1('x ^ -1', (v) => 1 / v),
    of1('x ^ -3', (v) => 1 / (v * v * v), 1e-13),
    of1('x ^ 0', () => 1),
    of1('x ^ 0.5', Math.sqrt),
    of1('x ^ 1.5', (v) => Math.sqrt(v) * v, 1e-13),
  ],
  abs: [of1('abs(x)', Math.abs)],
  and: [{ call: 'c and d', of: ({ c, d }) => and(c, d) }],
  average: [
    {
      call: 'average(x, y, z)',
      of({ x, y, z }) {
        const given = known(x, y, z);
        return given.reduce((a, b) => a + b, 0) / given.length;
      },
      within: 1e-14,
    },
  ],
  ceil: [of1('ceil(x)', Math.ceil)],
  clip: [
    { call: 'clip(x, -1, 2)', of: ({ x }) => all((v) => Math.max(-1, Math.min(v, 2)), x) },
    {
      call: 'clip(x, y, z)',
      of: ({ x, y, z }) =>
        all(
          (v, low, high) => (low > high ? null : ([low, v, high].sort((a, b) => a - b)[1] ?? null)),
          x,
          y,
          z,
        ),
    },
  ],
  coalesce: [
    { call: 'coalesce(x, y, 7)', of: ({ x, y }) => x ?? y ?? 7 },
    { call: 'coalesce(name, other)', of: ({ name, other }) => name ?? other },
    { call: 'coalesce(c, d, false)', of: ({ c, d }) => c ?? d ?? false },
  ],
  cut: [
    {
      call: "cut(x, [-1, 0.5], ['a', 'b', 'c'])",
      of: ({ x }) => all((v) => (v < -1 ? 'a' : v < 0.5 ? 'b' : 'c'), x),
    },
  ],
  exp: [of1('exp(x)', Math.exp)],
  floor: [of1('floor(x)', Math.floor)],
  if: [
    { call: 'if(c, x, y)', of: ({ c, x, y }) => (c === null ? null : c ? x : y) },
    {
      call: 'if(c, name, other)',
      of: ({ c, name, other }) => (c === null ? null : c ? name : other),
    },
    { call: 'if(c, d, e)', of: ({ c, d, e }) => (c === null ? null : c ? d : e) },
  ],
  in: [
    { call: 'x in [0, 1, -3]', of: ({ x }) => all((v) => v === 0 || v === 1 || v === -3, x) },
    {
      call: "name in ['up', 'flat']",
      of: ({ name }) => all((v) => v === 'up' || v === 'flat', name),
    },
  ],
  known: [
    { call: 'known(x)', of: ({ x }) => x !== null },
    { call: 'known(c)', of: ({ c }) => c !== null },
    { call: 'known(name)', of: ({ name }) => name !== null },
  ],
  log: [of1('log(x)', Math.log)],
  max: [
    { call: 'max(x, y, z)', of: ({ x, y, z }) => all((...v: number[]) => Math.max(...v), x, y, z) },
  ],
  min: [
    { call: 'min(x, y, z)', of: ({ x, y, z }) => all((...v: number[]) => Math.min(...v), x, y, z) },
  ],
  negate: [{ call: '-x', of: ({ x }) => all((v) => -v, x) }],
  normal_cdf: [of1('normal_cdf(x)', normalCdf, 1e-12)],
  normal_quantile: [
    of1('normal_quantile(x)', normalQuantile, 1e-9),
    of1('normal_quantile(x / 8 + 0.5)', (v) => normalQuantile(v / 8 + 0.5), 1e-9),
  ],
  not: [{ call: 'not c', of: ({ c }) => not(c) }],
  or: [{ call: 'c or d', of: ({ c, d }) => not(and(not(c), not(d))) }],
  round: [of1('round(x)', (v) => Math.floor(v + 0.5))],
  sign: [of1('sign(x)', (v) => (v > 0 ? 1 : v < 0 ? -1 : 0))],
  sin: [of1('sin(x)', Math.sin)],
  sqrt: [of1('sqrt(x)', Math.sqrt)],
};

/** The cells of a row; a number that is NaN is missing. */
function rowOf(columns: Columns, i: number): Row {
  const number = (v: number | undefined): Number => (v === undefined || Number.isNaN(v) ? null : v);
  return {
    x: number(columns.x[i]),
    y: number(columns.y[i]),
    z: number(columns.z[i]),
    k: number(columns.k[i]),
    c: columns.c[i] ?? null,
    d: columns.d[i] ?? null,
    e: columns.e[i] ?? null,
    name: columns.name[i] ?? null,
    other: columns.other[i] ?? null,
  };
}

describe('element-wise operators and their definitions', () => {
  const elementwise = families.find(({ name }) => name === 'elementwise')?.operators ?? [];
  for (const { name } of elementwise)
    for (const { call, of, within = 0 } of ORACLES[name] ?? [])
      it(call, () => {
        for (let seed = 1; seed <= 2 * RUNS; seed += 1) {
          const columns = columnsOf(seed, 300);
          const expected = columns.x.map((_, i) => cellOf(of(rowOf(columns, i))));
          expect(wrong(run(call, { ...columns }), expected, within)).toBeUndefined();
          expect(expected.some((cell) => cell !== null)).toBe(true);
        }
      });

  it('stand all here', () => {
    expect(Object.keys(ORACLES).sort()).toEqual(elementwise.map((op) => op.name).sort());
  });
});
