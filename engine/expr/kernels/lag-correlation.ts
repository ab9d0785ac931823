/**
 * Pearson's correlation of a series with itself `lag` rows later, between two rows, worked out from the rows; NaN where fewer
 * than two pairs are known or either side is flat.
 */
export function correlationOf(
  x: Readonly<Float64Array>,
  lag: number,
  from: number,
  to: number,
): number {
  const early: number[] = [];
  const late: number[] = [];
  for (let i = from + lag; i <= to; i += 1) {
    const a = x[i - lag] ?? Number.NaN;
    const b = x[i] ?? Number.NaN;
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    early.push(a);
    late.push(b);
  }
  const a = deviations(early);
  const b = deviations(late);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** Distances from the mean; from the first value if all are equal, so that they are exactly 0. */
function deviations(values: readonly number[]): readonly number[] {
  const origin = values[0] ?? Number.NaN;
  const mean = values.reduce((sum, v) => sum + (v - origin), 0) / values.length;
  return values.map((v) => v - origin - mean);
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
