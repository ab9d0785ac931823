import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluate } from '../../../engine/expr/program.js';
import { Frame } from '../../../engine/frame/frame.js';
import { series, windows, written } from './kernels/rough.js';
import { bars, barTable, column, compileAll, listsOf, type Values } from './kit.js';

/** Slow and obvious: each value from the rows of its window alone. */
type Statistic = (known: readonly number[], current: number) => number;
const sum = (v: readonly number[]): number => v.reduce((a, b) => a + b, 0);
const mean = (v: readonly number[]): number => sum(v) / v.length;
const moment = (v: readonly number[], p: number): number => mean(v.map((x) => (x - mean(v)) ** p));
const variance = (v: readonly number[], ddof = 1): number =>
  flat(v) ? 0 : (moment(v, 2) * v.length) / (v.length - ddof);
const flat = (v: readonly number[]): boolean => v.every((x) => x === v[0]);
const sorted = (v: readonly number[]): readonly number[] => [...v].sort((a, b) => a - b);
function quantile(v: readonly number[], q: number): number {
  const s = sorted(v);
  const h = (s.length - 1) * q;
  const low = Math.floor(h);
  const a = s[low] ?? Number.NaN;
  return a + (h - low) * ((s[low + 1] ?? a) - a);
}
const mad = (v: readonly number[]): number => {
  const m = quantile(v, 0.5);
  return quantile(
    v.map((x) => Math.abs(x - m)),
    0.5,
  );
};

const STATISTICS: Readonly<Record<string, readonly [call: string, least: number, of: Statistic]>> =
  {
    sum: ['sum(x, W, min=M)', 1, sum],
    mean: ['mean(x, W, min=M)', 1, mean],
    var: ['var(x, W, min=M)', 2, (v) => variance(v)],
    std0: ['std(x, W, min=M, ddof=0)', 2, (v) => Math.sqrt(variance(v, 0))],
    skew: [
      'skew(x, W, min=M)',
      3,
      (v) => (flat(v) ? Number.NaN : moment(v, 3) / moment(v, 2) ** 1.5),
    ],
    kurtosis: [
      'kurtosis(x, W, min=M, excess=true)',
      4,
      (v) => (flat(v) ? Number.NaN : moment(v, 4) / moment(v, 2) ** 2 - 3),
    ],
    highest: ['highest(x, W, min=M)', 1, (v) => Math.max(...v)],
    lowest: ['lowest(x, W, min=M)', 1, (v) => Math.min(...v)],
    quantile: ['quantile(x, 0.3, W, min=M)', 1, (v) => quantile(v, 0.3)],
    quantile_top: ['quantile(x, 1, W, min=M)', 1, (v) => Math.max(...v)],
    rank: ['rank(x, W, min=M)', 1, (v, x) => v.filter((u) => u <= x).length / v.length],
    rank_min: [
      'rank(x, W, min=M, ties=min)',
      1,
      (v, x) => v.filter((u) => u < x).length / v.length,
    ],
    rank_average: [
      'rank(x, W, min=M, ties=average)',
      1,
      (v, x) =>
        (v.filter((u) => u < x).length + (v.filter((u) => u === x).length + 1) / 2) / v.length,
    ],
    mad: ['mad(x, W, min=M)', 1, mad],
    mean_abs_dev: [
      'mean_abs_dev(x, W, min=M)',
      1,
      (v) => mean(v.map((x) => Math.abs(x - mean(v)))),
    ],
    tail_mean: [
      'tail_mean(x, 0.2, W, min=M)',
      1,
      (v) => mean(v.filter((x) => x <= quantile(v, 0.2))),
    ],
  };
const RANKS = ['rank', 'rank_min', 'rank_average'];

const RUNS = { numRuns: 60, seed: 7 };

function computed(
  formulas: Readonly<Record<string, string>>,
  columns: Readonly<Record<string, readonly number[]>>,
  start?: number,
): Readonly<Record<string, Values>> {
  const plain = Frame.of(columns);
  const facts = Object.fromEntries(plain.names.map((n) => [n, column('f64')]));
  const { program, problems } = compileAll(formulas, { self: barTable([], facts) });
  expect(problems.filter((p) => p.severity === 'error')).toEqual([]);
  return listsOf(
    evaluate(program, {
      self: plain.with('ts', { dtype: 'time', values: bars(plain.length, start) }),
    }),
  );
}

