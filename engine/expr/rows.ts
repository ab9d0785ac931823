import type { Frame } from '../frame/frame.js';
import { tableDelay } from './delay.js';
import type { ClockRows, ClockSpec } from './op.js';
import type { TableFacts } from './world.js';

/** Running sums are rebuilt once in so many absolute rows. */
const BLOCK = 1024;
/** Block length of clocks that say nothing of their spacing, ms. */
const USUAL_SPACING = 3_600_000;

/** The rows of a clock, from the table that is its home. */
export function rowsOf(spec: ClockSpec, frame: Frame, table: TableFacts | undefined): ClockRows {
  const ts = frame.column('ts');
  const available = table?.available;
  const delay = table === undefined ? 0 : tableDelay(table);
  const seen = available === undefined ? undefined : frame.column(available);
  return new TableClock(spec, ts, delay, seen);
}

/** Most formulas ask neither when rows are visible nor for anchors, and these take longer than many an operator. */
class TableClock implements ClockRows {
  #visible: Readonly<Float64Array> | undefined;
  #anchors: Readonly<Uint8Array> | undefined;

  /** @param seen  when each row is visible; at its close if undefined. */
  constructor(
    readonly spec: ClockSpec,
    readonly ts: Readonly<Float64Array>,
    readonly delay: number,
    seen: Readonly<Float64Array> | undefined,
  ) {
    this.#visible = seen;
  }

  get visible(): Readonly<Float64Array> {
    this.#visible ??= closesOf(this.ts, this.spec.width);
    return this.#visible;
  }

  get anchors(): Readonly<Uint8Array> {
    this.#anchors ??= anchorsOf(this.ts, this.spec);
    return this.#anchors;
  }
}

function closesOf(ts: Readonly<Float64Array>, width: number): Readonly<Float64Array> {
  if (width === 0) return ts;
  const closes = new Float64Array(ts.length);
  for (let i = 0; i < ts.length; i += 1) closes[i] = (ts[i] ?? 0) + width;
  return closes;
}

/** The first row, and each that opens a block of absolute row numbers: the same rows wherever the data start. */
export function anchorsOf(ts: Readonly<Float64Array>, spec: ClockSpec): Uint8Array {
  const length = BLOCK * (spec.spacing ?? spec.nominal ?? USUAL_SPACING);
  const anchors = new Uint8Array(ts.length);
  let block = Number.NaN;
  for (let i = 0; i < ts.length; i += 1) {
    const own = Math.floor((ts[i] ?? 0) / length);
    if (own !== block) anchors[i] = 1;
    block = own;
  }
  return anchors;
}

const DAY = 86_400_000;
/** 1970-01-05, the first Monday. */
export const MONDAY = 4 * DAY;

/** When the bucket that holds a time starts: aligned to UTC, whole weeks to Monday. */
export function bucketStart(time: number, every: number): number {
  const origin = every % (7 * DAY) === 0 ? MONDAY : 0;
  return Math.floor((time - origin) / every) * every + origin;
}

/** The buckets of a clock's rows that are over: the last one only if its end has been seen. Those without rows have none. */
export function bucketsOf(spec: ClockSpec, base: ClockRows): ClockRows {
  const every = spec.width;
  const starts: number[] = [];
  for (const time of base.ts) {
    const start = bucketStart(time, every);
    if (start !== starts.at(-1)) starts.push(start);
  }
  const last = base.ts[base.ts.length - 1];
  const open = starts.at(-1);
  if (last !== undefined && open !== undefined && last + base.spec.width < open + every)
    starts.pop();
  const ts = Float64Array.from(starts);
  return { spec, ts, visible: closesOf(ts, every), delay: 0, anchors: anchorsOf(ts, spec) };
}
