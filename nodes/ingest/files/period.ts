import type { RawTable } from '../../kinds/raw-tables.js';
import type { Range } from '../tables/given.js';
import type { Rows } from './rows.js';
import { clock, type Refuse } from './tell.js';

const DAY = 86_400_000;
/** Files so near to a range are read too: what they hold beyond their period may lie in it. */
const NEAR = DAY;

/**
 * How far stamps may lie beside the period of their file, milliseconds. Bars open where they open; a day of readings may end with
 * the first one of the next; prints and events are stamped by clocks that are some seconds off at most.
 */
const GRACE: Readonly<Record<RawTable, number>> = {
  bars: 0,
  marks: 0,
  open_interest: 600_000,
  funding: 60_000,
  liquidations: 60_000,
  quotes: 60_000,
  trades: 60_000,
};

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
  return period.to + NEAR > from && period.from - NEAR < to;
}

/**
 * Files are left alone by the period in their names, so what they hold must lie in it: else rows came and went with the range
 * that is asked for.
 * @throws ingest/wrong-period
 */
export function expectPeriod(
  table: RawTable,
  { file, ts, rowOf }: Rows,
  period: Range,
  refuse: Refuse,
): void {
  const [from, to] = [period.from - GRACE[table], period.to + GRACE[table]];
  const row = ts.findIndex((t) => t < from || t >= to);
  if (row < 0) return;
  refuse('ingest/wrong-period', {
    file,
    row: rowOf(row),
    time: clock(ts[row] ?? 0),
    from: clock(period.from).slice(0, 10),
    to: clock(period.to - 1).slice(0, 10),
    beside: GRACE[table] === 0 ? '' : ` and ${GRACE[table] / 60_000} minutes beside it`,
  });
}
