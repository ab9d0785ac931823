import { inRange } from './guard.js';

const HALF_LOG_TAU = 0.9189385332046727; // ½·ln 2π

/** Below this the recurrence Γ(x + 1) = x·Γ(x) is used; above it eight terms of Stirling's series are exact to a bit. */
export const STIRLING_FROM = 10;

/** Bernoulli numbers over k(k+1): coefficients of x⁻¹, x⁻³, x⁻⁵ … of Stirling's series. */
const STIRLING = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
] as const;

/** What Stirling's formula leaves out: ln Γ(x) − [(x − ½)ln x − x + ½ ln 2π], for x ≥ 10. */
export function stirlingRest(x: number): number {
  const inverse = 1 / (x * x);
  let total = 0;
  for (let k = STIRLING.length - 1; k >= 0; k--) total = total * inverse + (STIRLING[k] ?? 0);
  return total / x;
}

/**
 * Natural logarithm of the gamma function for x > 0, absolute error about 1e-15·max(1, x ln x).
 * @throws math/out-of-range when x ≤ 0
 */
export function logGamma(x: number): number {
  inRange('x', x, x > 0, 'above 0');
  let shift = 1;
  let y = x;
  for (; y < STIRLING_FROM; y++) shift *= y;
  return (y - 0.5) * Math.log(y) - y + HALF_LOG_TAU + stirlingRest(y) - Math.log(shift);
}

/**
 * Natural logarithm of the beta function for a, b > 0. Large arguments never meet as a difference of large logarithms:
 * Stirling's main terms are cancelled on paper, so tails of Student's t keep their digits at any number of degrees.
 * @throws math/out-of-range when a or b ≤ 0
 * @see    Didonato & Morris (1992), Algorithm 708, ACM TOMS 18(3)
 */
export function logBeta(a: number, b: number): number {
  const large = Math.max(a, b);
  const small = Math.min(a, b);
  if (large < STIRLING_FROM) return logGamma(a) + logGamma(b) - logGamma(a + b);
  const both = large + small;
  const rest = stirlingRest(large) - stirlingRest(both);
  const main = -(large - 0.5) * Math.log1p(small / large);
  if (small < STIRLING_FROM) return logGamma(small) + main - small * Math.log(both) + small + rest;
  const ratio = small * Math.log(small / both) - 0.5 * Math.log(small);
  return HALF_LOG_TAU + main + ratio + rest + stirlingRest(small);
}
