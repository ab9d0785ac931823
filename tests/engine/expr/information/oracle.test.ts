import { describe, expect, it } from '@jest/globals';
import { run } from '../kit.js';
import { patchy, uniform } from './series.js';
import * as slow from './slow.js';

type Rows = readonly number[];
interface Row {
  readonly call: string;
  /** Rows of the window; all so far where it is infinite. */
  readonly window: number;
  readonly of: (x: Rows, y: Rows) => number;
  readonly within?: number;
}
/** Missing with fewer known than this. */
const atLeast = (least: number, count: number, value: () => number): number =>
  count < least ? NaN : value();
const pairs = (x: Rows, y: Rows): number =>
  x.filter((v, i) => !Number.isNaN(v + (y[i] ?? NaN))).length;
const entropy =
  (order: number, delay: number, min: number) =>
  (x: Rows): number =>
    atLeast(min, slow.patternsIn(x, order, delay), () => slow.permutationEntropy(x, order, delay));

/** Windows short and long, and growing ones, of which every ninth row is held against its definition. */
const ROWS: readonly Row[] = [
  { call: 'permutation_entropy(x, 12, min=4)', window: 12, of: entropy(3, 1, 4) },
  { call: 'permutation_entropy(x, 40, order=4, delay=3)', window: 40, of: entropy(4, 3, 31) },
  { call: 'permutation_entropy(x, 60, 2, 1, 1)', window: 60, of: entropy(2, 1, 1) },
  { call: 'permutation_entropy(x, all, order=5)', window: Infinity, of: entropy(5, 1, 1) },
  { call: 'hurst(x, 100)', window: 100, of: (x) => slow.hurst(x, true) },
  { call: 'hurst(x, 77, corrected=false)', window: 77, of: (x) => slow.hurst(x, false) },
  { call: 'hurst(x, all)', window: Infinity, of: (x) => slow.hurst(x, true) },
  ...[2, 3, 7, 16].map((window) => ({
    call: `haar_energy(x, ${window})`,
    window,
    of: (x: Rows) => (x.length < window ? NaN : slow.haarEnergy(x, 3)),
  })),
  {
    call: 'haar_energy(x, 13, depth=9)',
    window: 13,
    of: (x) => (x.length < 13 ? NaN : slow.haarEnergy(x, 9)),
  },
  {
    call: 'kendall(x, y, 25, min=10)',
    window: 25,
    of: (x, y) => atLeast(10, pairs(x, y), () => slow.kendall(x, y)),
  },
  { call: 'kendall(x, y, all)', window: Infinity, of: slow.kendall },
  { call: 'ljung_box_p(x, 5, 40)', window: 40, of: (x) => slow.ljungBox(x, 5) },
  { call: 'ljung_box_p(diff(x), 1, 9)', window: 9, of: (x) => slow.ljungBox(x, 1) },
  { call: 'ljung_box_p(x, 3, all)', window: Infinity, of: (x) => slow.ljungBox(x, 3) },
  { call: 'memory(x, at_most=6, window=30)', window: 30, of: (x) => slow.memory(x, 0.02, 6) },
  { call: 'memory(x, 0.5, 4, all)', window: Infinity, of: (x) => slow.memory(x, 0.5, 4) },
  { call: 'adf_p(x, 30)', window: 30, of: (x) => slow.adf(x, 0) },
  { call: 'adf_p(x, 60, lags=2)', window: 60, of: (x) => slow.adf(x, 2) },
  { call: 'adf_p(x, all, 1)', window: Infinity, of: (x) => slow.adf(x, 1) },
  { call: 'coint_p(y, x, 40)', window: 40, of: (x, y) => slow.coint(y, x, 1) },
  { call: 'coint_p(y, x, 90, lags=3)', window: 90, of: (x, y) => slow.coint(y, x, 3) },
  { call: 'coint_p(y, x, all, 0)', window: Infinity, of: (x, y) => slow.coint(y, x, 0) },
];

/** Series with gaps, ties and flat stretches at several levels, and a partner that shares part of its way. */
function example(seed: number): { readonly x: number[]; readonly y: number[] } {
  const x = patchy(seed, 200, [100, 1e5, 0, 1e-3][seed % 4], [1, 30, 1, 1e-5][seed % 4]);
  const other = patchy(seed + 7, 200, 50, [1, 30, 1, 1e-5][seed % 4]);
  const tied = uniform(seed + 13);
  const y = other.map((v, i) => (tied() < 0.5 ? (x[i] ?? NaN) / 2 : 0) + v / 3);
  return { x, y };
}

const diff = (v: Rows): Rows => v.map((x, i) => x - (v[i - 1] ?? NaN));

describe('information operators equal their definitions on data with gaps, ties and flat stretches', () => {
  for (const { call, window, of, within = 1e-9 } of ROWS)
    it(call, () => {
      for (const seed of [1, 2, 3]) {
        const { x, y } = example(seed);
        const read = call.includes('diff(x)') ? diff(x) : x;
        const found = run(call, { x, y });
        read.forEach((_, row) => {
          if (window === Infinity && row % 9 !== 8) return;
          const first = Math.max(0, row - window + 1);
          const expected = of(read.slice(first, row + 1), y.slice(first, row + 1));
          const own = found[row];
          const same = Number.isNaN(expected)
            ? own === null
            : typeof own === 'number' &&
              Math.abs(own - expected) <= within * Math.max(1, Math.abs(expected));
          if (!same) expect([seed, row, own]).toEqual([seed, row, expected]);
        });
        expect(found.some((v) => v !== null)).toBe(true);
      }
    });
});
