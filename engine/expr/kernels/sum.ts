/** A running sum with what rounding lost, and what is known of the window. */
interface Running {
  sum: number;
  lost: number;
  known: number;
  /** How many of the latest known values are equal. */
  equal: number;
  last: number;
}

/**
 * Rolling sum or mean over known rows.
 * 1. A row enters and one leaves; both are added with a compensation term (Neumaier), so a print of 1e12 leaves no trace.
 * 2. At anchor rows the sum is rebuilt from the window, so its last bit does not depend on where the data start.
 * 3. A window of equal values has exactly that mean.
 * @param window  rows; Infinity for all rows so far.
 * @param out     every row is written; NaN where fewer than `min` rows are known or the sum overflows.
 */
export function rollingSum(
  x: Readonly<Float64Array>,
  window: number,
  min: number,
  anchors: Readonly<Uint8Array>,
  mean: boolean,
  out: Float64Array,
): void {
  const r: Running = { sum: 0, lost: 0, known: 0, equal: 0, last: Number.NaN };
  for (let i = 0; i < x.length; i += 1) {
    enter(r, x[i] ?? Number.NaN);
    if (i >= window) leave(r, x[i - window] ?? Number.NaN);
    const total = r.sum + r.lost;
    if (anchors[i] === 1 || r.known === 0 || total - total !== 0)
      rebuild(r, x, r.known === 0 ? i + 1 : Math.max(0, i - window + 1), i);
    const value = r.known < min ? Number.NaN : mean ? meanOf(r) : r.sum + r.lost;
    out[i] = value - value === 0 ? value : Number.NaN;
  }
}

function enter(r: Running, v: number): void {
  if (Number.isNaN(v)) return;
  r.known += 1;
  r.equal = v === r.last ? r.equal + 1 : 1;
  r.last = v;
  add(r, v);
}

function leave(r: Running, v: number): void {
  if (Number.isNaN(v)) return;
  r.known -= 1;
  add(r, -v);
}

/** Knuth’s two-sum: what the addition lost, exactly and without a branch. */
function add(r: Running, v: number): void {
  const total = r.sum + v;
  const back = total - r.sum;
  r.lost += r.sum - (total - back) + (v - back);
  r.sum = total;
}

function rebuild(r: Running, x: Readonly<Float64Array>, from: number, to: number): void {
  r.sum = 0;
  r.lost = 0;
  for (let j = from; j <= to; j += 1) {
    const v = x[j] ?? Number.NaN;
    if (!Number.isNaN(v)) add(r, v);
  }
}

function meanOf(r: Running): number {
  return r.equal >= r.known ? r.last : (r.sum + r.lost) / r.known;
}
