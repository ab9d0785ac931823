import { constantSeries } from './fold.js';
import { type Groups, groupsOf } from './kernels/groups.js';
import type { Node } from './node.js';
import type { ClockRows, ClockSpec } from './op.js';
import { MONDAY } from './rows.js';
import type { Series } from './types.js';

/** How far apart the rows of a group stand on a full grid, where the calendar alone decides what is a group. */
export interface Recurrence {
  /** Rows of the clock back to the r-th row before, in the same group: the most there can be. */
  back(rows: number): number;
  /** The least there can be. */
  soonest(rows: number): number;
  /** Rows after which every group has occurred. */
  readonly cycle: number;
}

const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** Rows a week beyond which a key is not tried out: one a second is far below. */
const MOST_ROWS = 1_000_000;
const WEEKLY: readonly string[] = ['minute', 'hour', 'weekday', 'hour_of_week'];

/** Undefined where data decide which rows are a group. The grid is taken to be aligned to UTC, as for `resample`. */
export function recurrenceOf(key: Node, clock: ClockSpec): Recurrence | undefined {
  const { spacing } = clock;
  if (spacing === undefined || key.kind !== 'op') return undefined;
  if (DAY % spacing === 0 && key.op.name === 'day') return ofDays(DAY / spacing);
  if (DAY % spacing === 0 && key.op.name === 'month') return ofMonths(DAY / spacing);
  if (WEEK % spacing !== 0 || WEEK / spacing > MOST_ROWS || !weekly(key)) return undefined;
  return ofWeek(key, clock, WEEK / spacing);
}

/** Whether a key is made of nothing but parts of the time that come again every week. */
function weekly(node: Node): boolean {
  if (node.kind === 'constant') return true;
  if (node.kind !== 'op') return false;
  if (WEEKLY.includes(node.op.name)) return true;
  return node.op.elementWise === true && node.inputs.every((i) => weekly(i.node));
}

/** Tried out on one week: what comes again every week is known from it. */
function ofWeek(key: Node, spec: ClockSpec, rows: number): Recurrence {
  const ts = Float64Array.from({ length: rows }, (_, i) => MONDAY + i * (spec.spacing ?? 0));
  const week = { spec, ts, visible: ts, delay: 0, anchors: new Uint8Array(rows) };
  const groups = groupsOf(valueIn(key, week), rows);
  return {
    back: (r) => distances(groups, rows, r).reduce((top, d) => Math.max(top, d), 0),
    soonest: (r) => distances(groups, rows, r).reduce((low, d) => Math.min(low, d), r * rows),
    cycle: rows,
  };
}

/** From each row of a week to the r-th before in its group. */
function distances(groups: Groups, cycle: number, r: number): Float64Array {
  const { rows, starts } = groups;
  const out = new Float64Array(rows.length);
  for (let g = 0; g + 1 < starts.length; g += 1) {
    const [start, end] = [starts[g] ?? 0, starts[g + 1] ?? 0];
    const size = end - start;
    const whole = Math.floor(r / size);
    const rest = r - whole * size;
    for (let at = start; at < end; at += 1) {
      const before = at - rest;
      const back =
        before >= start
          ? (rows[at] ?? 0) - (rows[before] ?? 0)
          : (rows[at] ?? 0) + cycle - (rows[before + size] ?? 0);
      out[at] = whole * cycle + back;
    }
  }
  return out;
}

/** A key worked out on some rows. */
function valueIn(node: Node, clock: ClockRows): Series {
  if (node.kind !== 'op' || node.op.run === undefined) return constantSeries(node);
  const inputs = node.inputs.map(({ slot, node: from }) => ({
    slot,
    series: valueIn(from, clock),
    clock,
    facts: from.facts,
  }));
  return node.op.run({
    rows: clock.ts.length,
    clock,
    constants: node.constants,
    inputs,
    memory: { numbers: (n) => new Float64Array(n), flags: (n) => new Uint8Array(n) },
    table: undefined,
  });
}

/**
 * Days of the month: a 31st comes after 61 days at the latest and seven times a year; two days of one number have at least
 * 27 others between them.
 */
function ofDays(rowsADay: number): Recurrence {
  return {
    back: (r) => {
      const days = Math.ceil(r / rowsADay);
      const years = Math.floor(days / 7);
      const left = Math.min((days - 7 * years) * 60, 366 - 7);
      return r + (years * (366 - 7) + left) * rowsADay;
    },
    soonest: (r) => r + Math.floor(r / rowsADay) * 27 * rowsADay,
    cycle: 62 * rowsADay,
  };
}

/** Months of the year: Februaries are the shortest and have 337 days between them, Januaries 334. */
function ofMonths(rowsADay: number): Recurrence {
  return {
    back: (r) => r + Math.ceil(r / (28 * rowsADay)) * 337 * rowsADay,
    soonest: (r) => r + Math.floor(r / (31 * rowsADay)) * 334 * rowsADay,
    cycle: 366 * rowsADay,
  };
}
