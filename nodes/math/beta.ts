import { logBeta } from './gamma.js';
import { inRange } from './guard.js';
import { MathRefusal } from './refusal.js';

const PRECISION = 2e-16;
const MOST_STEPS = 100_000;
const SERIES_BELOW = 4; // there the continued fraction is slow and cancels, and the series loses two digits at most

/**
 * Regularised incomplete beta function I_x(a, b), relative accuracy about 1e-13 also where it is 1e-300.
 * Both x and 1 − x are asked for, because the caller usually knows the small one exactly and a subtraction would lose it.
 * @throws math/out-of-range, math/not-converged (only for a or b above some 1e9)
 * @see    Didonato & Morris (1992), Algorithm 708, ACM TOMS 18(3)
 */
export function regularisedBeta(a: number, b: number, x: number, rest: number): number {
  inRange('x', x, x >= 0 && x <= 1, 'from 0 to 1');
  inRange('a', a, a > 0, 'above 0');
  inRange('b', b, b > 0, 'above 0');
  if (x === 0) return 0;
  if (rest === 0) return 1;
  if (b <= 1 && rest < 0.5 && (a + b) * rest < SERIES_BELOW) return 1 - risingSeries(b, a, rest, x);
  if ((a + b) * rest < b) return 1 - lowerPart(b, a, rest, x);
  return lowerPart(a, b, x, rest);
}

/** xᵃ(1−x)ᵇ / (a·B(a,b)) times Σ (a+b)ₙ/(a+1)ₙ·xⁿ: every term is positive, so nothing cancels (DLMF 8.17.8). */
function risingSeries(a: number, b: number, x: number, rest: number): number {
  let term = 1;
  let total = 1;
  for (let n = 0; term > total * 1e-17; n++) {
    term *= ((a + b + n) / (a + 1 + n)) * x;
    total += term;
  }
  return (front(a, b, x, rest) / a) * total;
}

/** xᵃ(1−x)ᵇ / B(a,b) times a continued fraction; it converges fast for x ≤ a/(a+b). */
function lowerPart(a: number, b: number, x: number, rest: number): number {
  return front(a, b, x, rest) * fraction(a, b, x, rest);
}

/** xᵃ(1−x)ᵇ / B(a,b). */
function front(a: number, b: number, x: number, rest: number): number {
  return Math.exp(a * logOf(x, rest) + b * logOf(rest, x) - logBeta(a, b));
}

/** ln x, taken from 1 − x when that is the exact one. */
function logOf(x: number, rest: number): number {
  return x > 0.5 ? Math.log1p(-rest) : Math.log(x);
}

/**
 * The continued fraction of Didonato & Morris (their BFRAC). It asks for 1 − x where x is near 1, which the
 * textbook form does not: there the rounding of x alone costs five digits at a million degrees of freedom.
 */
function fraction(a: number, b: number, x: number, rest: number): number {
  const c = 1 + (a + b) * rest - b;
  const c1 = 1 + 1 / a;
  let [before, now, beforeBelow, below] = [0, 1, 1, c / c1];
  let value = c1 / c;
  let p = 1;
  for (let n = 1; n <= MOST_STEPS; n++) {
    const t = n / a;
    const w = n * (b - n) * x;
    const s = a + 2 * n - 1;
    const alpha = p * (p + b / a) * (a / s) * (a / s) * w * x;
    const beta = n + w / s + ((1 + t) / (c1 + 2 * t)) * (c + n * (1 + rest));
    p = 1 + t;
    const above = alpha * before + beta * now;
    const under = alpha * beforeBelow + beta * below;
    const next = above / under;
    if (Math.abs(next - value) <= PRECISION * next) return next;
    // Only ratios matter, so every step is scaled to a denominator of 1.
    [before, beforeBelow, now, below] = [now / under, below / under, next, 1];
    value = next;
  }
  throw new MathRefusal('math/not-converged', {
    what: 'the incomplete beta function',
    steps: MOST_STEPS,
  });
}
