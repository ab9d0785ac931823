import { DAY } from './days.js';
import { sameSize, wholeAtLeast } from './guard.js';
import type { Occurrences } from './occurrences.js';
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
  wholeAtLeast('reach', reach, 1);
  const free = new Float64Array(tables.length).fill(-1);
  const gross: number[] = [];
  const days: number[] = [];
  for (let i = 0; i < times.length; i++) {
    const symbol = symbols[i] ?? 0;
    const row = rows[i] ?? NaN;
    const outcome = (sides[i] ?? NaN) * (tables[symbol]?.[row] ?? NaN);
    if (sides[i] === 0 || Number.isNaN(outcome) || row < (free[symbol] ?? 0)) continue;
    gross.push(outcome);
    days.push(Math.floor((times[i] ?? NaN) / DAY));
    free[symbol] = row + reach;
  }
  return { gross: Float64Array.from(gross), days: Float64Array.from(days) };
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
