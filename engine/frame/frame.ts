import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { suggestion } from '../diag/suggest.js';
import { type ColumnInput, lengthOf, toColumn } from './build.js';
import type { Column, Dtype, Field, Flags, Numbers } from './column.js';
import { textsOf } from './text.js';
import { sliceColumn, takeColumn } from './view.js';

/** A column with its name and unit, as a frame holds it. */
export interface Entry {
  readonly name: string;
  readonly column: Column;
  readonly unit?: string | undefined;
}

/** One row as a plain object: NaN, a missing flag and a missing text are null. */
export type Row = Readonly<Record<string, number | boolean | string | null>>;

const report = reporter({
  'frame/no-column': 'There is no column {column}.',
  'frame/wrong-dtype': 'Column {column} is {found}, not {expected}.',
  'frame/unequal-lengths': 'Column {column} has {length} rows where {expected} are expected.',
  'frame/duplicate-column': 'Column {column} stands twice.',
  'frame/no-row': 'Row {row} is outside the {rows} rows of the frame.',
});

const BRAND = Symbol.for('dag.frame');

/** Named columns of equal length. Immutable: every change gives a new frame that shares the untouched columns. */
export class Frame {
  readonly [BRAND] = true;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(
    entries: ReadonlyMap<string, Entry>,
    /** How many rows; a frame without columns still has rows. */
    readonly length: number,
  ) {
    this.#entries = entries;
  }

  /**
   * A frame from values by name.
   * @param units  By column name.
   * @throws frame/unequal-lengths, frame/mixed-values, frame/untyped-values
   */
  static of(
    columns: Readonly<Record<string, ColumnInput>>,
    units: Readonly<Record<string, string>> = {},
  ): Frame {
    const named = Object.entries(columns).map(([name, input]) => ({
      name,
      column: toColumn(name, input),
      unit: units[name],
    }));
    return Frame.from(named);
  }

  /**
   * A frame from columns.
   * @param rows  Needed only when there may be no column at all.
   * @throws frame/unequal-lengths, frame/duplicate-column
   */
  static from(columns: readonly Entry[], rows?: number): Frame {
    const entries = new Map<string, Entry>();
    const [first] = columns;
    const expected = rows ?? (first ? lengthOf(first.column) : 0);
    for (const entry of columns) {
      const column = entry.name;
      if (entries.has(column)) refuse(report('frame/duplicate-column', undefined, { column }));
      const length = lengthOf(entry.column);
      if (length !== expected) {
        refuse(report('frame/unequal-lengths', undefined, { column, length, expected }));
      }
      entries.set(column, entry);
    }
    return new Frame(entries, expected);
  }

