import { indexOfValue } from './locate.js';
import type { Vector } from './vector.js';

/** Decisions of one event and template over all symbols, in order of time. */
export interface Occurrences {
  /** When each was decided, UTC milliseconds. */
  readonly times: Vector;
  /** Which symbol, as a number from 0. */
  readonly symbols: Vector;
  /** Row of the decision in the symbol's own table. */
  readonly rows: Vector;
  /** +1 or −1. */
  readonly sides: Vector;
}

/** Texts as numbers into a list of words. */
export interface Coded {
  readonly codes: ArrayLike<number>;
  readonly words: readonly string[];
}

/** A table of decisions, column by column, in order of time. */
export interface DecisionLog {
  readonly events: Coded;
  readonly templates: Coded;
  readonly symbols: Coded;
  readonly times: Vector;
  /** +1 or −1. */
  readonly sides: Vector;
  /** 1 where the position would be taken. */
  readonly kept: ArrayLike<number>;
}

/** The rows of one symbol's table. */
export interface Clock {
  readonly symbol: string;
  /** Ascending. */
  readonly times: Vector;
}

/** An event and one of its templates. */
export interface Pair {
  readonly event: string;
  readonly template: string;
}

/** Decisions by event and template, and the rows of the log that stand on no row of their symbol's table. */
export interface Placed {
  readonly of: (event: string, template: string) => Occurrences | undefined;
  readonly off: readonly number[];
}

/**
 * Put kept decisions on the rows of their symbols' tables. Those of symbols that have no table are left out.
 * @param wanted  the pairs that are asked for; others are passed over
 */
export function placeDecisions(
  log: DecisionLog,
  clocks: readonly Clock[],
  wanted: readonly Pair[],
): Placed {
  const { events, templates, symbols, times, sides, kept } = log;
  const places = symbols.words.map((word) => clocks.findIndex(({ symbol }) => symbol === word));
  const width = templates.words.length;
  const at = ({ event, template }: Pair) => {
    const [row, column] = [events.words.indexOf(event), templates.words.indexOf(template)];
    return row < 0 || column < 0 ? -1 : row * width + column;
  };
  const lists = emptyLists(wanted.map(at));
  const off: number[] = [];
  for (let i = 0; i < times.length; i++) {
    const list = lists[(events.codes[i] ?? NaN) * width + (templates.codes[i] ?? NaN)];
    const number = places[symbols.codes[i] ?? -1] ?? -1;
    const clock = clocks[number];
    if (!list || !clock || kept[i] !== 1) continue;
    const row = indexOfValue(clock.times, times[i] ?? NaN);
    if (row < 0) {
      off.push(i);
      continue;
    }
    list.times.push(times[i] ?? NaN);
    list.symbols.push(number);
    list.rows.push(row);
    list.sides.push(sides[i] ?? NaN);
  }
  return { of: (event, template) => lists[at({ event, template })], off };
}

/** Lists at some places; a place below 0 has none. */
function emptyLists(places: readonly number[]): readonly (Lists | undefined)[] {
  const lists: (Lists | undefined)[] = [];
  for (const place of places)
    if (place >= 0) lists[place] = { times: [], symbols: [], rows: [], sides: [] };
  return lists;
}

interface Lists {
  readonly times: number[];
  readonly symbols: number[];
  readonly rows: number[];
  readonly sides: number[];
}

/** The signals of one list on one symbol: rows and sides. */
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
