import { logGamma } from './gamma.js';
import { inRange } from './guard.js';
import { MathRefusal } from './refusal.js';

const TINY = 1e-300;
const MOST_STEPS = 100_000;

/**
 * P(X > x) for a chi-square X, relative accuracy about 1e-13 also in the far tail; NaN gives NaN.
 * @throws math/out-of-range when degrees ≤ 0
 * @see    DLMF 8.7.1 (series) and 8.9.2 (continued fraction)
 */
export function chiSquareSf(x: number, degrees: number): number {
  if (Number.isNaN(x) || Number.isNaN(degrees)) return NaN;
  inRange('degrees', degrees, degrees > 0, 'above 0');
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  const a = degrees / 2;
  const half = x / 2;
  return half < a + 1 ? 1 - lowerSeries(a, half) : upperFraction(a, half);
}

/** xᵃe⁻ˣ/Γ(a). */
function front(a: number, x: number): number {
  return Math.exp(a * Math.log(x) - x - logGamma(a));
}

/** P(a, x): all terms are positive, so nothing cancels. */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let total = term;
  for (let n = 1; term > total * 1e-17; n++) {
    term *= x / (a + n);
    total += term;
  }
  return front(a, x) * total;
}

/** Q(a, x) by its continued fraction, from the front (modified Lentz). */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n <= MOST_STEPS; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    value *= c * d;
    if (Math.abs(c * d - 1) <= 2e-16) return front(a, x) * value;
  }
  throw new MathRefusal('math/not-converged', { what: 'the chi-square tail', steps: MOST_STEPS });
}
