import { input, numberSeries, numbers } from '../kernels/read.js';
import { type ClockSpec, defineOp } from '../op.js';
import { bucketStart } from '../rows.js';
import { PURE } from '../unit.js';
import { x } from './shared.js';

const HOW = ['first', 'last', 'highest', 'lowest', 'sum', 'mean', 'std', 'count'] as const;
type How = (typeof HOW)[number];

/** `resample(x, to, how, min)`: a series on coarser rows. */
export const resample = defineOp({
  name: 'resample',
  doc: 'x on coarser rows, one a bucket of `to` aligned to UTC (weeks to Monday), seen when the bucket is over. Needs min known rows, by default all of the bucket.',
  example: 'asof(ema(resample(close, 1h, last), span=20))',
  args: [
    x,
    { name: 'to', is: 'duration' },
    { name: 'how', is: 'word', words: HOW },
    { name: 'min', is: 'integer', optional: true, least: 1 },
  ],
  gives: 'number',
  unit: ([unit = PURE], c) => (c.word('how') === 'count' ? PURE : unit),
  crosses: true,
  holes: 'make',
  fills: (c) => c.has('min'),
  facts(joined, { constants, args, clock, coarser }) {
    const [read] = args;
    if (read?.clock === undefined) return 'x must be a series';
    const base = clock(read.clock);
    const every = constants.number('to');
    const rows = rowsIn(base, every);
    if (typeof rows === 'string') return rows;
    const spec = coarser(base.name, every);
    const reach = Math.ceil(read.reach / rows);
    const warmup = Math.ceil(read.warmup / rows);
    return { ...joined, clock: spec.name, reach, warmup, instant: false };
  },
  run(call) {
    const { clock } = input(call, 0);
    const every = call.clock.spec.width;
    const rows = rowsIn(clock.spec, every);
    if (typeof rows === 'string') throw new Error(rows);
    const min = call.constants.has('min') ? call.constants.number('min') : rows;
    const how = HOW.find((h) => h === call.constants.word('how')) ?? 'last';
    const values = numbers(call, 0);
    const out = call.memory.numbers(call.rows).fill(Number.NaN);
    let next = 0;
    for (let bucket = 0; bucket < call.rows; bucket += 1) {
      const start = call.clock.ts[bucket] ?? 0;
      const first = next;
      while (next < values.length && bucketStart(clock.ts[next] ?? 0, every) <= start) next += 1;
      const known = [...values.subarray(first, next)].filter((v) => !Number.isNaN(v));
      const value = known.length < min ? Number.NaN : summary(how, known);
      out[bucket] = Number.isFinite(value) ? value : Number.NaN;
    }
    return numberSeries(out);
  },
});

/** How many rows a full bucket has, or why there is no such number. */
function rowsIn(base: ClockSpec, every: number): number | string {
  if (base.spacing === undefined)
    return `x is on the clock "${base.name}", whose rows have no fixed spacing`;
  const rows = every / base.spacing;
  if (Number.isInteger(rows) && rows > 1) return rows;
  return `to= must be a whole number of rows of ${base.spacing / 60_000} minutes, more than one`;
}

function summary(how: How, known: readonly number[]): number {
  const sum = known.reduce((a, b) => a + b, 0);
  const mean = sum / known.length;
  switch (how) {
    case 'first':
      return known[0] ?? Number.NaN;
    case 'last':
      return known.at(-1) ?? Number.NaN;
    case 'highest':
      return known.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    case 'lowest':
      return known.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    case 'sum':
      return sum;
    case 'mean':
      return mean;
    case 'std': {
      const squares = known.reduce((a, b) => a + (b - mean) * (b - mean), 0);
      return Math.sqrt(squares / (known.length - 1));
    }
    case 'count':
      return known.length;
  }
}
