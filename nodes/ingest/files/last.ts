import type { Rows } from './rows.js';
import type { Step } from './step.js';
import { clock, type Refuse, type Tally } from './tell.js';
import type { Layout } from './wanted.js';

const DAY = 86_400_000;
/** A bar ends one unit of its clock before the next begins, a second at most. */
const UNIT = 1000;

/*
 * A bar that was still open when its file was written has a close, a high, a low and a volume that are not final. What tells it:
 * 1. Its own close time, where it lies before the time it should end at.
 * 2. The time the file was written, where it lies within the bar. That is no content, so it decides nothing but whether to stop.
 * 3. What is declared of such files, `last:`; where nothing is, a file that does not end a day may have been cut by the clock.
 */

/**
 * Bars without the last one of a file, if that one was not over or may not have been; told either way. The last is the latest, wherever
 * it stands.
 * @param how       what is declared of the last bar, and the layout that it is declared of
 * @param step      of its bars
 * @param written   when the file was written
 * @throws ingest/still-open where bars are said to be whole and the last one ends after the file was written
 */
export function withoutOpenBar(
  rows: Rows,
  how: { readonly last: Layout['last']; readonly layout: string },
  step: Step,
  written: number,
  refuse: Refuse,
  tally: Tally,
): Rows {
  const { last, layout } = how;
  if (rows.length === 0) return rows;
  const at = latest(rows.ts);
  const open = rows.ts[at] ?? 0;
  const row = { file: rows.file, row: rows.rowOf(at), time: clock(open) };
  if (last === 'forming' || endsEarly(rows, at, step)) {
    tally.add('ingest/forming-bar', 1, () => row);
    return without(rows, at);
  }
  if (last === 'unsaid' && !endsPeriod(open, step)) {
    tally.add('ingest/unsure-bar', 1, () => ({ ...row, layout }));
    return without(rows, at);
  }
  // A file cannot hold a bar that had not begun: such a time of writing was set by somebody else.
  if (open <= written && written < step.end(open))
    refuse('ingest/still-open', { ...row, written: clock(written) });
  return rows;
}

function latest(ts: Float64Array): number {
  let last = 0;
  for (let i = 1; i < ts.length; i++) if ((ts[i] ?? 0) >= (ts[last] ?? 0)) last = i;
  return last;
}

/** Does a bar end before its time by its own word? Where the others do as well, they are of another length, and that is told. */
function endsEarly({ ts, columns, length }: Rows, at: number, step: Step): boolean {
  const closes = columns.get('close_ts');
  const isShort = (row: number) => (closes?.[row] ?? Number.NaN) < step.end(ts[row] ?? 0) - UNIT;
  return length > 1 && isShort(at) && !isShort(at > 0 ? at - 1 : at + 1);
}

/** Does a bar end with a UTC day, or with a month where it is as long as a day? */
function endsPeriod(open: number, { end, longest }: Step): boolean {
  const close = end(open);
  return close % DAY === 0 && (longest < DAY || new Date(close).getUTCDate() === 1);
}

function without(rows: Rows, at: number): Rows {
  const cut = (values: Float64Array) => values.filter((_v, i) => i !== at);
  return {
    ...rows,
    length: rows.length - 1,
    ts: cut(rows.ts),
    columns: new Map([...rows.columns].map(([name, values]) => [name, cut(values)])),
    id: rows.id && cut(rows.id),
    rowOf: (index) => rows.rowOf(index < at ? index : index + 1),
  };
}