/** Equal up to rounding, measured against the size of what went in. */
function near(found: unknown, expected: number, size: number): boolean {
  if (Number.isNaN(expected)) return found === null;
  return (
    typeof found === 'number' &&
    Math.abs(found - expected) <= 1e-9 * Math.max(1, size, Math.abs(expected))
  );
}

describe('rolling statistics equal their definitions', () => {
  it('on data with gaps, ties, flat stretches and wild prints', () => {
    fc.assert(
      fc.property(series, windows, (x, [window, min]) => {
        const names = Object.keys(STATISTICS);
        const formulas = Object.fromEntries(
          names.map((n) => {
            const [call, least] = STATISTICS[n] ?? ['', 1];
            const wide = written(Math.max(window, least));
            return [`out_${n}`, call.replace('W', wide).replace('M', String(min))];
          }),
        );
        const found = computed(formulas, { x });
        for (const name of names) {
          const [, least, of] = STATISTICS[name] ?? ['', 1, mean];
          x.forEach((current, row) => {
            const known = x
              .slice(Math.max(0, row - Math.max(window, least) + 1), row + 1)
              .filter((v) => !Number.isNaN(v));
            const silent =
              known.length < Math.max(min, least) ||
              (RANKS.includes(name) && Number.isNaN(current));
            const expected = silent ? Number.NaN : of(known, current);
            // Shape statistics of a wild print are ill-conditioned; they are held to their own scale elsewhere.
            const wild = known.some((v) => Math.abs(v) > 1e8) ? 1e9 : 10;
            const size =
              name === 'var' ? wild * wild : name === 'skew' || name === 'kurtosis' ? wild : wild;
            const own = found[`out_${name}`]?.[row];
            if (!near(own, expected, size))
              throw new Error(`${name} row ${row}: ${own}, not ${expected}`);
          });
        }
      }),
      RUNS,
    );
  });

  it('of two series, over the rows where both are known', () => {
    fc.assert(
      fc.property(series, series, windows, (left, right, [any, min]) => {
        const window = Math.max(2, any);
        const n = Math.min(left.length, right.length);
        const [x, y] = [left.slice(0, n), right.slice(0, n)].map((v) =>
          v.map((c) => (Math.abs(c) > 1e8 ? 5 : c)),
        );
        if (x === undefined || y === undefined) return;
        const found = computed(
          {
            cov: `cov(x, y, ${written(window)}, min=${min})`,
            corr: `corr(x, y, ${written(window)}, min=${min})`,
            beta: `beta(y, x, ${written(window)}, min=${Math.max(2, min)})`,
          },
          { x, y },
        );
        for (let row = 0; row < n; row += 1) {
          const pairs: [number, number][] = [];
          for (let j = Math.max(0, row - window + 1); j <= row; j += 1) {
            const [a, b] = [x[j] ?? Number.NaN, y[j] ?? Number.NaN];
            if (!Number.isNaN(a) && !Number.isNaN(b)) pairs.push([a, b]);
          }
          const [a, b] = [pairs.map((p) => p[0]), pairs.map((p) => p[1])];
          const enough = pairs.length >= Math.max(2, min);
          const cov = enough
            ? mean(pairs.map(([u, v]) => (u - mean(a)) * (v - mean(b)))) *
              (pairs.length / (pairs.length - 1))
            : Number.NaN;
          const still = flat(a) || flat(b);
          expect(near(found.cov?.[row], still && enough ? 0 : cov, 100)).toBe(true);
          expect(
            near(
              found.corr?.[row],
              still ? Number.NaN : cov / Math.sqrt(variance(a) * variance(b)),
              10,
            ),
          ).toBe(true);
          const slope = flat(a) ? Number.NaN : still ? 0 : cov / variance(a);
          expect(near(found.beta?.[row], enough ? slope : Number.NaN, 1e3)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('slope is that of least squares', () => {
    fc.assert(
      fc.property(series, (raw) => {
        const x = raw.map((c) => (Math.abs(c) > 1e8 ? 5 : c));
        const found = computed({ slope: 'slope(x, 6, min=3)' }, { x });
        x.forEach((_, row) => {
          const known: [number, number][] = [];
          for (let j = Math.max(0, row - 5); j <= row; j += 1)
            if (!Number.isNaN(x[j])) known.push([j, x[j] ?? 0]);
          const [t, v] = [known.map((p) => p[0]), known.map((p) => p[1])];
          const top = sum(known.map(([a, b]) => (a - mean(t)) * (b - mean(v))));
          const expected =
            known.length < 3 ? Number.NaN : top / sum(t.map((a) => (a - mean(t)) ** 2));
          expect(near(found.slope?.[row], expected, 10)).toBe(true);
        });
      }),
      RUNS,
    );
  });

  it('rows back to an extreme are those to the latest of equals', () => {
    fc.assert(
      fc.property(series, windows, (x, [window, min]) => {
        const found = computed(
          { back: `bars_since_highest(x, ${written(window)}, min=${min})` },
          { x },
        );
        x.forEach((_, row) => {
          const from = Math.max(0, row - window + 1);
          const rows = x
            .map((v, i) => ({ v, i }))
            .slice(from, row + 1)
            .filter(({ v }) => !Number.isNaN(v));
          const top = Math.max(...rows.map(({ v }) => v));
          const last = rows.filter(({ v }) => v === top).at(-1);
          expect(found.back?.[row]).toBe(
            rows.length < min || last === undefined ? null : row - last.i,
          );
        });
      }),
      RUNS,
    );
  });
});

describe('numbers keep their digits', () => {
  const wave = Array.from({ length: 6000 }, (_, i) => Math.sin(i * 0.7) + Math.sin(i * 0.013));
  const STATS = {
    mean: 'mean(x, 96)',
    std: 'std(x, 96)',
    skew: 'skew(x, 96)',
    kurtosis: 'kurtosis(x, 96, excess=false)',
    corr: 'corr(x, lag(x, 1), 96)',
    slope: 'slope(x, 96)',
  };

  it('far from zero and after a wild print has left', () => {
    const clean = computed(STATS, { x: wave });
    const shocked = wave.map((v, i) => (i === 3000 ? 1e12 : v));
    const found = computed(STATS, { x: shocked });
    for (const [name, values] of Object.entries(clean))
      for (let row = 3100; row < 3200; row += 1) {
        const [a, b] = [values[row], found[name]?.[row]];
        if (typeof a !== 'number' || typeof b !== 'number')
          throw new Error(`${name} row ${row}: ${b}`);
        expect(Math.abs(a - b)).toBeLessThan(1e-11);
      }
    const level = computed({ std: 'std(x, 96)' }, { x: wave.map((v) => v + 1e6) });
    for (let row = 95; row < 6000; row += 97)
      expect(Math.abs(Number(level.std?.[row]) - Number(clean.std?.[row]))).toBeLessThan(1e-9);
  });

  it('have the same bits wherever the data start, 1024 rows after they are settled', () => {
    const cut = 1111;
    const whole = computed(STATS, { x: wave });
    const later = computed(STATS, { x: wave.slice(cut) }, bars(wave.length)[cut]);
    for (const [name, values] of Object.entries(whole))
      for (let row = cut + 97 + 1024; row < wave.length; row += 1)
        if (!Object.is(values[row], later[name]?.[row - cut]))
          throw new Error(`${name} row ${row}`);
  });

  it('are missing, not infinite, when they overflow, and come back', () => {
    const x = [1, 2, 1e308, 1e308, 3, 4, 5, 6];
    const found = computed(
      {
        sum: 'sum(x, 2)',
        var: 'var(x, 2)',
        cov: 'cov(x, x, 2)',
        times: 'x * 10',
        over: '1 / (x - 1)',
      },
      { x },
    );
    expect(found.sum?.slice(2)).toEqual([1e308, null, 1e308, 7, 9, 11]);
    expect(found.var?.slice(5)).toEqual([0.5, 0.5, 0.5]);
    expect(found.cov?.slice(5)).toEqual([0.5, 0.5, 0.5]);
    expect(found.times?.slice(1, 4)).toEqual([20, null, null]);
    expect(found.over?.[0]).toBe(null);
  });
});
