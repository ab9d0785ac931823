import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import { type Column, type Flags, MISSING_FLAG, MISSING_TEXT, type Numbers } from './column.js';
import { distinct } from './distinct.js';
import type { Frame } from './frame.js';
import { groupBy } from './group.js';
import type { ColumnRule, Contract, Spacing } from './rules.js';
import { rowSteps } from './sort.js';

/** One rule of a contract that a frame breaks. */
export interface Breach {
  readonly rule: Rule;
  /** The column, or the columns of the key, joined by a comma. */
  readonly column: string;
  /** The first rows that break it, at most five; none when the whole column does. */
  readonly rows: readonly number[];
  /** How many rows break it. */
  readonly count: number;
  /** What was found: the first value, type or unit. */
  readonly found: string;
  /** What the contract says. */
  readonly expected: string;
}

const SENTENCES = {
  'contract/no-column': 'Contract {contract}: column {column} ({expected}) is absent.',
  'contract/dtype': 'Contract {contract}: column {column} is {found}, not {expected}.',
  'contract/unit': 'Contract {contract}: column {column} is in {found}, not in {expected}.',
  'contract/missing':
    'Contract {contract}: column {column} is missing in {count} rows (rows {rows}).',
  'contract/infinite':
    'Contract {contract}: column {column} is {found} in {count} rows (rows {rows}).',
  'contract/bounds':
    'Contract {contract}: column {column} must be {expected}; {count} rows are not (rows {rows}, first {found}).',
  'contract/whole':
    'Contract {contract}: column {column} must hold whole numbers; {count} rows do not (rows {rows}, first {found}).',
  'contract/unsorted':
    'Contract {contract}: rows must ascend by {column}; {count} do not (rows {rows}).',
  'contract/duplicate':
    'Contract {contract}: {column} must be unique; {count} rows repeat an earlier one (rows {rows}).',
  'contract/off-grid':
    'Contract {contract}: column {column} must lie on {expected}; {count} rows do not (rows {rows}, first {found}).',
} as const;

export type Rule = keyof typeof SENTENCES;
const report = reporter(SENTENCES);
const SHOWN = 5;

/** Every rule of the contract that the frame breaks, columns in the contract's order; columns it does not name are free. */
export function check(frame: Frame, contract: Contract): readonly Breach[] {
  const breaches = [...contract.columns].flatMap(([name, rule]) => checkColumn(frame, name, rule));
  const usable = new Set(
    frame.fields.flatMap(({ name, dtype }) =>
      contract.columns.get(name)?.dtype === dtype ? [name] : [],
    ),
  );
  const whole = (names: readonly string[]) =>
    names.length > 0 && names.every((name) => usable.has(name));
  const order = whole(contract.sort) ? checkOrder(frame, contract) : undefined;
  breaches.push(...(order?.unsorted ?? []));
  if (whole(contract.unique)) {
    breaches.push(...(order?.repeated ?? checkUnique(frame, contract.unique)));
  }
  const { spacing } = contract;
  if (spacing && usable.has(spacing.column)) breaches.push(...checkGrid(frame, spacing));
  return breaches;
}

/** A breach as a problem for people. */
export function describe(breach: Breach, contract: Contract): Diagnostic {
  const { rule, column, rows, count, found, expected } = breach;
  const shown = count > rows.length ? [...rows, '…'] : rows;
  return report(rule, undefined, {
    contract: contract.name,
    column,
    rows: shown,
    count,
    found,
    expected,
  });
}

function checkColumn(frame: Frame, name: string, rule: ColumnRule): readonly Breach[] {
  const whole = (breach: Rule, found: string, expected: string): Breach[] => [
    { rule: breach, column: name, rows: [], count: frame.length, found, expected },
  ];
  if (!frame.has(name))
    return rule.optional ? [] : whole('contract/no-column', 'absent', rule.dtype);
  const column = frame.get(name);
  if (column.dtype !== rule.dtype) return whole('contract/dtype', column.dtype, rule.dtype);
  const unit = frame.unit(name);
  const breaches: Breach[] = [];
  // A frame that says nothing on units is taken at its word; one that says another unit is wrong.
  if (rule.unit !== undefined && unit !== undefined && unit !== rule.unit) {
    breaches.push(...whole('contract/unit', unit, rule.unit));
  }
  const tallies = tallyColumn(column, rule);
  return [...breaches, ...tallies.flatMap((tally) => tally.breach(name))];
}

function tallyColumn(column: Column, rule: ColumnRule): readonly Tally[] {
  switch (column.dtype) {
    case 'text':
      return rule.nullable ? [] : [tallyMissing(column.codes, MISSING_TEXT)];
    case 'bool':
      return rule.nullable ? [] : [tallyMissing(column.values, MISSING_FLAG)];
    default:
      // Almost always so. Which rows break the rule, and how, is asked only where some do.
      return keeps(column.values, rule) ? [] : tallyNumbers(column.values, rule);
  }
}

