import { isUtf8 } from 'node:buffer';
import { cellValue, refuseCell } from './cells.js';
import { textAt } from './decimal.js';
import { placesOf } from './header.js';
import type { Cells, Wanted } from './rows.js';
import { Scan } from './scan.js';
import type { Refuse } from './tell.js';

/** A wanted column with the values read so far. */
interface Target extends Wanted {
  readonly values: Float64Array;
}

/** How the lines of a text file stand. */
export interface TextForm {
  readonly header: 'optional' | 'required' | 'none';
  /** Names of columns in order, for files without a header. */
  readonly names: readonly string[];
}

/**
 * Columns of a CSV file. Types are declared, never inferred: a cell that is not what its column is said to be is refused with
 * its row. A cell may be empty only where the layout says so.
 * @param bytes  The whole file; lines of more than 64 KiB are refused.
 */
export function readCsv(
  file: string,
  bytes: Uint8Array,
  form: TextForm,
  wanted: readonly Wanted[],
  refuse: Refuse,
): Cells {
  const scan = new Scan(file, bytes, refuse);
  if (!scan.more) return refuse('ingest/empty-file', { file });
  const titled = hasHeader(scan, form);
  const header = titled ? scan.texts() : form.names;
  if (!isUtf8(bytes)) return refuse('ingest/not-text', { file });
  const places = titled ? placesOf(file, header, wanted, refuse) : wanted.map(({ at }) => at);
  if (titled) scan.nextLine();
  const length = scan.lines();
  if (length === 0) return refuse('ingest/empty-file', { file });
  const first = scan.row;
  const targets = wanted.map((column) => ({ ...column, values: new Float64Array(length) }));
  const byPlace: (Target | undefined)[] = header.map(() => undefined);
  for (const [i, target] of targets.entries()) byPlace[places[i] ?? -1] = target;
  for (let index = 0; index < length; index++) readLine(scan, byPlace, index);
  const columns = targets.map(({ values }) => values);
  return { columns, length, rowOf: (index) => index + first };
}

/** A first line that begins with a digit is a row, unless the layout says that there is a header. */
function hasHeader(scan: Scan, { header }: TextForm): boolean {
  const byte = scan.bytes[scan.from] ?? 0;
  const row = (byte >= 48 && byte <= 57) || byte === 45;
  if (header === 'none') return false;
  if (header === 'optional') return !row;
  if (row) {
    const found = textAt(scan.bytes, scan.from, scan.bytes.length).split('\n')[0];
    scan.refuse('ingest/no-header', { file: scan.file, found });
  }
  return true;
}

/** Read one line into row `index` and go to the next. */
function readLine(scan: Scan, byPlace: readonly (Target | undefined)[], index: number): void {
  let place = 0;
  for (let last = false; !last; place++) {
    last = scan.cell();
    if (last) scan.trim();
    const target = byPlace[place];
    if (target) target.values[index] = cellOf(scan, target, byPlace.length);
    if (!last) scan.next();
  }
  if (place !== byPlace.length) refuseWidth(scan, byPlace.length);
  scan.nextLine();
}

function cellOf(scan: Scan, target: Target, width: number): number {
  const { bytes, from, to } = scan;
  if (from === to) {
    if (target.reading.as === 'match') return target.reading.text === '' ? 1 : 0;
    return target.empty ? Number.NaN : refuseCellOf(scan, target, '', width);
  }
  const value = cellValue(target.reading, bytes, from, to);
  return Number.isNaN(value) ? refuseCellOf(scan, target, textAt(bytes, from, to), width) : value;
}

/** In a line of another width cells stand elsewhere: then that is what is wrong with it. */
function refuseCellOf(scan: Scan, target: Target, cell: string, width: number): never {
  const { file, row, refuse } = scan;
  if (scan.width() !== width) refuseWidth(scan, width);
  return refuseCell(refuse, file, row, target, cell);
}

function refuseWidth(scan: Scan, expected: number): void {
  const { file, row } = scan;
  scan.refuse('ingest/wrong-width', { file, row, found: scan.width(), expected });
}
