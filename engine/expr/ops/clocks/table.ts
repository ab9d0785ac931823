import { type Facts, joinFacts, maxKind } from '../../facts.js';
import { asFlags, numberSeries, slot, spreadFlags } from '../../kernels/read.js';
import { firstSeeing, visibleTimes } from '../../kernels/visible.js';
import type { Call, ClockRows, ClockSpec, FactsContext, SeriesArg, TableArg } from '../../op.js';
import type { NumberSeries } from '../../types.js';
import { parseUnit, type Unit } from '../../unit.js';
import { flag } from '../shared.js';

const MINUTE = 60_000;

/** The rows of a table as such. */
export const table: TableArg = { name: 'table', is: 'table' };
/** Which of its rows count. */
export const where: SeriesArg = { ...flag('where'), optional: true };

export function inMinutes(): Unit {
  return parseUnit('minutes');
}

/** Facts of an operator that looks at the rows of a table: what it gives is on the bars and without delay. */
export function tableFacts(joined: Facts, { main, table, args }: FactsContext): Facts | string {
  if (table === undefined || table.name === main.name)
    return 'the table is on the clock of the bars itself';
  const filter = joinFacts(args);
  if (filter.clock !== undefined && filter.clock !== table.name)
    return `where= must be on the clock of "${table.name}", and is on that of "${filter.clock}"`;
  const distance = distanceOf(table);
  const bars = (rows: number): number =>
    distance === undefined ? rows : Math.ceil((rows * distance) / (main.spacing ?? distance));
  const kind =
    distance === undefined && filter.reach > 0 ? maxKind([joined.kind, 'resetting']) : joined.kind;
  const reach = 1 + bars(filter.reach);
  const warmup = bars(filter.warmup);
  return { ...joined, kind, clock: main.name, reach, warmup, delay: 0, instant: false };
}

/**
 * The same for one that looks ahead to rows announced at any time before: where a condition passes some over, what they said when
 * they were announced matters, however long ago that was.
 */
export function filteredFacts(joined: Facts, context: FactsContext): Facts | string {
  const facts = tableFacts(joined, context);
  if (typeof facts === 'string' || context.args.length === 0) return facts;
  return { ...facts, kind: maxKind([facts.kind, 'resetting']) };
}

/** How far apart rows of a table usually are, milliseconds. */
function distanceOf({ spacing, nominal, within }: ClockSpec): number | undefined {
  return spacing ?? nominal ?? within;
}

/**
 * The same for one that looks back `rows` distances of the table's rows, and one more where rows are there only after their
 * stamp, as bars are at their close. Where nothing says how far apart they are, or a condition passes some over, it depends on
 * where the table starts.
 */
export function backFacts(joined: Facts, context: FactsContext, rows: number): Facts | string {
  const facts = tableFacts(joined, context);
  const { main, table, args } = context;
  if (typeof facts === 'string' || table === undefined) return facts;
  const back = rows + (table.ends ? 1 : 0);
  if (back === 0) return facts;
  const distance = distanceOf(table);
  if (distance === undefined || args.length > 0)
    return { ...facts, kind: maxKind([facts.kind, 'resetting']) };
  const reach = Math.ceil((back * distance) / (main.spacing ?? distance));
  return { ...facts, reach: rows === 0 ? 1 + reach : reach };
}

/** When each row of the table can be used: not before it is there, nor before what `where` asks of it is known. */
export function seenTimes(call: Call): Float64Array {
  const clock = tableOf(call);
  return visibleTimes(clock, slot(call, 'where')?.facts.delay ?? clock.delay);
}

/** The first bar that sees a row of the table whose `where` is settled. */
export function settledBar(call: Call, row: number): number {
  return slot(call, 'where') === undefined ? 0 : firstSeeing(call.clock, seenTimes(call), row);
}

/** The rows of the table a call names. */
export function tableOf(call: Call): ClockRows {
  if (call.table === undefined) throw new Error('The call names no table.');
  return call.table;
}

/** The rows that `where` lets through; undefined where it was not given. */
export function takenRows(call: Call): Uint8Array | undefined {
  const filter = slot(call, 'where');
  return filter === undefined
    ? undefined
    : spreadFlags(asFlags(filter.series), filter.clock.ts.length);
}

/** Minutes from the close of each bar to a row of the table, −1 none; back to it where `sign` is −1. */
export function minutes(call: Call, rows: Readonly<Int32Array>, sign: 1 | -1): NumberSeries {
  const clock = tableOf(call);
  const out = call.memory.numbers(call.rows);
  for (let i = 0; i < call.rows; i += 1) {
    const row = rows[i] ?? -1;
    const close = (call.clock.ts[i] ?? 0) + call.clock.spec.width;
    // Adding 0 turns −0 into 0.
    out[i] = row < 0 ? Number.NaN : (sign * ((clock.ts[row] ?? 0) - close)) / MINUTE + 0;
  }
  return numberSeries(out);
}
