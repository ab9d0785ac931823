import type { Column } from '../frame/column.js';
import { canonicalText } from '../frame/text.js';
import { SERIES, type Series } from './types.js';

const NO_FLAG = 255;
const NO_TEXT = 0xffff_ffff;
type Rows = Readonly<Int32Array> | undefined;

/**
 * A column as a series.
 * @param rows  which row of the column stands at each row of the series, −1 none; undefined: the column as it is.
 */
export function seriesOf(column: Column, rows: Rows): Series {
  if (column.dtype === 'bool')
    return { type: 'boolean', data: flagsAt(column.values, rows), mask: SERIES };
  if (column.dtype === 'text')
    return { type: 'text', data: codesAt(column.codes, rows), words: column.words, mask: SERIES };
  return { type: 'number', data: numbersAt(column.values, rows), mask: SERIES };
}

/** A series as a column of so many rows; constants are spread. */
export function columnOf(series: Series, rows: number): Column {
  if (series.type === 'number') {
    const { data, mask } = series;
    const values = mask === SERIES ? data : new Float64Array(rows).fill(data[0] ?? Number.NaN);
    return { dtype: 'f64', values };
  }
  if (series.type === 'boolean') {
    const { data, mask } = series;
    const values = mask === SERIES ? data : new Uint8Array(rows).fill(data[0] ?? NO_FLAG);
    return { dtype: 'bool', values };
  }
  const { data, mask, words } = series;
  return canonicalText(
    mask === SERIES ? data : new Uint32Array(rows).fill(data[0] ?? NO_TEXT),
    words,
  );
}

function numbersAt(values: Readonly<Float64Array>, rows: Rows): Float64Array {
  if (rows === undefined) return values.subarray(0);
  const out = new Float64Array(rows.length);
  for (let i = 0; i < out.length; i += 1) out[i] = values[rows[i] ?? -1] ?? Number.NaN;
  return out;
}

function flagsAt(values: Readonly<Uint8Array>, rows: Rows): Uint8Array {
  if (rows === undefined) return values.subarray(0);
  const out = new Uint8Array(rows.length);
  for (let i = 0; i < out.length; i += 1) out[i] = values[rows[i] ?? -1] ?? NO_FLAG;
  return out;
}

function codesAt(codes: Readonly<Uint32Array>, rows: Rows): Uint32Array {
  if (rows === undefined) return codes.subarray(0);
  const out = new Uint32Array(rows.length);
  for (let i = 0; i < out.length; i += 1) out[i] = codes[rows[i] ?? -1] ?? NO_TEXT;
  return out;
}
