import type { Column, Numbers } from '../../../../engine/frame/column.js';
import type { Frame } from '../../../../engine/frame/frame.js';
import { FIVE_MINUTES } from '../kit.js';

export type Value = number | string | undefined;

/** How to read a column: undefined is missing, flags are texts. */
export function reader(column: Column): (row: number) => Value {
  if (column.dtype === 'text') return (row) => column.words[column.codes[row] ?? -1];
  const { values } = column;
  if (column.dtype === 'bool')
    return (row) => (values[row] === 255 ? undefined : values[row] === 1 ? 'true' : 'false');
  return (row) => {
    const v = values[row] ?? Number.NaN;
    return Number.isNaN(v) ? undefined : v;
  };
}

/** Two runs of one column, and the rows of the first to hold against the second. */
export interface Pair {
  readonly id: string;
  readonly one: Frame;
  readonly other: Frame;
  readonly from?: number;
  readonly to?: number;
  /** How far numbers may be apart, as a share of the largest; 0 wants every bit. */
  readonly within?: number;
  /** Whether a row counts only where both know it. */
  readonly bothKnown?: boolean;
}

/** What holding two runs against each other found. */
export interface Outcome {
  /** The first row in which they differ, as a sentence. */
  readonly fault: string | undefined;
  /** How many rows were held against each other in which both have a value. */
  readonly known: number;
}

export function held(pair: Pair): Outcome {
  const { one, other, id } = pair;
  const shift = shiftOf(one, other);
  const from = Math.max(pair.from ?? 0, shift, 0);
  const to = Math.min(pair.to ?? one.length, one.length, other.length + shift);
  const [a, b] = [one.get(id), other.get(id)];
  const rows = { from, to, shift, bothKnown: pair.bothKnown === true };
  return a.dtype === 'f64' && b.dtype === 'f64'
    ? numbers(a.values, b.values, pair.within === undefined ? 0 : pair.within * sizeOf(a), rows)
    : others(reader(a), reader(b), rows);
}

interface Rows {
  readonly from: number;
  readonly to: number;
  readonly shift: number;
  readonly bothKnown: boolean;
}

/** A loop of its own, as nearly all of the time goes here. */
function numbers(
  a: Numbers,
  b: Numbers,
  room: number,
  { from, to, shift, bothKnown }: Rows,
): Outcome {
  let known = 0;
  for (let row = from; row < to; row += 1) {
    const v = a[row] ?? Number.NaN;
    const w = b[row - shift] ?? Number.NaN;
    if (v === w) {
      known += 1;
      // Both zeros are equal, and are not the same bits.
      if (v !== 0 || room > 0 || 1 / v === 1 / w) continue;
    } else if (Number.isNaN(v) || Number.isNaN(w)) {
      if (bothKnown || (Number.isNaN(v) && Number.isNaN(w))) continue;
    } else {
      known += 1;
      if (Math.abs(v - w) <= room) continue;
    }
    return { fault: `row ${row}: ${told(v)} and ${told(w)}`, known };
  }
  return { fault: undefined, known };
}

function others(
  a: (row: number) => Value,
  b: (row: number) => Value,
  { from, to, shift, bothKnown }: Rows,
): Outcome {
  let known = 0;
  for (let row = from; row < to; row += 1) {
    const [v, w] = [a(row), b(row - shift)];
    const both = v !== undefined && w !== undefined;
    if (both) known += 1;
    if (v !== w && (both || !bothKnown)) return { fault: `row ${row}: ${v} and ${w}`, known };
  }
  return { fault: undefined, known };
}

function told(v: number): string {
  return Object.is(v, -0) ? '-0' : String(v);
}

/** How many rows later the second one starts. */
function shiftOf(one: Frame, other: Frame): number {
  const [a, b] = [one.column('ts')[0], other.column('ts')[0]];
  return a === undefined || b === undefined ? 0 : (b - a) / FIVE_MINUTES;
}

/** The largest size of a column's numbers, at least 1. */
export function sizeOf(column: Column): number {
  if (column.dtype !== 'f64') return 0;
  let top = 1;
  for (const v of column.values) if (Math.abs(v) > top) top = Math.abs(v);
  return top;
}
