import { DAY } from './days.js';
import { sameSize } from './guard.js';
import type { Occurrences } from './occurrences.js';
import { taken } from './taken.js';
import type { Vector } from './vector.js';

/** What followed the occurrences that could be traded. */
export interface Outcomes {
  /** Return in the direction of the side, before costs. */
  readonly gross: Float64Array;
  /** UTC day of each decision, counted from 1970. */
  readonly days: Float64Array;
}

/**
 * The outcomes of occurrences that could be traded one after the other: in one symbol the next counts only once the
 * position of the one before is closed, so no return is counted twice.
 * @param tables  outcome of each row of each symbol, NaN where it is not known; by symbol number
 * @param reach   rows from a decision to the exit of its position
 * @throws        math/sizes-differ, math/out-of-range
 */
export function outcomesOf(found: Occurrences, tables: readonly Vector[], reach: number): Outcomes {
  const { times, symbols, rows, sides } = found;
  sameSize('occurrences and their symbols', times.length, symbols.length);
  sameSize('occurrences and their rows', times.length, rows.length);
  sameSize('occurrences and their sides', times.length, sides.length);
  const outcomes = Float64Array.from(times, (_, i) => {
    const side = sides[i] ?? NaN;
    return side === 0 ? NaN : side * (tables[symbols[i] ?? 0]?.[rows[i] ?? NaN] ?? NaN);
  });
  const places = taken(symbols, rows, outcomes, reach);
  return {
    gross: Float64Array.from(places, (i) => outcomes[i] ?? NaN),
    days: Float64Array.from(places, (i) => Math.floor((times[i] ?? NaN) / DAY)),
  };
}

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
