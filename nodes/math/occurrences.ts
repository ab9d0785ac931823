import { indexOfValue } from './locate.js';
import type { Vector } from './vector.js';

/** Occurrences of one event over all symbols, in order of time. */
export interface Occurrences {
  /** When each was decided, UTC milliseconds. */
  readonly times: Vector;
  /** Which symbol, as a number from 0. */
  readonly symbols: Vector;
  /** Row of the decision in the symbol's own table. */
  readonly rows: Vector;
  /** +1 or −1; 0 points nowhere and is not traded. */
  readonly sides: Vector;
}

/** A table of events, column by column, in order of time. */
export interface EventLog {
  readonly events: readonly (string | null)[];
  readonly symbols: readonly (string | null)[];
  readonly times: Vector;
  /** +1, −1, or 0 where the event points nowhere. */
  readonly directions: Vector;
  /** Sign of what drives the event; stands in for a direction of 0. */
  readonly signs: Vector;
}

/** The rows of one symbol's table. */
export interface Clock {
  readonly symbol: string;
  /** Ascending. */
  readonly times: Vector;
}

/** Occurrences by event, and the rows of the log that stand on no row of their symbol's table. */
export interface Placed {
  readonly byEvent: ReadonlyMap<string, Occurrences>;
  readonly off: readonly number[];
}

/** Put every event on the row of its symbol's table. Events of symbols that have no table are left out. */
export function placeEvents(log: EventLog, clocks: readonly Clock[]): Placed {
  const numbers = new Map(clocks.map(({ symbol }, i) => [symbol, i]));
  const lists = new Map<string, Lists>();
  const off: number[] = [];
  for (const [i, event] of log.events.entries()) {
    const number = numbers.get(log.symbols[i] ?? '') ?? -1;
    const clock = clocks[number];
    if (!clock || event === null) continue;
    const time = log.times[i] ?? NaN;
    const row = indexOfValue(clock.times, time);
    if (row < 0) off.push(i);
    else {
      const list = lists.get(event) ?? { times: [], symbols: [], rows: [], sides: [] };
      lists.set(event, list);
      list.times.push(time);
      list.symbols.push(number);
      list.rows.push(row);
      list.sides.push(log.directions[i] || log.signs[i] || 0);
    }
  }
  return { byEvent: lists, off };
}

interface Lists {
  readonly times: number[];
  readonly symbols: number[];
  readonly rows: number[];
  readonly sides: number[];
}

/** The signals of one event on one symbol: rows and sides. */
export function signalsOf(
  found: Occurrences | undefined,
  symbol: number,
): { readonly rows: readonly number[]; readonly sides: readonly number[] } {
  const rows: number[] = [];
  const sides: number[] = [];
  for (let i = 0; found && i < found.rows.length; i++) {
    if (found.symbols[i] !== symbol) continue;
    rows.push(found.rows[i] ?? NaN);
    sides.push(found.sides[i] ?? NaN);
  }
  return { rows, sides };
}