/** Whether all numbers keep their rule. */
function keeps(values: Numbers, rule: ColumnRule): boolean {
  const { min = -Infinity, max = Infinity, above = -Infinity, nullable } = rule;
  // Within these every number is finite.
  const [least, most] = [Math.max(min, -Number.MAX_VALUE), Math.min(max, Number.MAX_VALUE)];
  const whole = isWhole(rule);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN;
    const fits = value >= least && value <= most && value > above;
    if (fits ? whole && value !== Math.floor(value) : !(nullable && Number.isNaN(value))) {
      return false;
    }
  }
  return true;
}

/** Times are whole numbers whatever their rule says. */
function isWhole({ whole, dtype }: ColumnRule): boolean {
  return whole || dtype === 'time';
}

function tallyMissing(codes: Flags | Readonly<Uint32Array>, missing: number): Tally {
  const tally = new Tally('contract/missing', 'a value');
  for (let row = codes.indexOf(missing); row >= 0; row = codes.indexOf(missing, row + 1)) {
    tally.add(row, Number.NaN);
  }
  return tally;
}

function tallyNumbers(values: Numbers, rule: ColumnRule): readonly Tally[] {
  return [...tallyHoles(values, rule), ...tallyFinite(values, rule)];
}

function tallyHoles(values: Numbers, { nullable }: ColumnRule): readonly Tally[] {
  const missing = new Tally('contract/missing', 'a value');
  const infinite = new Tally('contract/infinite', 'finite');
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN;
    if (Number.isFinite(value)) continue;
    if (!Number.isNaN(value)) infinite.add(row, value);
    else if (!nullable) missing.add(row, value);
  }
  return [missing, infinite];
}

function tallyFinite(values: Numbers, rule: ColumnRule): readonly Tally[] {
  const bounds = new Tally('contract/bounds', boundsText(rule));
  const fractions = new Tally('contract/whole', 'whole');
  const { min = -Infinity, max = Infinity, above = -Infinity } = rule;
  const whole = isWhole(rule);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    if (value < min || value > max || value <= above) bounds.add(row, value);
    if (whole && !Number.isInteger(value)) fractions.add(row, value);
  }
  return [bounds, fractions];
}

/**
 * Whether rows ascend; and, where they do by the very columns that no two rows may share, which repeat the one before: equal
 * ones stand side by side then.
 */
function checkOrder(frame: Frame, { sort, unique }: Contract) {
  const steps = rowSteps(frame, sort);
  const unsorted = new Tally('contract/unsorted', 'ascending');
  const repeated = new Tally('contract/duplicate', 'unique');
  for (let row = 1; row < frame.length; row++) {
    if (steps[row] === 1) unsorted.add(row, row);
    else if (steps[row] === 0) repeated.add(row, row);
  }
  const breaches = unsorted.breach(sort.join(', '));
  const told = breaches.length === 0 && sameNames(sort, unique);
  return { unsorted: breaches, repeated: told ? repeated.breach(unique.join(', ')) : undefined };
}

function checkUnique(frame: Frame, by: readonly string[]): readonly Breach[] {
  // Almost always so. Which rows repeat an earlier one is asked only where some may.
  if (distinct(frame, by)) return [];
  const { ids, first } = groupBy(frame, by);
  const tally = new Tally('contract/duplicate', 'unique');
  for (let row = 0; row < ids.length; row++) {
    if (first[ids[row] ?? 0] !== row) tally.add(row, row);
  }
  return tally.breach(by.join(', '));
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return new Set([...a, ...b]).size === a.length && a.length === b.length;
}

function checkGrid(frame: Frame, { column, every }: Spacing): readonly Breach[] {
  const times = frame.time(column);
  const tally = new Tally('contract/off-grid', `a grid of ${every} ms`);
  for (let row = 0; row < times.length; row++) {
    const time = times[row] ?? Number.NaN;
    if (remainder(time, every) !== 0) tally.add(row, time);
  }
  return tally.breach(column);
}

/** 0 where `%` is 0, in a tenth of its time; by it where products are not exact, and of what is no whole number. */
function remainder(time: number, every: number): number {
  return Number.isSafeInteger(time) ? time - Math.floor(time / every) * every : time % every;
}

function boundsText({ min, max, above }: ColumnRule): string {
  const parts = [
    above === undefined ? [] : [`above ${above}`],
    min === undefined ? [] : [`at least ${min}`],
    max === undefined ? [] : [`at most ${max}`],
  ];
  return parts.flat().join(' and ');
}

/** Counts the rows that break one rule and keeps the first few. */
class Tally {
  readonly #rows: number[] = [];
  #count = 0;
  #first = Number.NaN;
  constructor(
    readonly rule: Rule,
    readonly expected: string,
  ) {}

  add(row: number, value: number): void {
    if (this.#count === 0) this.#first = value;
    if (this.#rows.length < SHOWN) this.#rows.push(row);
    this.#count++;
  }

  breach(column: string): readonly Breach[] {
    if (this.#count === 0) return [];
    const { rule, expected } = this;
    const found = Number.isNaN(this.#first) ? 'missing' : String(this.#first);
    return [{ rule, column, rows: this.#rows, count: this.#count, found, expected }];
  }
}
