import { input } from '../../kernels/read.js';
import { takeRows } from '../../kernels/take.js';
import { firstSeeing, newestRow, visibleTimes } from '../../kernels/visible.js';
import { type ClockRows, type ClockSpec, defineOp } from '../../op.js';
import { anyX, firstUnit } from '../shared.js';

/** Brings a series of another clock to bars. */
export const asof = defineOp({
  name: 'asof',
  doc: 'x of another clock at its newest row visible at the close of the bar; missing where there is none and where it is older than within, by default what the contract lets it carry.',
  formula: 'x[max{j : visible(j) ≤ close(t)}], close(t) − close(j) ≤ within',
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
    const reach = inBars(read.reach + 1, from, main, within, read.delay);
    const warmup = inBars(read.warmup + 1, from, main, within, 0);
    const masked =
      read.masked === undefined ? 0 : inBars(read.masked + 1, from, main, within, read.delay);
    if (typeof reach === 'string') return reach;
    if (typeof warmup === 'string') return warmup;
    if (typeof masked === 'string') return masked;
    return {
      ...joined,
      clock: main.name,
      reach,
      warmup,
      masked: masked || undefined,
      delay: 0,
      instant: false,
    };
  },
  cases: [
    // Prints at minutes 10 and 25; bars close at 5, 10, 15, …
    {
      call: 'asof(funding.rate, within=15m)',
      rows: { close: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
      tables: { funding: { minute: [10, 25], rate: [1, 3] } },
      gives: [null, 1, 1, 1, 3, 3, 3, 3, null],
    },
    {
      call: 'asof(lag(funding.rate, 1), within=1d)',
      rows: { close: [1, 2, 3, 4, 5, 6] },
      tables: { funding: { minute: [10, 25], rate: [1, 3] } },
      gives: [null, null, null, null, 1, 1],
    },
    // A row that is seen later than its stamp counts from when it is seen.
    {
      call: 'asof(news.weight, within=1d)',
      rows: { close: [1, 2, 3, 4] },
      tables: { news: { minute: [3, 12], seen: [11, 20], weight: [7, null] } },
      gives: [null, null, 7, null],
    },
  ],
  run(call) {
    const from = input(call, 0);
    const rows = newestRow(call.clock, visibleTimes(from.clock, from.facts.delay));
    const within = call.constants.has('within')
      ? call.constants.number('within')
      : (from.clock.spec.within ?? Number.POSITIVE_INFINITY);
    dropOlder(rows, call.clock, from.clock, within);
    return takeRows(from.series, rows, call.memory);
  },
  settled(call, settled) {
    const from = input(call, 0);
    return firstSeeing(call.clock, visibleTimes(from.clock, from.facts.delay), settled);
  },
});

/** Leave out rows that closed longer before the bar than `within`. */
function dropOlder(rows: Int32Array, bars: ClockRows, from: ClockRows, within: number): void {
  const [opens, times] = [bars.ts, from.ts];
  const [width, length] = [bars.spec.width, from.spec.width];
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] ?? -1;
    const close = (opens[i] ?? 0) + width;
    if (row >= 0 && close - ((times[row] ?? 0) + length) > within) rows[i] = -1;
  }
}

/**
 * Rows of another clock, counted in bars. The newest row that is there may have started a whole distance earlier, as long again as
 * rows last, and as much later than its end as its value is known; a bar sees what is there at its close.
 */
function inBars(
  rows: number,
  of: ClockSpec,
  main: ClockSpec,
  within: number | undefined,
  delay: number,
): number | string {
  const distance = of.spacing ?? of.nominal ?? within;
  if (distance === undefined)
    return `the table "${of.name}" does not say how far apart its rows usually are; give within=`;
  if (main.spacing === undefined) return rows;
  const late = of.width + Math.max(0, delay) + (of.announced ? distance : 0);
  const bars = (time: number): number => Math.ceil(time / (main.spacing ?? 1));
  return Math.max(bars(rows * distance), bars(rows * distance + late - main.width));
}
