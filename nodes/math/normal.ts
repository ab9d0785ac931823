import { inRange } from './guard.js';
import { MathRefusal } from './refusal.js';

const ROOT_TAU = 2.5066282746310002; // √(2π)
const TINY = 1e-300;
const SERIES_UP_TO = 2.5; // the series loses digits further out, the continued fraction needs many terms further in

/** Density of the standard normal. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / ROOT_TAU;
}

/**
 * P(Z > x) for a standard normal Z, relative accuracy 1e-13 down to 1e-300; NaN gives NaN.
 * @see DLMF 7.6.2 (series) and 7.9.1 (continued fraction)
 */
export function normalSf(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x < 0) return 1 - normalSf(-x);
  if (x < SERIES_UP_TO) return 0.5 - normalDensity(x) * oddSeries(x);
  return normalDensity(x) * mills(x);
}

/** P(Z ≤ x) for a standard normal Z, with the accuracy of {@link normalSf} in the lower tail. */
export function normalCdf(x: number): number {
  return normalSf(-x);
}

/** x + x³/3 + x⁵/15 + …: (Φ(x) − ½)/φ(x). All terms are positive, so nothing cancels. */
function oddSeries(x: number): number {
  let term = x;
  let total = x;
  for (let k = 3; term > total * 1e-17; k += 2) {
    term *= (x * x) / k;
    total += term;
  }
  return total;
}

/** P(Z > x)/φ(x) = 1/(x + 1/(x + 2/(x + 3/(x + …)))), from the front (modified Lentz). */
function mills(x: number): number {
  if (x === Infinity) return 0;
  let c = 1 / TINY;
  let d = 1 / x;
  let value = d;
  for (let k = 1; k <= 1000; k++) {
    d = 1 / (x + k * d);
    c = x + k / c;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) <= 1e-16) return value;
  }
  throw new MathRefusal('math/not-converged', { what: 'the normal tail', steps: 1000 });
}

/**
 * The x with P(Z ≤ x) = p. Newton's method on ln P, which is concave, so it settles from anywhere.
 * @returns −∞ at 0, +∞ at 1, NaN for NaN. For p near 1 ask {@link normalUpperQuantile} with 1 − p.
 * @throws  math/out-of-range when p is not a probability
 */
export function normalQuantile(p: number): number {
  if (Number.isNaN(p)) return NaN;
  return p > 0.5 ? normalUpperQuantile(1 - p) : 0 - normalUpperQuantile(p);
}

/** The x with P(Z > x) = p: the quantile that keeps its digits when p is tiny. @throws math/out-of-range */
export function normalUpperQuantile(p: number): number {
  if (Number.isNaN(p)) return NaN;
  inRange('p', p, p >= 0 && p <= 1, 'a probability');
  if (p === 0) return Infinity;
  if (p === 0.5) return 0;
  if (p > 0.5) return -normalUpperQuantile(1 - p);
  const target = Math.log(p);
  let x = firstGuess(Math.sqrt(-2 * target));
  for (let step = 0; step < 20; step++) {
    const tail = normalSf(x);
    const move = ((Math.log(tail) - target) * tail) / normalDensity(x);
    x += move;
    if (Math.abs(move) <= 2e-16 * (1 + Math.abs(x))) break;
  }
  return x;
}

/** Abramowitz & Stegun (1964), 26.2.23: error below 4.5e-4. */
function firstGuess(t: number): number {
  const top = 2.515517 + t * (0.802853 + t * 0.010328);
  const bottom = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  return t - top / bottom;
}
