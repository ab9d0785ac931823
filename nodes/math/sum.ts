import type { Vector } from './vector.js';

/**
 * Σ values with the rounding of every addition carried along, so that order and length hardly matter.
 * NaN is skipped; an infinite value gives NaN.
 * @see Neumaier (1974), Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, ZAMM 54
 */
export function sum(values: Vector): number {
  let total = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const x = values[i] ?? NaN;
    if (Number.isNaN(x)) continue;
    const next = total + x;
    lost += Math.abs(total) >= Math.abs(x) ? total - next + x : x - next + total;
    total = next;
  }
  return total + lost;
}

/** The average of what is present; NaN is skipped, and nothing present gives NaN. */
export function mean(values: Vector): number {
  let n = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) n++;
  return n === 0 ? NaN : sum(values) / n;
}

/**
 * Average squared distance from the mean, divisor n − ddof. NaN is skipped; n ≤ ddof gives NaN.
 * Equal values give exactly 0, so that a flat series can be told from a quiet one.
 */
export function variance(values: Vector, ddof = 1): number {
  const center = mean(values);
  let n = 0;
  let squares = 0;
  let drift = 0; // what the rounding of the mean left over; it is taken out again below
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const x = values[i] ?? NaN;
    if (Number.isNaN(x)) continue;
    n++;
    squares += (x - center) * (x - center);
    drift += x - center;
    if (x < low) low = x;
    if (x > high) high = x;
  }
  if (n <= ddof) return NaN;
  return low === high ? 0 : (squares - (drift * drift) / n) / (n - ddof);
}

/** Standard deviation: the root of {@link variance}. */
export function deviation(values: Vector, ddof = 1): number {
  return Math.sqrt(variance(values, ddof));
}
