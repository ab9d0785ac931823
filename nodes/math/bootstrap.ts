import { inRange, wholeAtLeast } from './guard.js';
import { autocovariances } from './hac.js';
import type { Vector } from './vector.js';

/** A source of draws in [0, 1): a node passes the stream of its seed. */
export type Uniform = () => number;

/**
 * Row numbers of one stationary-bootstrap sample: circular blocks of geometric length. The first index is ⌊u·n⌋; then
 * for each step u < 1/L jumps to ⌊u′·n⌋ with a second draw, otherwise the next row follows, the first after the last.
 * @param meanBlock  mean block length L, 1 or more; need not be whole
 * @throws           math/out-of-range
 * @see              Politis & Romano (1994), The Stationary Bootstrap, JASA 89
 */
export function stationaryIndices(n: number, meanBlock: number, uniform: Uniform): Int32Array {
  wholeAtLeast('n', n, 1);
  inRange('meanBlock', meanBlock, meanBlock >= 1, '1 or more');
  const jump = 1 / meanBlock;
  const out = new Int32Array(n);
  let at = Math.floor(uniform() * n);
  out[0] = at;
  for (let k = 1; k < n; k++) {
    at = uniform() < jump ? Math.floor(uniform() * n) : at + 1 === n ? 0 : at + 1;
    out[k] = at;
  }
  return out;
}

/** Row numbers of one circular-block sample: blocks of exactly `block` rows from ⌊u·n⌋ on, cut to n.
 * @see Politis & Romano (1992), A Circular Block-Resampling Procedure */
export function circularIndices(n: number, block: number, uniform: Uniform): Int32Array {
  wholeAtLeast('n', n, 1);
  wholeAtLeast('block', block, 1);
  const out = new Int32Array(n);
  let start = 0;
  for (let k = 0; k < n; k++) {
    if (k % block === 0) start = Math.floor(uniform() * n);
    out[k] = (start + (k % block)) % n;
  }
  return out;
}

/** The values at some row numbers. */
export function resample(values: Vector, indices: Int32Array): Float64Array {
  const drawn = new Float64Array(indices.length);
  for (let k = 0; k < drawn.length; k++) drawn[k] = values[indices[k] ?? 0] ?? NaN;
  return drawn;
}

/**
 * The long-run variance ω² whose ω²/n the stationary bootstrap gives a mean, without drawing.
 * @param values  in time order, without gaps
 * @throws        math/not-finite, math/out-of-range
 * @see           Politis & Romano (1994), lemma 1; also the variance in Hansen (2005)
 */
export function stationaryVariance(values: Vector, meanBlock: number): number {
  inRange('meanBlock', meanBlock, meanBlock >= 1, '1 or more');
  const n = values.length;
  const stay = 1 - 1 / meanBlock;
  const covariances = autocovariances(values, Math.max(0, n - 1));
  let total = covariances[0] ?? NaN;
  // stayⁱ and stayⁿ⁻ⁱ from running products: no power function, the same bits everywhere.
  const powers = new Float64Array(n + 1).fill(1);
  for (let i = 1; i <= n; i++) powers[i] = (powers[i - 1] ?? NaN) * stay;
  for (let i = 1; i < n; i++) {
    const kernel = (1 - i / n) * (powers[i] ?? NaN) + (i / n) * (powers[n - i] ?? NaN);
    total += 2 * kernel * (covariances[i] ?? NaN);
  }
  return total;
}
