import { rollingPairs } from '../../../../engine/expr/kernels/pairs.js';
import { rollingShape } from '../../../../engine/expr/kernels/shape.js';
import { rollingSum } from '../../../../engine/expr/kernels/sum.js';
import { rollingVariance } from '../../../../engine/expr/kernels/variance.js';
import * as exact from './exact.js';
import { hardPrices, rowsToCheck } from './prices.js';

type Cells = Readonly<Float64Array>;
/** What a kernel is asked: two series, a window, and where it writes. */
interface Work {
  readonly x: Cells;
  readonly y: Cells;
  readonly row: Cells;
  readonly window: number;
  readonly anchors: Readonly<Uint8Array>;
  readonly out: Float64Array;
}
interface Measured {
  readonly run: (work: Work) => void;
  /** The exact value of a window of known pairs, and the size its error is measured against. */
  readonly exact: (x: readonly number[], y: readonly number[], row: readonly number[]) => number;
  readonly size: (value: number, x: readonly number[], y: readonly number[]) => number;
  /** Whether only rows count where both series are known. */
  readonly pairs?: true;
}

const own = (value: number): number => Math.abs(value);
const atLeastOne = (value: number): number => Math.max(1, Math.abs(value));
const deviation = (v: readonly number[]): number => Math.sqrt(exact.exactVariance(v));
const LEAST = 4;

/**
 * The kernels of moments and what each is held to: sums, means, variances and deviations to a share of themselves; skewness,
 * kurtosis and correlation, which may be 0 by cancellation, to a share of 1; a covariance or slope likewise to the product or
 * quotient of the two deviations.
 */
export const KERNELS: Readonly<Record<string, Measured>> = {
  sum: {
    run: (w) => rollingSum(w.x, w.window, LEAST, w.anchors, false, w.out),
    exact: exact.exactSum,
    size: own,
  },
  mean: {
    run: (w) => rollingSum(w.x, w.window, LEAST, w.anchors, true, w.out),
    exact: exact.exactMean,
    size: own,
  },
  var: {
    run: (w) => rollingVariance(w.x, w.window, LEAST, w.anchors, 1, false, w.out),
    exact: exact.exactVariance,
    size: own,
  },
  std: {
    run: (w) => rollingVariance(w.x, w.window, LEAST, w.anchors, 1, true, w.out),
    exact: deviation,
    size: own,
  },
  skew: {
    run: (w) => rollingShape(w.x, w.window, LEAST, w.anchors, shape(3), w.out),
    exact: exact.exactSkew,
    size: atLeastOne,
  },
  kurtosis: {
    run: (w) => rollingShape(w.x, w.window, LEAST, w.anchors, shape(4), w.out),
    exact: exact.exactKurtosis,
    size: atLeastOne,
  },
  cov: {
    run: (w) => rollingPairs(w.x, w.y, w.window, LEAST, w.anchors, 'cov', 1, w.out),
    exact: exact.exactCovariance,
    size: (_, x, y) => deviation(x) * deviation(y),
    pairs: true,
  },
  corr: {
    run: (w) => rollingPairs(w.x, w.y, w.window, LEAST, w.anchors, 'corr', 0, w.out),
    exact: exact.exactCorrelation,
    size: () => 1,
    pairs: true,
  },
  slope: {
    run: (w) => rollingPairs(w.x, w.row, w.window, LEAST, w.anchors, 'slope', 0, w.out),
    exact: (x, _, row) => exact.exactSlope(x, row),
    size: (_, x) => deviation(x) / Math.min(x.length, 1e9),
  },
};

function shape(order: 3 | 4) {
  return { order, corrected: false, excess: false };
}

/** The largest error of a kernel over the rows checked, as a share of its size, and where it was. */
export interface Worst {
  readonly error: number;
  readonly row: number;
}

/** Two series of hard prices, and what kernels need besides. */
export function hardCase(rows: number): Omit<Work, 'window'> {
  const [anchors, row] = [new Uint8Array(rows), new Float64Array(rows)];
  for (let i = 0; i < rows; i += 1) {
    if (i % 1024 === 0) anchors[i] = 1;
    row[i] = i;
  }
  return {
    x: hardPrices(rows, 1),
    y: hardPrices(rows, 99),
    row,
    anchors,
    out: new Float64Array(rows),
  };
}

/** Run a kernel and hold it against exact arithmetic on a sample of rows; a value one has and the other lacks is an error of ∞. */
export function worstOf(
  name: string,
  data: Omit<Work, 'window'>,
  window: number,
  samples: number,
): Worst {
  const kernel = KERNELS[name];
  if (kernel === undefined) throw new Error(`There is no kernel ${name}.`);
  const work = { ...data, window };
  kernel.run(work);
  let worst: Worst = { error: 0, row: -1 };
  for (const row of rowsToCheck(data.x.length, window, samples)) {
    const error = errorAt(kernel, work, row);
    if (error > worst.error) worst = { error, row };
  }
  return worst;
}

function errorAt(kernel: Measured, { x, y, row, window, out }: Work, at: number): number {
  const rows: number[] = [];
  for (let j = Math.max(0, at - window + 1); j <= at; j += 1)
    if (!Number.isNaN(x[j]) && !(kernel.pairs && Number.isNaN(y[j]))) rows.push(j);
  const found = out[at] ?? Number.NaN;
  if (rows.length < LEAST) return Number.isNaN(found) ? 0 : Number.POSITIVE_INFINITY;
  const of = (series: Cells): readonly number[] => rows.map((j) => series[j] ?? Number.NaN);
  const a = of(x);
  const b = kernel.pairs ? of(y) : a;
  const expected = kernel.exact(a, b, of(row));
  if (Number.isNaN(expected) || Number.isNaN(found))
    return Number.isNaN(expected) && Number.isNaN(found) ? 0 : Number.POSITIVE_INFINITY;
  const off = Math.abs(found - expected);
  return off === 0 ? 0 : off / kernel.size(expected, a, b);
}
