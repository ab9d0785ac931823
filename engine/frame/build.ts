import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import {
  type Column,
  type FlagColumn,
  MISSING_FLAG,
  type NumberColumn,
  type Numbers,
  type TimeColumn,
} from './column.js';
import { canonicalText, textColumn } from './text.js';

/** What may stand for a column: a column, or plain values whose type is seen from what they hold. */
export type ColumnInput =
  | Column
  | Numbers
  | readonly number[]
  | readonly (boolean | null)[]
  | readonly (string | null)[];

const report = reporter({
  'frame/mixed-values': 'Column {column} mixes {first} with {other} (row {row}).',
  'frame/untyped-values':
    'Column {column} holds nothing but missing values, so its type cannot be seen.',
});

/** Numbers, NaN missing. */
export function numberColumn(values: Numbers | readonly number[]): NumberColumn {
  return { dtype: 'f64', values: float64(values) };
}

/** Whole UTC milliseconds. */
export function timeColumn(values: Numbers | readonly number[]): TimeColumn {
  return { dtype: 'time', values: float64(values) };
}

/** Booleans, null missing. */
export function flagColumn(values: readonly (boolean | null)[]): FlagColumn {
  return { dtype: 'bool', values: Uint8Array.from(values, flagByte) };
}

/** How many rows a column has. */
export function lengthOf(column: Column): number {
  return column.dtype === 'text' ? column.codes.length : column.values.length;
}

/**
 * The column that plain values stand for; no values at all are numbers.
 * @throws frame/mixed-values, frame/untyped-values (only nulls: give a column instead)
 */
export function toColumn(name: string, input: ColumnInput): Column {
  if (isNumbers(input)) return numberColumn(input);
  if (isColumn(input)) {
    return input.dtype === 'text' ? canonicalText(input.codes, input.words) : input;
  }
  return fromList(name, input);
}

function fromList(name: string, values: readonly (number | boolean | string | null)[]): Column {
  const first = values.find((v) => v !== null);
  const type = values.length === 0 ? 'number' : typeof first;
  if (type === 'number' && values.every(isNumber)) return numberColumn(values);
  if (type === 'boolean' && values.every(isFlag)) return flagColumn(values);
  if (type === 'string' && values.every(isText)) return textColumn(values);
  if (first === undefined || first === null) {
    const hint = 'numbers miss with NaN; for texts or booleans give textColumn(…) or flagColumn(…)';
    return refuse(report('frame/untyped-values', undefined, { column: name }, { hint }));
  }
  const row = values.findIndex((v) => typeof v !== type && !(v === null && type !== 'number'));
  const other = values[row] === null ? 'null' : typeof values[row];
  return refuse(report('frame/mixed-values', undefined, { column: name, first: type, other, row }));
}

function float64(values: Numbers | readonly number[]): Numbers {
  return isNumbers(values) ? values : Float64Array.from(values);
}

function flagByte(flag: boolean | null): number {
  return flag === null ? MISSING_FLAG : flag ? 1 : 0;
}

/** By tag, not by class: tests and threads bring typed arrays of other realms. */
function isNumbers(input: ColumnInput): input is Numbers {
  return Object.prototype.toString.call(input) === '[object Float64Array]';
}

function isColumn(input: ColumnInput): input is Column {
  return 'dtype' in input;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isFlag(value: unknown): value is boolean | null {
  return typeof value === 'boolean' || value === null;
}

function isText(value: unknown): value is string | null {
  return typeof value === 'string' || value === null;
}
