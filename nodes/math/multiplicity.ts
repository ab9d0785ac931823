import { inRange } from './guard.js';
import { ascending } from './rank.js';
import type { Vector } from './vector.js';

/*
 * Adjusted p-values. All keep the order of their input; a missing p-value stays missing and does not count, unless the
 * caller says how many tests there were: every test that was run counts, also one whose p-value was never kept.
 */

/** How many tests the family had, when more were run than have p-values. */
export interface Family {
  readonly tests?: number | undefined;
}

/** Benjamini–Hochberg: reject where ≤ q to keep the false-discovery rate at q under positive dependence.
 * @throws math/out-of-range for a p-value outside [0, 1] or fewer tests than p-values
 * @see Benjamini & Hochberg (1995), JRSS-B 57 */
export function benjaminiHochberg(p: Vector, family: Family = {}): Float64Array {
  const m = familySize(p, family);
  return stepUp(p, (value, rank) => (m * value) / rank);
}

/** Benjamini–Yekutieli: as BH, valid under any dependence, at the price of a factor Σ 1/k.
 * @see Benjamini & Yekutieli (2001), Annals of Statistics 29 */
export function benjaminiYekutieli(p: Vector, family: Family = {}): Float64Array {
  const m = familySize(p, family);
  let harmonic = 0;
  for (let k = m; k >= 1; k--) harmonic += 1 / k;
  return stepUp(p, (value, rank) => (harmonic * m * value) / rank);
}

/** Hochberg: family-wise error by stepping up; needs independence or positive dependence.
 * @see Hochberg (1988), Biometrika 75 */
export function hochberg(p: Vector, family: Family = {}): Float64Array {
  const m = familySize(p, family);
  return stepUp(p, (value, rank) => (m - rank + 1) * value);
}

/** Holm: family-wise error by stepping down, under any dependence.
 * @see Holm (1979), Scandinavian Journal of Statistics 6 */
export function holm(p: Vector, family: Family = {}): Float64Array {
  const m = familySize(p, family);
  const out = new Float64Array(p.length).fill(NaN);
  let most = 0;
  for (const [k, i] of ascending(p).entries()) {
    most = Math.max(most, Math.min(1, (m - k) * (p[i] ?? NaN)));
    out[i] = most;
  }
  return out;
}

/** Storey's q-values with the share of true nulls estimated from the p-values above `lambda`.
 * Not for one-sided tests whose null p-values pile up at 1.
 * @see Storey (2002), JRSS-B 64 */
export function storey(
  p: Vector,
  lambda = 0.5,
): { readonly adjusted: Float64Array; readonly nullShare: number } {
  inRange('lambda', lambda, lambda > 0 && lambda < 1, 'between 0 and 1');
  const m = familySize(p, {});
  let above = 0;
  for (let i = 0; i < p.length; i++) if ((p[i] ?? NaN) > lambda) above++;
  const nullShare = m === 0 ? NaN : Math.min(1, above / (m * (1 - lambda)));
  return { nullShare, adjusted: stepUp(p, (value, rank) => (nullShare * m * value) / rank) };
}

/** The two-stage procedure: BH at q/(1+q) counts the nulls, BH at that level × m/m₀ decides.
 * @returns `rejected` 1 or 0 (0 for a missing p-value), `nulls` the m₀ of stage one
 * @see Benjamini, Krieger & Yekutieli (2006), Biometrika 93, definition 6 */
export function twoStage(
  p: Vector,
  q: number,
  family: Family = {},
): { readonly rejected: Uint8Array; readonly nulls: number } {
  inRange('q', q, q > 0 && q < 1, 'between 0 and 1');
  const m = familySize(p, family);
  const adjusted = benjaminiHochberg(p, family);
  const level = q / (1 + q);
  const first = adjusted.reduce((count, value) => count + (value <= level ? 1 : 0), 0);
  const nulls = m - first;
  // With no nulls left every test is rejected; with all left nothing is, and m/m₀ is 1.
  const second = nulls === 0 ? 1 : Math.min(1, (level * m) / nulls);
  const last = first === 0 ? 0 : second;
  const rejected = Uint8Array.from(adjusted, (value) => (last > 0 && value <= last ? 1 : 0));
  return { rejected, nulls };
}

/** Simes' p-value that any of a family is real: min m·p₍ᵢ₎/i. NaN when the family has no p-value.
 * @see Simes (1986), Biometrika 73 */
export function simes(p: Vector, family: Family = {}): number {
  const adjusted = benjaminiHochberg(p, family);
  let least = NaN;
  for (const value of adjusted) if (!(value >= least)) least = Number.isNaN(value) ? least : value;
  return least;
}

/** The running minimum, from the largest p-value down, of `adjust(p, rank)`, at most 1. */
function stepUp(p: Vector, adjust: (value: number, rank: number) => number): Float64Array {
  const order = ascending(p);
  const out = new Float64Array(p.length).fill(NaN);
  let least = 1;
  for (let k = order.length - 1; k >= 0; k--) {
    const i = order[k] ?? 0;
    least = Math.min(least, adjust(p[i] ?? NaN, k + 1));
    out[i] = least;
  }
  return out;
}

function familySize(p: Vector, family: Family): number {
  let found = 0;
  for (let i = 0; i < p.length; i++) {
    const value = p[i] ?? NaN;
    if (Number.isNaN(value)) continue;
    inRange('p', value, value >= 0 && value <= 1, 'a probability');
    found++;
  }
  const tests = family.tests ?? found;
  inRange('tests', tests, Number.isSafeInteger(tests) && tests >= found, `${found} or more`);
  return tests;
}
