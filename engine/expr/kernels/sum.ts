import { isMissing } from './missing.js';

/** A leaving value this much larger than what it leaves behind may have taken digits along. */
const FAR = 1e10;

/**
 * Rolling sum or mean over known rows.
 * 1. A row enters and one leaves; what the additions lose is kept beside the sum (Knuth’s two-sum), so a print of 1e12
 *    leaves no trace.
 * 2. At anchor rows the sum is rebuilt from the window, so its last bit does not depend on where the data start. A window
 *    of all rows always starts with the first: rebuilding would add the same values in the same order.
 * 3. A window of equal values has exactly that mean.
 * @param window  rows; Infinity for all rows so far.
 * @param out     every row is written; NaN where fewer than `min` rows are known or the sum overflows.
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: with its state in an object instead of locals it runs three times slower.
export function rollingSum(
  x: Readonly<Float64Array>,
  window: number,
  min: number,
  anchors: Readonly<Uint8Array>,
  mean: boolean,
  out: Float64Array,
): void {
  const all = window === Number.POSITIVE_INFINITY;
  let sum = 0;
  let lost = 0;
  let known = 0;
  let equal = 0;
  let last = Number.NaN;
  for (let i = 0; i < x.length; i += 1) {
    const enters = x[i] ?? Number.NaN;
    const leaves = i >= window ? (x[i - window] ?? Number.NaN) : Number.NaN;
    if (!isMissing(enters)) {
      known += 1;
      equal = enters === last ? equal + 1 : 1;
      last = enters;
      const more = sum + enters;
      const moved = more - sum;
      lost += sum - (more - moved) + (enters - moved);
      sum = more;
    }
    if (!isMissing(leaves)) {
      known -= 1;
      const less = sum - leaves;
      const moved = less - sum;
      lost += sum - (less - moved) - (leaves + moved);
      sum = less;
    }
    if (!all && (anchors[i] === 1 || worn(sum + lost, leaves)))
      [sum, lost] = sumOf(x, Math.max(0, i - window + 1), i);
    const total = known < min ? Number.NaN : sum + lost;
    const value = mean ? meanOf(total, known, equal, last) : total;
    out[i] = value - value === 0 ? value : Number.NaN;
  }
}

/** Whether a sum has overflowed, or lost a value so large that what is left may have lost digits with it. */
function worn(total: number, leaves: number): boolean {
  return total - total !== 0 || Math.abs(leaves) > FAR * Math.abs(total);
}

/** NaN where the total is; the value itself where all are equal, whose sum may have overflowed. */
function meanOf(total: number, known: number, equal: number, last: number): number {
  return equal >= known && !isMissing(total) ? last : total / known;
}

/** The compensated sum of the known rows from `from` to `to`, and what its additions lost. */
function sumOf(x: Readonly<Float64Array>, from: number, to: number): [number, number] {
  let sum = 0;
  let lost = 0;
  for (let j = from; j <= to; j += 1) {
    const v = x[j] ?? Number.NaN;
    if (isMissing(v)) continue;
    const total = sum + v;
    const moved = total - sum;
    lost += sum - (total - moved) + (v - moved);
    sum = total;
  }
  return [sum, lost];
}
