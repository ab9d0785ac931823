import type { Context, Flags, Frame, Gathered, Numbers } from '../../../engine/sdk/index.js';
import { indexOfValue } from '../../math/locate.js';
import { ratesOnRows, unsettledRows } from '../../math/settle.js';
import type { Vector } from '../../math/vector.js';
import type { Clock } from './groups.js';

/** Outcomes of one symbol, and what was settled up to each of its rows. */
export interface Table extends Clock {
  readonly frame: Frame;
  readonly states: Frame | undefined;
  /** Whether its states stand on the same rows. */
  readonly aligned: boolean;
  /** Σ of funding rates settled up to the close of each row; undefined where positions pay none. */
  readonly paid: Float64Array | undefined;
  /** How many rows up to each may hold a settlement that nobody printed; undefined where positions pay none. */
  readonly unsettled: Float64Array | undefined;
}

type Gather = readonly Gathered<Frame>[];

/** Outcomes by symbol, with the states and the funding of the same symbol. */
export function tablesOf(
  targets: Gather,
  states: Gather | undefined,
  prints: Gather | undefined,
  ctx: Context,
): readonly Table[] {
  return targets.map(({ at, value }) => {
    const symbol = at.symbol ?? ctx.refuse('discovery/no-symbol');
    const times = value.time('ts');
    const own = prints?.find((p) => p.at.symbol === symbol)?.value;
    if (prints && (own === undefined || own.length === 0)) {
      ctx.warn('discovery/no-funding', { symbol });
    }
    const held = states?.find((s) => s.at.symbol === symbol)?.value;
    const known = own !== undefined && own.length > 0;
    return {
      symbol,
      times,
      frame: value,
      states: held,
      aligned: held !== undefined && sameRows(held.time('ts'), times),
      paid: known ? summed(ratesOnRows(times, own.time('ts'), own.column('rate'))) : undefined,
      unsettled: known ? unsettledRows(times, own.time('ts')) : undefined,
    };
  });
}

function sameRows(a: Numbers, b: Numbers): boolean {
  return a.length === b.length && a.every((ts, i) => ts === b[i]);
}

function summed(rates: Float64Array): Float64Array {
  let total = 0;
  return rates.map((rate) => {
    total += rate;
    return total;
  });
}

/** A column of outcomes; of a symbol that has none, beside others that do, all are missing. */
export function columnOf({ frame }: Table, outcome: string): Vector {
  return frame.has(outcome) ? frame.column(outcome) : new Float64Array(frame.length).fill(NaN);
}

/** Refuse an outcome that none of the symbols has which it is asked for: of one, or of all together. */
export function demand(
  tables: readonly Table[],
  symbol: string | undefined,
  outcome: string,
  ctx: Context,
): void {
  const asked = tables.filter((table) => symbol === undefined || table.symbol === symbol);
  if (asked.length === 0 || asked.some(({ frame }) => frame.has(outcome))) return;
  ctx.refuse('discovery/no-outcome', { symbols: asked.map((table) => table.symbol), outcome });
}

/**
 * Return of a long position, be it the perpetual alone or one leg of two, less the funding that it pays: what is settled in the
 * rows after the entry up to that of the exit. Missing where a settlement may be missing: before the first print, and in a gap of them.
 * @param lag   rows from the decision to the entry
 * @param hold  rows from there to the exit
 */
export function afterFunding(table: Table, outcomes: Vector, lag: number, hold: number): Vector {
  const { paid, unsettled } = table;
  if (paid === undefined || unsettled === undefined) return outcomes;
  const net = new Float64Array(outcomes.length).fill(NaN);
  for (let row = 0; row + lag + hold < net.length; row++) {
    const [entry, exit] = [row + lag, row + lag + hold];
    if (unsettled[exit] !== unsettled[entry]) continue;
    net[row] = (outcomes[row] ?? NaN) - ((paid[exit] ?? NaN) - (paid[entry] ?? NaN));
  }
  return net;
}

/** A state on the rows of outcomes; undefined where the symbol has none of that name. */
export function stateOn({ times, states, aligned }: Table, column: string): Flags | undefined {
  if (!states?.has(column)) return undefined;
  const flags = states.flags(column);
  if (aligned) return flags;
  const clock = states.time('ts');
  return Uint8Array.from(times, (ts) => flags[indexOfValue(clock, ts)] ?? MISSING);
}

/** The byte of what is not known. */
const MISSING = 255;
