import { describe, expect, it } from '@jest/globals';
import { rollingSorted, type SortedRequest } from '../../../../engine/expr/kernels/sorted.js';
import { uniform } from '../../../bench/expr/bars.js';
import { exactMeanAbsDev } from './exact.js';
import { hardPrices } from './prices.js';

/** Longer than several chunks of the kernel. */
const ROWS = 10_500;
const ALL = Number.POSITIVE_INFINITY;
const WINDOWS = [1, 2, 7, 96, 1500, ALL];

/** Ties, flat stretches, gaps, both zeros, two far clusters and a wild print. */
function roughSeries(rows: number, seed: number): Float64Array {
  const next = uniform(seed);
  return Float64Array.from({ length: rows }, (_, i) => {
    const kind = Math.floor(i / 500) % 5;
    if (i % 3001 === 3000) return -1e12;
    if (next() < 0.1) return Number.NaN;
    if (kind === 0) return Math.floor(next() * 5) - 2;
    if (kind === 1) return 3;
    if (kind === 2) return next() < 0.5 ? -0 : 0;
    if (kind === 3) return (i % 2 === 0 ? -100 : 100) + next();
    return next() * 10 - 5;
  });
}

const sorted = (v: readonly number[]): readonly number[] => [...v].sort((a, b) => a - b);
function quantile(v: readonly number[], q: number): number {
  const s = sorted(v);
  const h = (s.length - 1) * q;
  const low = Math.floor(h);
  const a = s[low] ?? Number.NaN;
  return low + 1 < s.length ? a + (h - low) * ((s[low + 1] ?? a) - a) : a;
}
const mean = (v: readonly number[]): number => v.reduce((a, b) => a + b, 0) / v.length;
function tail(
  v: readonly number[],
  beyond: (limit: number, x: number) => boolean,
  q: number,
): number {
  const limit = quantile(v, q);
  return mean(v.filter((x) => beyond(limit, x)));
}

interface Held {
  readonly request: SortedRequest;
  readonly of: (known: readonly number[], current: number) => number;
  /** How far from its definition it may be; order statistics are exact. */
  readonly within: number;
}
const HELD: Readonly<Record<string, Held>> = {
  'quantile 0.3': {
    request: { what: 'quantile', q: 0.3, min: 1 },
    of: (v) => quantile(v, 0.3),
    within: 0,
  },
  'quantile 0': {
    request: { what: 'quantile', q: 0, min: 2 },
    of: (v) => Math.min(...v),
    within: 0,
  },
  'quantile 1': {
    request: { what: 'quantile', q: 1, min: 3 },
    of: (v) => Math.max(...v),
    within: 0,
  },
  rank: {
    request: { what: 'rank', ties: 'max', min: 1 },
    of: (v, x) => v.filter((u) => u <= x).length / v.length,
    within: 0,
  },
  'rank min': {
    request: { what: 'rank', ties: 'min', min: 1 },
    of: (v, x) => v.filter((u) => u < x).length / v.length,
    within: 0,
  },
  'rank average': {
    request: { what: 'rank', ties: 'average', min: 1 },
    of: (v, x) =>
      (v.filter((u) => u < x).length + (v.filter((u) => u === x).length + 1) / 2) / v.length,
    within: 0,
  },
  mad: {
    request: { what: 'mad', min: 1 },
    of: (v) => {
      const middle = quantile(v, 0.5);
      return quantile(
        v.map((x) => Math.abs(x - middle)),
        0.5,
      );
    },
    within: 0,
  },
  mean_abs_dev: { request: { what: 'meanAbsDev', min: 1 }, of: exactMeanAbsDev, within: 1e-12 },
  'tail_mean low': {
    request: { what: 'tailMean', q: 0.2, min: 1 },
    of: (v) => tail(v, (limit, x) => x <= limit, 0.2),
    within: 1e-11,
  },
  'tail_mean high': {
    request: { what: 'tailMean', q: 0.9, min: 1 },
    of: (v) => tail(v, (limit, x) => x >= limit, 0.9),
    within: 1e-11,
  },
};
const NAMES = Object.keys(HELD);
const requests = NAMES.flatMap((name) => HELD[name]?.request ?? []);

/** Anchors at rows whose absolute number is divisible by 1024, for a series that starts at row `from`. */
function anchorsFrom(from: number, rows: number): Uint8Array {
  return Uint8Array.from({ length: rows }, (_, i) => (i === 0 || (i + from) % 1024 === 0 ? 1 : 0));
}

function compute(x: Readonly<Float64Array>, window: number, from = 0): readonly Float64Array[] {
  const outs = requests.map(() => new Float64Array(x.length).fill(-7));
  rollingSorted(x, window, anchorsFrom(from, x.length), requests, outs);
  return outs;
}

describe('statistics of a sorted window', () => {
  const x = roughSeries(ROWS, 3);
  const next = uniform(8);
  const rows = Array.from({ length: 40 }, () => Math.floor(next() * ROWS)).concat([0, 1, ROWS - 1]);

  it.each(WINDOWS)('equal their definitions over %d rows', (window) => {
    const found = compute(x, window);
    for (const row of rows) {
      const known = [...x.slice(Math.max(0, row - window + 1), row + 1)].filter(
        (v) => !Number.isNaN(v),
      );
      const current = x[row] ?? Number.NaN;
      for (const [index, name] of NAMES.entries()) {
        const held = HELD[name];
        if (held === undefined) continue;
        const silent =
          known.length < held.request.min || (name.startsWith('rank') && Number.isNaN(current));
        const expected = silent ? Number.NaN : held.of(known, current) + 0;
        const value = found[index]?.[row] ?? -7;
        const near = Math.abs(value - expected) <= held.within * Math.abs(expected);
        if (!near && !Object.is(value, expected))
          throw new Error(`${name} over ${window} at row ${row}: ${value}, not ${expected}`);
      }
    }
  });

  it.each([7, 96, 1500])('have the same bits wherever the data start, over %d rows', (window) => {
    const cut = 1111;
    const whole = compute(x, window);
    const later = compute(x.slice(cut), window, cut);
    for (const [index, name] of NAMES.entries())
      for (let row = cut + window + 1024; row < ROWS; row += 1)
        if (!Object.is(whole[index]?.[row], later[index]?.[row - cut]))
          throw new Error(`${name} over ${window} at row ${row}`);
  });

  it.each([7, 1500, ALL])('do not know of rows after their own, over %d rows', (window) => {
    const end = 9000;
    const whole = compute(x, window);
    const short = compute(x.slice(0, end), window);
    for (const [index, name] of NAMES.entries())
      for (let row = 0; row < end; row += 1)
        if (!Object.is(whole[index]?.[row], short[index]?.[row]))
          throw new Error(`${name} over ${window} at row ${row}`);
  });

  it('of prices around 1e5 keep twelve digits of the mean distance from the mean', () => {
    const prices = hardPrices(ROWS * 2, 4);
    for (const window of [12, 96, 1500]) {
      const found = compute(prices, window)[NAMES.indexOf('mean_abs_dev')];
      for (let row = 100; row < prices.length; row += 499) {
        const known = [...prices.slice(Math.max(0, row - window + 1), row + 1)].filter(
          (v) => !Number.isNaN(v),
        );
        if (known.length === 0) continue;
        const expected = exactMeanAbsDev(known);
        const off = Math.abs((found?.[row] ?? Number.NaN) - expected);
        expect(off <= 1e-12 * expected ? '' : `${window} ${row}: ${off / expected}`).toBe('');
      }
    }
  });
});
