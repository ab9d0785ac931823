import { knownIn } from './known.js';

/**
 * Rolling sum or mean over known rows.
 * 1. A row enters and one leaves; what the addition lost is kept beside the sum (Knuth’s two-sum), so a print of 1e12
 *    leaves no trace.
 * 2. At anchor rows the sum is rebuilt from the window, so its last bit does not depend on where the data start.
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
  const { before, equal } = knownIn(x);
  let sum = 0;
  let lost = 0;
  let last = Number.NaN;
  for (let i = 0; i < x.length; i += 1) {
    const first = Math.max(0, i - window + 1);
    const known = (before[i + 1] ?? 0) - (before[first] ?? 0);
    if (anchors[i] === 1 || known === 0 || sum - sum + lost - lost !== 0) {
      [sum, lost] = sumOf(x, known === 0 ? i : first, i);
    } else {
      // A missing value counts as 0; so does the row before the first.
      const enters = cell(x, i);
      const leaves = first > 0 ? -cell(x, first - 1) : 0;
      const more = sum + enters;
      const moved = more - sum;
      const less = more + leaves;
      const back = less - more;
      lost += sum - (more - moved) + (enters - moved) + (more - (less - back)) + (leaves - back);
      sum = less;
    }
    last = lastKnown(x[i], last);
    const total = known < min ? Number.NaN : sum + lost;
    out[i] = mean ? meanOf(total, known, equal[i] ?? 0, last) : finite(total);
  }
}

/** NaN where the total is; the value itself where all are equal, whose sum may have overflowed. */
function meanOf(total: number, known: number, equal: number, last: number): number {
  return finite(equal >= known && !Number.isNaN(total) ? last : total / known);
}

function finite(v: number): number {
  return v - v === 0 ? v : Number.NaN;
}

function cell(x: Readonly<Float64Array>, i: number): number {
  const v = x[i] ?? 0;
  return Number.isNaN(v) ? 0 : v;
}

function lastKnown(v: number | undefined, last: number): number {
  return v === undefined || Number.isNaN(v) ? last : v;
}

/** The compensated sum of the known rows from `from` to `to`, and what its additions lost. */
function sumOf(x: Readonly<Float64Array>, from: number, to: number): [number, number] {
  let sum = 0;
  let lost = 0;
  for (let j = from; j <= to; j += 1) {
    const v = cell(x, j);
    const total = sum + v;
    const moved = total - sum;
    lost += sum - (total - moved) + (v - moved);
    sum = total;
  }
  return [sum, lost];
}
