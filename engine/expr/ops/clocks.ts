import { type Facts, joinFacts } from '../facts.js';
import { asFlags, flagSeries, input, numberSeries, slot, spreadFlags } from '../kernels/read.js';
import { takeRows } from '../kernels/take.js';
import { countVisible, newestRow, nextRow, visibleTimes } from '../kernels/visible.js';
import { type Call, type ClockSpec, defineOp, type SeriesArg } from '../op.js';
import type { Series } from '../types.js';
import { parseUnit } from '../unit.js';
import { firstUnit, x } from './shared.js';

const MINUTE = 60_000;
const anyX: SeriesArg = { ...x, type: 'any' };
const where: SeriesArg = { name: 'where', is: 'series', type: 'boolean', optional: true };

/** Rows of another clock, counted in bars. */
function inBars(
  rows: number,
  of: ClockSpec,
  main: ClockSpec,
  within: number | undefined,
): number | string {
  const distance = of.spacing ?? of.nominal ?? within;
  if (distance === undefined)
    return `the table "${of.name}" does not say how far apart its rows usually are; give within=`;
  return main.spacing === undefined ? rows : Math.ceil((rows * distance) / main.spacing);
}

/** `asof(x, within)`: brings a series to bars. */
export const asof = defineOp({
  name: 'asof',
  doc: 'x of another clock at its newest row visible at the close of the bar; missing where that is older than within.',
  example: 'asof(funding.rate, within=9h)',
  args: [anyX, { name: 'within', is: 'duration', optional: true }],
  gives: ([type]) => type,
  unit: firstUnit,
  crosses: true,
  holes: 'make',
  facts(joined, { constants, args, main, clock }) {
    const [read] = args;
    if (read?.clock === undefined || read.clock === main.name)
      return 'x is already on the clock of the bars';
    const from = clock(read.clock);
    const within = constants.has('within') ? constants.number('within') : from.within;
    if (within === undefined)
      return `nothing bounds how old a value may be; give within=, as in asof(x, within=1d)`;
    const reach = inBars(read.reach + 1, from, main, within);
    const warmup = inBars(read.warmup + 1, from, main, within);
    if (typeof reach === 'string') return reach;
    if (typeof warmup === 'string') return warmup;
    return { ...joined, clock: main.name, reach, warmup, delay: 0, instant: false };
  },
  run(call) {
    const from = input(call, 0);
    const rows = newestRow(call.clock, visibleTimes(from.clock, from.facts.delay));
    const within = call.constants.has('within')
      ? call.constants.number('within')
      : (from.clock.spec.within ?? Number.POSITIVE_INFINITY);
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i] ?? -1;
      if (row < 0) continue;
      const close = (call.clock.ts[i] ?? 0) + call.clock.spec.width;
      if (close - ((from.clock.ts[row] ?? 0) + from.clock.spec.width) > within) rows[i] = -1;
    }
    return takeRows(from.series, rows, call.memory);
  },
});

/** `arrives(table)`. */
export const arrives = defineOp({
  name: 'arrives',
  doc: 'True on the first bar at whose close a new row of a table is visible; false on the first bar loaded.',
  example: 'arrives(funding) and asof(onset)',
  args: [{ name: 'table', is: 'table' }],
  gives: 'boolean',
  unit: firstUnit,
  crosses: true,
  holes: 'never',
  facts: tableFacts,
  run(call) {
    const clock = tableOf(call);
    const counts = countVisible(call.clock, visibleTimes(clock, clock.delay));
    const out = call.memory.flags(call.rows);
    for (let i = 0; i < call.rows; i += 1)
      out[i] = i > 0 && (counts[i] ?? 0) > (counts[i - 1] ?? 0) ? 1 : 0;
    return flagSeries(out);
  },
});

/** `minutes_since(table, where)`. */
export const minutes_since = defineOp({
  name: 'minutes_since',
  doc: 'Minutes from the close of the bar back to the newest visible stamp of a table at or before it.',
  example: 'minutes_since(funding) <= 30',
  args: [{ name: 'table', is: 'table' }, where],
  gives: 'number',
  unit: () => parseUnit('minutes'),
  crosses: true,
  holes: 'make',
  facts: tableFacts,
  run(call) {
    const clock = tableOf(call);
    const times = visibleTimes(clock, clock.delay);
    for (let row = 0; row < times.length; row += 1)
      times[row] = Math.max(times[row] ?? 0, clock.ts[row] ?? 0);
    return minutes(call, newestRow(call.clock, times, takenRows(call)), -1);
  },
});

/** `minutes_until(table, where)`. */
export const minutes_until = defineOp({
  name: 'minutes_until',
  doc: 'Minutes from the close of the bar to the nearest later stamp of a table that is visible by then: a schedule.',
  example: "minutes_until(news, where=news.importance == 'high') <= 60",
  args: [{ name: 'table', is: 'table' }, where],
  gives: 'number',
  unit: () => parseUnit('minutes'),
  crosses: true,
  holes: 'make',
  facts: tableFacts,
  run(call) {
    const clock = tableOf(call);
    const times = visibleTimes(clock, clock.delay);
    const stamps = Float64Array.from(clock.ts);
    return minutes(call, nextRow(call.clock, stamps, times, takenRows(call)), 1);
  },
});

function tableFacts(
  joined: Facts,
  context: {
    readonly args: readonly Facts[];
    readonly main: ClockSpec;
    readonly table: ClockSpec | undefined;
  },
): Facts | string {
  const { main, table, args } = context;
  if (table === undefined || table.name === main.name)
    return 'the table is on the clock of the bars itself';
  const filter = joinFacts(args);
  if (filter.clock !== undefined && filter.clock !== table.name)
    return `where= must be on the clock of "${table.name}", and is on that of "${filter.clock}"`;
  return { ...joined, clock: main.name, reach: 1, warmup: 0, delay: 0, instant: false };
}

function tableOf(call: Call): NonNullable<Call['table']> {
  if (call.table === undefined) throw new Error('The call names no table.');
  return call.table;
}

function takenRows(call: Call): Uint8Array | undefined {
  const filter = slot(call, 'where');
  return filter === undefined
    ? undefined
    : spreadFlags(asFlags(filter.series), filter.clock.ts.length);
}

function minutes(call: Call, rows: Readonly<Int32Array>, sign: 1 | -1): Series {
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
