import type { Rows } from './rows.js';
import type { Step } from './step.js';
import { clock, type Refuse } from './tell.js';
import type { Layout } from './wanted.js';

const DAY = 86_400_000;

/** Bars by the time they open, where files name them by their last day. @throws ingest/off-grid where a time is no last day */
export function byOpens(
  rows: Rows,
  dated: Layout['dated'],
  { open, end, text }: Step,
  refuse: Refuse,
): Rows {
  if (dated === 'open') return rows;
  const { file, ts, rowOf } = rows;
  const off = ts.findIndex((t) => end(open(t)) - DAY !== t);
  if (off < 0) return { ...rows, ts: ts.map(open) };
  return refuse('ingest/off-grid', {
    file,
    row: rowOf(off),
    time: clock(ts[off] ?? 0),
    interval: text,
  });
}
