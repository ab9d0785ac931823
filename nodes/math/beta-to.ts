import { sameSize } from './guard.js';
import { columnOf, type Matrix } from './matrix.js';
import type { Vector } from './vector.js';

/** Fewer common rows than this say nothing about a beta. */
const LEAST_ROWS = 10;

/**
 * Beta of a series to a benchmark, cov/var over the rows present on both sides; 1 with fewer than ten of them or a
 * flat benchmark, which is the caution of treating the unknown like the market.
 * @returns `known` tells an estimate from that stand-in
 * @throws  math/sizes-differ
 */
export function betaTo(
  returns: Vector,
  benchmark: Vector,
): { readonly beta: number; readonly known: boolean } {
  sameSize('returns and their benchmark', returns.length, benchmark.length);
  let n = 0;
  let sumR = 0;
  let sumB = 0;
  const both = (i: number) => !Number.isNaN(returns[i]) && !Number.isNaN(benchmark[i]);
  for (let i = 0; i < returns.length; i++) {
    if (!both(i)) continue;
    n++;
    sumR += returns[i] ?? NaN;
    sumB += benchmark[i] ?? NaN;
  }
  let together = 0;
  let alone = 0;
  for (let i = 0; i < returns.length; i++) {
    if (!both(i)) continue;
    const b = (benchmark[i] ?? NaN) - sumB / n;
    together += ((returns[i] ?? NaN) - sumR / n) * b;
    alone += b * b;
  }
  const known = n >= LEAST_ROWS && alone > 0;
  return { beta: known ? together / alone : 1, known };
}

/** {@link betaTo} of every column of a T × N matrix, without telling estimates from stand-ins. */
export function betasTo(returns: Matrix, benchmark: Vector): Float64Array {
  return Float64Array.from(
    { length: returns.cols },
    (_, j) => betaTo(columnOf(returns, j), benchmark).beta,
  );
}
