import { sameSize } from './guard.js';
import type { Vector } from './vector.js';

/** Milliseconds of a UTC day. */
export const DAY = 86_400_000;

/** Runs of rows that share a UTC day. */
export interface Days {
  /** Start of each day, UTC milliseconds. */
  readonly starts: Float64Array;
  /** Row → day. */
  readonly of: Uint32Array;
}

/** The days that rows lie in. @param times  UTC milliseconds, ascending */
export function daysOf(times: Vector): Days {
  const of = new Uint32Array(times.length);
  const starts: number[] = [];
  for (let row = 0; row < times.length; row++) {
    const start = Math.floor((times[row] ?? NaN) / DAY) * DAY;
    if (start !== starts[starts.length - 1]) starts.push(start);
    of[row] = starts.length - 1;
  }
  return { starts: Float64Array.from(starts), of };
}

/** Rows of profit and loss added up by day, in fractions of the equity at the start of the day. */
export interface DailyAccount {
  readonly net: Float64Array;
  readonly gross: Float64Array;
  readonly cost: Float64Array;
  readonly funding: Float64Array;
  readonly traded: Float64Array;
}

/** Rows of profit and loss, each a fraction of the equity at the start of its row. */
export interface RowAccount {
  readonly gross: Vector;
  readonly cost: Vector;
  readonly funding: Vector;
  readonly traded: Vector;
}

/**
 * Compound rows within each day. Every part is weighted with the equity it was earned on, so that
 * net = gross − cost − funding holds for the day too. Equity that reaches 0 is lost for good: the day ends at −1, and
 * what a row took beyond it shows in the parts only.
 * @throws math/sizes-differ
 */
export function compoundDays(rows: RowAccount, days: Days): DailyAccount {
  sameSize('rows of profit and their days', rows.gross.length, days.of.length);
  const n = days.starts.length;
  const net = new Float64Array(n);
  const gross = new Float64Array(n);
  const cost = new Float64Array(n);
  const funding = new Float64Array(n);
  const traded = new Float64Array(n);
  for (let row = 0; row < days.of.length; row++) {
    const day = days.of[row] ?? 0;
    const equity = Math.max(0, 1 + (net[day] ?? 0));
    const earned = equity * (rows.gross[row] ?? NaN);
    const paid = equity * (rows.cost[row] ?? NaN);
    const settled = equity * (rows.funding[row] ?? NaN);
    gross[day] = (gross[day] ?? 0) + earned;
    cost[day] = (cost[day] ?? 0) + paid;
    funding[day] = (funding[day] ?? 0) + settled;
    traded[day] = (traded[day] ?? 0) + equity * (rows.traded[row] ?? NaN);
    const left = (gross[day] ?? 0) - (cost[day] ?? 0) - (funding[day] ?? 0);
    net[day] = Math.max(-1, left);
  }
  return { net, gross, cost, funding, traded };
}
