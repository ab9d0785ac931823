import { numberValue, refuseCell, textValue } from './cells.js';
import { within } from './moment.js';
import type { Cells, Wanted } from './rows.js';
import type { Refuse } from './tell.js';

/** A cell of a file that has types of its own; null is empty, and a list, bytes or a record is no value of any column. */
export type TypedCell = number | bigint | string | boolean | object | null | undefined;

/** Columns of a file whose cells come as values, each turned into what its column is declared to be. */
export function readTyped(
  file: string,
  length: number,
  wanted: readonly Wanted[],
  cell: (column: number, row: number) => TypedCell,
  refuse: Refuse,
): Cells {
  if (length === 0) return refuse('ingest/empty-file', { file });
  const columns = wanted.map((target, column) => {
    const values = new Float64Array(length);
    for (let row = 0; row < length; row++) {
      values[row] = typedValue(file, row, target, cell(column, row), refuse);
    }
    return values;
  });
  return { columns, length, rowOf: (index) => index + 1 };
}

function typedValue(
  file: string,
  row: number,
  target: Wanted,
  cell: TypedCell,
  refuse: Refuse,
): number {
  if (cell === null || cell === undefined) {
    if (target.reading.as === 'match') return 0;
    return target.empty ? Number.NaN : refuseCell(refuse, file, row + 1, target, '');
  }
  const value = plainValue(target, cell);
  return Number.isNaN(value) ? refuseCell(refuse, file, row + 1, target, String(cell)) : value;
}

function plainValue({ reading }: Wanted, cell: Exclude<TypedCell, null | undefined>): number {
  if (reading.as === 'stamp' && typeof cell === 'number') return within(cell); // in milliseconds
  if (typeof cell === 'number') return numberValue(reading, cell);
  if (typeof cell === 'bigint') return numberValue(reading, Number(cell));
  if (typeof cell === 'boolean') return reading.as === 'flag' ? Number(cell) : Number.NaN;
  if (cell instanceof Date) return textValue(reading, cell.toISOString());
  return typeof cell === 'string' ? textValue(reading, cell) : Number.NaN;
}
