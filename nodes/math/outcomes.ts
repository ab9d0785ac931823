import type { Vector } from './vector.js';

/**
 * Outcomes added up by day, every symbol given an equal share of the capital; days without any are 0.
 * @param first    first day, counted from 1970
 * @param count    how many days
 * @param symbols  how many symbols share the capital
 */
export function dailyOutcomes(
  outcomes: Vector,
  days: Vector,
  first: number,
  count: number,
  symbols: number,
): Float64Array {
  const out = new Float64Array(count);
  for (let i = 0; i < outcomes.length; i++) {
    const day = (days[i] ?? NaN) - first;
    out[day] = (out[day] ?? NaN) + (outcomes[i] ?? NaN) / symbols;
  }
  return out;
}
