import type { Column } from '../frame/column.js';
import type { Frame } from '../frame/frame.js';
import { type Authors, authorsIn } from './authors.js';
import { knownTimes, lateColumns, latest } from './known.js';
import type { Output } from './subject.js';

/** What findings call a difference in which rows there are. */
export const ROWS = '(rows)';

/** A cell that is not what it was. */
export interface Difference {
  readonly port: string;
  readonly column: string;
  /** When its row was known, UTC milliseconds. */
  readonly known: number;
  readonly was: string;
  readonly is: string;
  /** Whose row it is, where the table says. */
  readonly of?: Authors;
}

/** What came of a comparison. */
export interface Compared {
  readonly cells: number;
  /** The first difference of each column, and of each author of rows in it. */
  readonly differences: readonly Difference[];
}

/** Rows of the one and of the other frame that must agree, side by side. */
export interface Pairs {
  readonly base: Int32Array;
  readonly other: Int32Array;
}

/** Which cells of a column are held to each other, and how closely. */
export interface Held {
  /** Whether a row of the base counts. */
  readonly counts?: (row: number) => boolean;
  /** Numbers may differ by so much, relative to the size of the column; 0 for bit by bit. */
  readonly within: number;
  /** A row that is missing on either side says nothing. */
  readonly bothKnown?: boolean;
}

/** Everything that was known by a time must be bit for bit the same in both. */
export function knownBy(output: Output, base: Frame, other: Frame, at: number): Compared {
  const [a, b] = [knownTimes(base, output.contract), knownTimes(other, output.contract)];
  if (!a) return { cells: 0, differences: [] };
  if (!b) return { cells: 0, differences: [without(output)] };
  if (output.window && latest(a) > at) return { cells: 0, differences: [] };
  const [rows, others] = [rowsBy(a, at), rowsBy(b, at)];
  const lost = rows.length !== others.length ? rowsDiffer(output, rows, others, a, b) : undefined;
  if (lost) return { cells: rows.length, differences: [lost] };
  const late = lateColumns(base, output.contract);
  const pairs = { base: rows, other: others };
  return compare(output, base, other, pairs, (name) => {
    const times = late.get(name);
    return times ? { within: 0, counts: (row) => (times[row] ?? 0) <= at } : { within: 0 };
  });
}

/** Compare cells of paired rows; `held` tells for a column what must agree, undefined: nothing. */
export function compare(
  output: Output,
  base: Frame,
  other: Frame,
  pairs: Pairs,
  held: (column: string) => Held | undefined,
): Compared {
  const known = knownTimes(base, output.contract);
  const authors = authorsIn(base, output.authors ?? []);
  let cells = 0;
  const differences: Difference[] = [];
  for (const name of base.names) {
    const rule = held(name);
    if (!rule) continue;
    cells += rule.counts ? counted(pairs.base, rule.counts) : pairs.base.length;
    const found = other.has(name)
      ? firstsIn(base.get(name), other.get(name), pairs, rule, authors)
      : [{ row: 0, was: 'a column', is: 'none', of: undefined }];
    for (const { row, of, ...cell } of found)
      differences.push({
        port: output.port,
        column: name,
        known: known?.[row] ?? 0,
        ...cell,
        ...(of ? { of } : {}),
      });
  }
  return { cells, differences };
}

/** The first paired row in which two columns do not agree; where rows have authors, the first of each. */
function firstsIn(
  a: Column,
  b: Column,
  pairs: Pairs,
  rule: Held,
  authors: (row: number) => Authors | undefined,
) {
  const agree = agreement(a, b, rule);
  const firsts = new Map<string, Pick<Difference, 'was' | 'is'> & { row: number; of?: Authors }>();
  for (let i = 0; i < pairs.base.length; i += 1) {
    const [row, twin] = [pairs.base[i] ?? 0, pairs.other[i] ?? 0];
    if (rule.counts && !rule.counts(row)) continue;
    if (agree(row, twin)) continue;
    const of = authors(row);
    const id = Object.values(of ?? {}).join(' ');
    if (firsts.has(id)) continue;
    firsts.set(id, { row, was: shown(a, row), is: shown(b, twin), ...(of ? { of } : {}) });
    if (!of) break;
  }
  return [...firsts.values()];
}

function counted(rows: Int32Array, counts: (row: number) => boolean): number {
  return rows.reduce((sum, row) => sum + (counts(row) ? 1 : 0), 0);
}

type Agree = (row: number, twin: number) => boolean;

/** Tells whether a row of one column and a row of another agree. */
export function agreement(a: Column, b: Column, rule: Held): Agree {
  if (a.dtype === 'text' || b.dtype === 'text')
    return (row, twin) => shown(a, row) === shown(b, twin);
  const [x, y] = [a.values, b.values];
  const missing = a.dtype === 'bool' ? 255 : Number.NaN;
  const absent = (v: number): boolean => Object.is(v, missing);
  const slack = rule.within === 0 || a.dtype !== 'f64' ? 0 : rule.within * sizeOf(a.values);
  return (row, twin) => {
    const [v, w] = [x[row] ?? missing, y[twin] ?? missing];
    if (Object.is(v, w)) return true;
    if (rule.bothKnown && (absent(v) || absent(w))) return true;
    return slack > 0 && Math.abs(v - w) <= slack + rule.within * Math.abs(v);
  };
}

/** The typical size of the known values, the median of a sample: outliers would dwarf a mean. */
function sizeOf(values: Readonly<Float64Array>): number {
  const step = Math.max(1, Math.floor(values.length / 1000));
  const sample: number[] = [];
  for (let i = 0; i < values.length; i += step) {
    const v = Math.abs(values[i] ?? Number.NaN);
    if (!Number.isNaN(v)) sample.push(v);
  }
  sample.sort((a, b) => a - b);
  return sample[sample.length >> 1] ?? 0;
}

function rowsBy(known: Readonly<Float64Array>, at: number): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < known.length; row += 1) if ((known[row] ?? 0) <= at) rows.push(row);
  return Int32Array.from(rows);
}

/** A table that no longer has the column that tells when its rows are known. */
function without({ port }: Output): Difference {
  return { port, column: ROWS, known: 0, was: 'rows with times', is: 'none' };
}

/** The first row that stands only in one of the two. */
function rowsDiffer(
  { port }: Output,
  rows: Int32Array,
  others: Int32Array,
  a: Readonly<Float64Array>,
  b: Readonly<Float64Array>,
): Difference {
  let i = 0;
  while (i < rows.length && i < others.length && a[rows[i] ?? 0] === b[others[i] ?? 0]) i += 1;
  const known = Math.min(
    a[rows[i] ?? -1] ?? Number.POSITIVE_INFINITY,
    b[others[i] ?? -1] ?? Number.POSITIVE_INFINITY,
  );
  const count = (n: number): string => `${n} rows`;
  return { port, column: ROWS, known, was: count(rows.length), is: count(others.length) };
}

function shown(column: Column, row: number): string {
  if (column.dtype === 'text') return column.words[column.codes[row] ?? -1] ?? 'missing';
  const value = column.values[row] ?? Number.NaN;
  if (column.dtype === 'bool') return value === 255 ? 'missing' : value === 1 ? 'true' : 'false';
  return Number.isNaN(value) ? 'missing' : String(value);
}
