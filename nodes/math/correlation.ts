import { inRange, sameSize } from './guard.js';
import { cell, columnOf, type Matrix, matrix } from './matrix.js';
import { ranks } from './rank.js';
import type { Vector } from './vector.js';

/** A correlation and how many pairs it stands on. */
export interface Correlation {
  readonly n: number;
  /** From −1 to 1; NaN with fewer than two pairs or a flat side. */
  readonly value: number;
}

/** Pearson's correlation over the pairs present on both sides. @throws math/sizes-differ */
export function pearson(a: Vector, b: Vector): Correlation {
  return pearsonWhere(a, b, (x, y) => !Number.isNaN(x) && !Number.isNaN(y));
}

/** Spearman's rank correlation, equal values sharing ranks, over the pairs present on both sides. */
export function spearman(a: Vector, b: Vector): Correlation {
  sameSize('the sides of a correlation', a.length, b.length);
  const gap = (i: number) => Number.isNaN(a[i]) || Number.isNaN(b[i]);
  const left = ranks(Float64Array.from(a, (x, i) => (gap(i) ? NaN : x)));
  const right = ranks(Float64Array.from(b, (y, i) => (gap(i) ? NaN : y)));
  return pearson(left, right);
}

/** Pearson's correlation over the pairs that `counts` admits. */
function pearsonWhere(
  a: Vector,
  b: Vector,
  counts: (x: number, y: number) => boolean,
): Correlation {
  sameSize('the sides of a correlation', a.length, b.length);
  let n = 0;
  let sumX = 0;
  let sumY = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i] ?? NaN;
    const y = b[i] ?? NaN;
    if (!counts(x, y)) continue;
    n++;
    sumX += x;
    sumY += y;
  }
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i] ?? NaN;
    const y = b[i] ?? NaN;
    if (!counts(x, y)) continue;
    const dx = x - sumX / n;
    const dy = y - sumY / n;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  // A flat side leaves only rounding behind: 1e-14 of its size is nothing.
  const flat = xx <= tiny(sumX, n) || yy <= tiny(sumY, n);
  return { n, value: n < 2 || flat ? NaN : clip(xy / Math.sqrt(xx * yy)) };
}

function tiny(total: number, n: number): number {
  const size = (Math.abs(total) / n) * 1e-14;
  return n * size * size;
}

function clip(value: number): number {
  return Math.max(-1, Math.min(value, 1));
}

/** How a correlation matrix is taken from returns. */
export interface CorrelationRule {
  /** Skip pairs in which either value is exactly 0: a stand-in for a calendar of sessions. */
  readonly skipZeros?: boolean | undefined;
  /** Pairs needed, below which (as for a flat column) the correlation counts as `otherwise`. */
  readonly least?: number | undefined;
  /** What an unknown correlation counts as: NaN unless told. */
  readonly otherwise?: number | undefined;
}

/**
 * Pairwise Pearson correlations of the columns of a T × N matrix.
 * @returns N × N, symmetric, diagonal 1
 */
export function correlations(returns: Matrix, rule: CorrelationRule = {}): Matrix {
  const { skipZeros = false, least = 2, otherwise = NaN } = rule;
  const counts = skipZeros
    ? (x: number, y: number) => !Number.isNaN(x) && !Number.isNaN(y) && x !== 0 && y !== 0
    : (x: number, y: number) => !Number.isNaN(x) && !Number.isNaN(y);
  const n = returns.cols;
  const columns = Array.from({ length: n }, (_, j) => columnOf(returns, j));
  const out = matrix(n, n);
  for (const [i, a] of columns.entries()) {
    out.values[i * n + i] = 1;
    for (const [j, b] of columns.slice(0, i).entries()) {
      const found = pearsonWhere(a, b, counts);
      const known = found.n >= least && !Number.isNaN(found.value);
      out.values[i * n + j] = known ? found.value : otherwise;
      out.values[j * n + i] = known ? found.value : otherwise;
    }
  }
  return out;
}

/** The correlations inside a covariance matrix, diagonal exactly 1. @throws math/out-of-range for a variance not above 0 */
export function correlationsOf(covariance: Matrix): Matrix {
  const n = covariance.rows;
  const out = matrix(n, n);
  for (let i = 0; i < n; i++)
    inRange('variance', cell(covariance, i, i), cell(covariance, i, i) > 0, 'above 0');
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const scale = Math.sqrt(cell(covariance, i, i)) * Math.sqrt(cell(covariance, j, j));
      out.values[i * n + j] = i === j ? 1 : clip(cell(covariance, i, j) / scale);
    }
  }
  return out;
}

/** d = √((1 − ρ)/2) of every correlation, diagonal 0: from 0 (together) over 0.707 (unrelated) to 1 (opposed). */
export function correlationDistance(correlation: Matrix): Matrix {
  const n = correlation.rows;
  const out = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const gap = (1 - cell(correlation, i, j)) / 2;
      out.values[i * n + j] = i === j ? 0 : Math.sqrt(Math.max(0, gap));
    }
  }
  return out;
}
