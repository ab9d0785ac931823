import type { Column } from '../frame/column.js';
import { MISSING_FLAG, MISSING_TEXT } from '../frame/column.js';
import type { ColumnRule, Contract } from '../frame/contract.js';
import { Frame } from '../frame/frame.js';
import { canonicalText } from '../frame/text.js';
import type { Random } from '../sdk/random.js';
import { tellingColumns } from './known.js';

/**
 * What takes the place of a cell: another row's value, scaled beyond the old range; nothing; or an extreme at either end.
 * Contracts still hold: what may not be missing, negative or broken stays within its bounds.
 */
export type Disturbance = 'scrambled' | 'missing' | 'high' | 'low';

/** The frame with the cells of some rows replaced. Times, and the columns that say whose row it is, stay. */
export function disturbed(
  frame: Frame,
  contract: Contract,
  takes: (row: number) => boolean,
  how: Disturbance,
  random: Random,
): Frame {
  const kept = new Set([
    ...contract.sort,
    ...contract.unique,
    ...contract.entity,
    ...tellingColumns(contract),
  ]);
  const rows: number[] = [];
  for (let row = 0; row < frame.length; row += 1) if (takes(row)) rows.push(row);
  if (rows.length === 0) return frame;
  const entries = frame.names.map((name) => {
    const column = frame.get(name);
    const rule = contract.columns.get(name);
    const changed = kept.has(name) ? column : replaced(column, rule, rows, how, random);
    return { name, column: changed, unit: frame.unit(name) };
  });
  return Frame.from(entries, frame.length);
}

function replaced(
  column: Column,
  rule: ColumnRule | undefined,
  rows: readonly number[],
  how: Disturbance,
  random: Random,
): Column {
  const nullable = rule === undefined || rule.nullable;
  if (how === 'missing' && !nullable) return column;
  switch (column.dtype) {
    case 'time':
      return column;
    case 'f64':
      return { dtype: 'f64', values: numbers(column.values, rule, rows, how, random) };
    case 'bool': {
      const values = column.values.slice();
      for (const row of rows) values[row] = flag(how, random);
      return { dtype: 'bool', values };
    }
    case 'text': {
      const codes = column.codes.slice();
      for (const row of rows)
        codes[row] =
          how === 'missing' ? MISSING_TEXT : (codes[random.integer(codes.length)] ?? MISSING_TEXT);
      return canonicalText(codes, column.words);
    }
  }
}

function flag(how: Disturbance, random: Random): number {
  if (how === 'missing') return MISSING_FLAG;
  return how === 'high' ? 1 : how === 'low' ? 0 : random.integer(2);
}

/** Beyond, below and across what was there before. */
const FACTORS = [7, 0.2, 1, -3] as const;
/** How far an extreme lies outside of all that was seen. */
const FAR = 100;

function numbers(
  before: Readonly<Float64Array>,
  rule: ColumnRule | undefined,
  rows: readonly number[],
  how: Disturbance,
  random: Random,
): Float64Array {
  const values = before.slice();
  const largest = largestOf(before);
  // Counts stay counts, whether or not a contract says so.
  const whole = rule?.whole || before.every((v) => Number.isNaN(v) || Number.isInteger(v));
  const fitted = (value: number): number => within(whole ? Math.round(value) : value, rule);
  for (const row of rows) {
    if (how === 'missing') values[row] = Number.NaN;
    else if (how === 'high') values[row] = fitted(largest * FAR);
    else if (how === 'low') values[row] = fitted(lowest(largest, rule));
    else values[row] = scrambled(before, row, rule, fitted, random);
  }
  return values;
}

function largestOf(values: Readonly<Float64Array>): number {
  let largest = 0;
  for (const v of values) if (Math.abs(v) > largest) largest = Math.abs(v);
  return largest || 1;
}

/** Some other row's value, scaled; where that one is missing and this may not be, the value stays. */
function scrambled(
  before: Readonly<Float64Array>,
  row: number,
  rule: ColumnRule | undefined,
  fitted: (value: number) => number,
  random: Random,
): number {
  const other = before[random.integer(before.length)] ?? Number.NaN;
  const next = other * (FACTORS[random.integer(FACTORS.length)] ?? 1);
  const forbidden = Number.isNaN(next) && rule !== undefined && !rule.nullable;
  return forbidden ? (before[row] ?? 0) : fitted(next);
}

function lowest(largest: number, rule: ColumnRule | undefined): number {
  const floor = rule?.above ?? rule?.min;
  return floor === undefined ? -largest * FAR : floor + (largest - floor) / FAR / FAR;
}

/** The nearest value that the rules of the column allow. */
function within(value: number, rule: ColumnRule | undefined): number {
  if (rule === undefined || Number.isNaN(value)) return value;
  const sided =
    rule.above !== undefined && value <= rule.above ? rule.above + Math.abs(value) + 1e-9 : value;
  return Math.max(
    rule.min ?? Number.NEGATIVE_INFINITY,
    Math.min(rule.max ?? Number.POSITIVE_INFINITY, sided),
  );
}
