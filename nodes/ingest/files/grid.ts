import type { Rows } from './rows.js';
import type { Step } from './step.js';
import { clock, intervalOf, type Refuse, type Tally } from './tell.js';

/** So few rows may lie apart by chance; of more, two neighbours must be one interval apart. */
const FEW = 10;

/**
 * Bars open on the grid of their interval and are as long as is declared. Single bars may end at odd times, as they do where an
 * exchange restarts; where most do, the file holds bars of another length.
 * @throws ingest/off-grid, ingest/wrong-interval
 */
export function expectGrid(rows: Rows, step: Step, refuse: Refuse, tally: Tally): void {
  const { file, ts, rowOf } = rows;
  const off = ts.findIndex((t) => step.open(t) !== t);
  if (off >= 0) {
    const time = clock(ts[off] ?? 0);
    refuse('ingest/off-grid', { file, row: rowOf(off), time, interval: step.text });
  }
  expectCloses(rows, step, refuse, tally);
  if (!lengthsAreTold(rows, step)) expectSteps(rows, step, refuse);
}

/** Does at least half of the rows end one interval after it opens? Then bars may be far apart: a symbol nobody trades. */
function lengthsAreTold({ ts, columns, length }: Rows, step: Step): boolean {
  const closes = columns.get('close_ts');
  let told = 0;
  for (let i = 0; i < length; i++) {
    if (isLong(closes?.[i] ?? Number.NaN, ts[i] ?? 0, step)) told += 1;
  }
  return told * 2 >= length;
}

/** A bar ends one unit of its clock before the next begins: a micro-, millisecond or second, or at the same time. */
function isLong(close: number, open: number, step: Step): boolean {
  const end = step.end(open);
  return close >= end - 1000 && close <= end;
}

function expectSteps({ file, ts, length, rowOf }: Rows, step: Step, refuse: Refuse): void {
  if (length < FEW) return;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < length; i++) {
    const [a, b] = [ts[i - 1] ?? 0, ts[i] ?? 0];
    if (step.end(Math.min(a, b)) === Math.max(a, b)) return;
    const apart = Math.abs(b - a);
    if (apart > 0 && apart < least) least = apart;
  }
  if (least === Number.POSITIVE_INFINITY) return;
  const facts = { found: intervalOf(least), interval: step.text };
  refuse('ingest/wrong-interval', { file, row: rowOf(1), ...facts });
}

/** Single bars may end at odd times. @throws ingest/wrong-interval where most do */
function expectCloses(rows: Rows, step: Step, refuse: Refuse, tally: Tally): void {
  const closes = rows.columns.get('close_ts');
  if (!closes) return;
  let odd = 0;
  let first = -1;
  for (let i = 0; i < rows.length; i++) {
    const close = closes[i] ?? Number.NaN;
    if (Number.isNaN(close) || isLong(close, rows.ts[i] ?? 0, step)) continue;
    odd += 1;
    if (first < 0) first = i;
  }
  if (odd === 0) return;
  const facts = { file: rows.file, row: rows.rowOf(first), interval: step.text };
  if (odd * 2 > rows.length) {
    const length = (closes[first] ?? 0) - (rows.ts[first] ?? 0);
    const found = intervalOf(Math.max(1000, Math.round(length / 1000) * 1000));
    refuse('ingest/wrong-interval', { ...facts, found });
  }
  tally.add('ingest/odd-close', odd, () => facts);
}