  get names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  get fields(): readonly Field[] {
    return [...this.#entries.values()].map(({ name, column: { dtype }, unit }) =>
      unit === undefined ? { name, dtype } : { name, dtype, unit },
    );
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** @throws frame/no-column */
  get(name: string): Column {
    return this.#entry(name).column;
  }

  /** @throws frame/no-column */
  unit(name: string): string | undefined {
    return this.#entry(name).unit;
  }

  /** The values of a number or time column. @throws frame/no-column, frame/wrong-dtype */
  column(name: string): Numbers {
    const column = this.get(name);
    if (column.dtype === 'f64' || column.dtype === 'time') return column.values;
    return wrong(name, column.dtype, 'f64');
  }

  /** The values of a time column, UTC milliseconds. @throws frame/no-column, frame/wrong-dtype */
  time(name: string): Numbers {
    const column = this.get(name);
    return column.dtype === 'time' ? column.values : wrong(name, column.dtype, 'time');
  }

  /** One byte a row: 0, 1, 255 missing. @throws frame/no-column, frame/wrong-dtype */
  flags(name: string): Flags {
    const column = this.get(name);
    return column.dtype === 'bool' ? column.values : wrong(name, column.dtype, 'bool');
  }

  /** @throws frame/no-column, frame/wrong-dtype */
  texts(name: string): readonly (string | null)[] {
    const column = this.get(name);
    return column.dtype === 'text' ? textsOf(column) : wrong(name, column.dtype, 'text');
  }

  /**
   * The frame with a column added at the end, or replaced where it stands.
   * A replaced column keeps its unit unless another is given, and plain numbers over a time column stay times.
   * @throws frame/unequal-lengths, frame/mixed-values, frame/untyped-values
   */
  with(name: string, values: ColumnInput, unit?: string): Frame {
    const old = this.#entries.get(name);
    const given = toColumn(name, values);
    const plain = !('dtype' in values) && given.dtype === 'f64' && old?.column.dtype === 'time';
    const column: Column = plain ? { dtype: 'time', values: given.values } : given;
    const kept = old?.column.dtype === column.dtype ? old.unit : undefined;
    const entry = { name, column, unit: unit ?? kept };
    const rest = [...this.#entries.values()];
    const columns = old ? rest.map((e) => (e === old ? entry : e)) : [...rest, entry];
    return Frame.from(
      columns,
      this.#entries.size === 0 && this.length === 0 ? undefined : this.length,
    );
  }

  /** @throws frame/no-column */
  without(names: readonly string[]): Frame {
    const dropped = new Set(names.map((name) => this.#entry(name).name));
    return this.select(this.names.filter((name) => !dropped.has(name)));
  }

  /** These columns in this order; the rows stay, also when no column does. @throws frame/no-column, frame/duplicate-column */
  select(names: readonly string[]): Frame {
    return Frame.from(
      names.map((name) => this.#entry(name)),
      this.length,
    );
  }

  /** Columns under other names; those not named keep theirs. @throws frame/no-column, frame/duplicate-column */
  rename(names: Readonly<Record<string, string>>): Frame {
    const fresh = new Map(Object.entries(names));
    for (const name of fresh.keys()) this.#entry(name);
    const columns = [...this.#entries.values()].map((e) => ({
      ...e,
      name: fresh.get(e.name) ?? e.name,
    }));
    return Frame.from(columns, this.length);
  }

  /** Rows [from, to), cut to the frame; numbers and flags are views. */
  slice(from: number, to: number = this.length): Frame {
    const start = Math.min(Math.max(from, 0), this.length);
    const end = Math.min(Math.max(to, start), this.length);
    return this.#each((column) => sliceColumn(column, start, end), end - start);
  }

  /** The rows at these indices, in their order, repeats allowed. @throws frame/no-row */
  take(rows: ArrayLike<number>): Frame {
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] ?? -1;
      if (!Number.isInteger(row) || row < 0 || row >= this.length) {
        refuse(report('frame/no-row', undefined, { row, rows: this.length }));
      }
    }
    return this.#each((column) => takeColumn(column, rows), rows.length);
  }

  /** Rows as objects, for small frames and messages; kernels read columns. */
  *rows(): IterableIterator<Row> {
    const cells = [...this.#entries.values()].map(
      ({ name, column }) => [name, cell(column)] as const,
    );
    for (let row = 0; row < this.length; row++) {
      yield Object.fromEntries(cells.map(([name, at]) => [name, at(row)]));
    }
  }

  #each(change: (column: Column) => Column, rows: number): Frame {
    const columns = [...this.#entries.values()].map((e) => ({ ...e, column: change(e.column) }));
    return Frame.from(columns, rows);
  }

  #entry(name: string): Entry {
    const entry = this.#entries.get(name);
    if (entry) return entry;
    const hint = suggestion(name, this.#entries.keys());
    return refuse(report('frame/no-column', undefined, { column: name }, { hint }));
  }
}

/** True for a frame, also for one made by another copy of this module (plugins are bundled apart). */
export function isFrame(value: unknown): value is Frame {
  return typeof value === 'object' && value !== null && BRAND in value;
}

function wrong(column: string, found: Dtype, expected: Dtype): never {
  return refuse(report('frame/wrong-dtype', undefined, { column, found, expected }));
}

function cell(column: Column): (row: number) => number | boolean | string | null {
  switch (column.dtype) {
    case 'text':
      return (row) => column.words[column.codes[row] ?? 0] ?? null;
    case 'bool':
      return (row) => (column.values[row] === 255 ? null : column.values[row] === 1);
    default:
      return (row) => {
        const value = column.values[row] ?? Number.NaN;
        return Number.isNaN(value) ? null : value;
      };
  }
}
