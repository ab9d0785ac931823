import type { Facts } from '../../facts.js';
import { input, numberSeries, numbers } from '../../kernels/read.js';
import { bucketSpans, intervalSpans } from '../../kernels/spans.js';
import { SUMMARIES, summaryOf } from '../../kernels/summary.js';
import { type ClockSpec, defineOp, type FactsContext } from '../../op.js';
import { PURE } from '../../unit.js';
import { x } from '../shared.js';

/** A series on coarser rows. */
export const resample = defineOp({
  name: 'resample',
  doc: 'x on coarser rows: one a bucket of `to`, aligned to UTC and weeks to Monday, or one a row of a table of intervals, from its ts to the column that says when it is available. A row is known when its time is over. Missing with fewer than min known rows, by default all that fit.',
  formula: 'how {xᵢ : start ≤ open(i), close(i) ≤ end}',
  example: 'asof(ema(resample(close, 1h, last), span=20))',
  args: [
    x,
    { name: 'to', is: 'duration', orTable: true },
    { name: 'how', is: 'word', words: SUMMARIES },
    { name: 'min', is: 'integer', optional: true, least: 1 },
  ],
  gives: 'number',
  unit: ([unit = PURE], c) => (c.word('how') === 'count' ? PURE : unit),
  crosses: true,
  holes: 'make',
  fills: (c) => c.has('min'),
  facts(joined, context) {
    const [read] = context.args;
    if (read?.clock === undefined) return 'x must be a series';
    const base = context.clock(read.clock);
    if (base.spacing === undefined)
      return `x is on the clock "${base.name}", whose rows have no fixed spacing`;
    return context.table === undefined
      ? inBuckets(joined, read, base, base.spacing, context)
      : inIntervals(joined, read, base.spacing, context.table);
  },
  cases: [
    {
      call: 'asof(resample(x, 15m, last))',
      rows: { x: [1, 2, 3, 4, null, 6, 7, 8, 9, 10] },
      gives: [null, null, 3, 3, 3, null, null, null, 9, 9],
    },
    {
      call: 'asof(resample(x, 15m, sum, min=2))',
      rows: { x: [1, 2, 3, 4, null, 6, 7, null, null] },
      gives: [null, null, 6, 6, 6, 10, 10, 10, null],
    },
    {
      call: 'asof(resample(x, 10m, std))',
      rows: { x: [1, 3, 5, 5, 2] },
      gives: [null, Math.SQRT2, Math.SQRT2, 0, 0],
    },
    // From minute 5 to 15, and from minute 20 to 27: the bar that closes at 30 is not over by then.
    {
      call: 'asof(resample(x, sessions, highest), within=1d)',
      rows: { x: [9, 1, 2, 9, 3, 9, 9] },
      tables: { sessions: { minute: [5, 20], seen: [15, 27] } },
      gives: [null, null, 2, 2, 2, 3, 3],
    },
  ],
  run(call) {
    const { clock } = input(call, 0);
    const { table, constants } = call;
    const how = SUMMARIES.find((h) => h === constants.word('how')) ?? 'last';
    const values = numbers(call, 0);
    const spans =
      table === undefined ? bucketSpans(clock, call.clock) : intervalSpans(clock, table);
    const out = call.memory.numbers(call.rows);
    for (let row = 0; row < call.rows; row += 1) {
      const span = spans(row);
      const min = constants.has('min') ? constants.number('min') : span.fits;
      out[row] = summaryOf(values, span.from, span.to, min, how);
    }
    return numberSeries(out);
  },
  settled(call, settled) {
    const { clock } = input(call, 0);
    const { table } = call;
    const spans =
      table === undefined ? bucketSpans(clock, call.clock) : intervalSpans(clock, table);
    for (let row = 0; row < call.rows; row += 1) if (spans(row).from >= settled) return row;
    return call.rows;
  },
});

/** In coarse rows, beside the bucket itself: what x looks back on. How much later than its bar x is known, `asof` counts. */
function inBuckets(
  joined: Facts,
  read: Facts,
  base: ClockSpec,
  spacing: number,
  { constants, coarser }: FactsContext,
): Facts | string {
  const every = constants.number('to');
  const rows = every / spacing;
  if (!Number.isInteger(rows) || rows <= 1)
    return `to= must be a whole number of rows of ${spacing / 60_000} minutes, more than one`;
  const reach = Math.max(0, Math.ceil((read.reach + rows - 2) / rows) - 1);
  const warmup = Math.ceil(read.warmup / rows);
  return { ...joined, clock: coarser(base.name, every).name, reach, warmup, instant: false };
}

/** As for buckets, with the usual distance of the table's rows for their length; a row is taken for one bar where it is unknown. */
function inIntervals(
  joined: Facts,
  read: Facts,
  spacing: number,
  table: NonNullable<FactsContext['table']>,
): Facts | string {
  if (table.name === read.clock) return `the table is on the clock of x itself, "${table.name}"`;
  if (!table.ends)
    return `the rows of "${table.name}" do not say when they end: its contract needs a spacing, or available: { column: … }`;
  const rows = Math.max(1, (table.spacing ?? table.nominal ?? spacing) / spacing);
  const own = table.width > 0 ? 0 : 1;
  const reach = own + Math.ceil(read.reach / rows);
  const warmup = Math.ceil(read.warmup / rows);
  return { ...joined, clock: table.name, reach, warmup, instant: false };
}
