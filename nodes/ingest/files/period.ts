import type { Range } from '../tables/given.js';
import type { Rows } from './rows.js';
import { clock, type Refuse } from './tell.js';

/** Files hold stamps some milliseconds beyond their end, and single rows of the next day. */
const GRACE = 86_400_000;
const DAY = 86_400_000;

/**
 * The month or day that a name tells, the last one in it; undefined where it tells none.
 * @returns milliseconds, from its start until before its end
 */
export function periodOf(name: string): Range | undefined {
  const last = [...name.matchAll(/(\d{4})-(\d\d)(?:-(\d\d))?(?!\d)/g)].at(-1);
  if (!last) return undefined;
  const [, year, month, day] = last;
  const from = Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1));
  const to = day === undefined ? Date.UTC(Number(year), Number(month), 1) : from + DAY;
  return { from, to };
}

/** May a file of that period hold rows of the range? */
export function touches(period: Range, { from, to }: Range): boolean {
  return period.to + GRACE > from && period.from - GRACE < to;
}

/**
 * Files are left alone by the period in their names, so what they hold must lie in it: else rows came and went with the range
 * that is asked for.
 * @throws ingest/wrong-period
 */
export function expectPeriod({ file, ts, rowOf }: Rows, period: Range, refuse: Refuse): void {
  const [from, to] = [period.from - GRACE, period.to + GRACE];
  const row = ts.findIndex((t) => t < from || t >= to);
  if (row < 0) return;
  refuse('ingest/wrong-period', {
    file,
    row: rowOf(row),
    time: clock(ts[row] ?? 0),
    from: clock(period.from).slice(0, 10),
    to: clock(period.to - 1).slice(0, 10),
  });
}
