import { nameOf } from './names.js';
import type { Refuse } from './problems.js';

const NUMBER = /^-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$/;

/** Numbers of a CSV file by column, with the line each row stands on. */
export interface Table {
  readonly file: string;
  readonly columns: ReadonlyMap<string, Float64Array>;
  readonly length: number;
  /** Number of a row as a person counts it in the file. */
  readonly rowOf: (index: number) => number;
}

/**
 * Read an archive CSV of numbers, with or without its header line. Types are declared, never inferred: a cell that is not
 * a number is refused with its line.
 * @param names  Columns in the order of the file.
 * @param wanted  Columns to read; the others are not looked at.
 */
export function readCsv(
  path: string,
  bytes: Uint8Array,
  names: readonly string[],
  wanted: readonly string[],
  refuse: Refuse,
): Table {
  const file = nameOf(path);
  const lines = linesOf(file, bytes, refuse);
  const skip = headerLines(file, lines, names, refuse);
  const length = lines.length - skip;
  if (length === 0) refuse('ingest/empty-file', { file });
  const columns = wanted.map((name) => {
    return { name, at: names.indexOf(name), values: new Float64Array(length) };
  });
  for (let i = 0; i < length; i++) {
    const row = i + skip + 1;
    const cells = (lines[i + skip] ?? '').split(',');
    if (cells.length !== names.length) {
      refuse('ingest/wrong-width', { file, row, found: cells.length, expected: names.length });
    }
    for (const { name, at, values } of columns) {
      const cell = cells[at] ?? '';
      const value = NUMBER.test(cell) ? Number(cell) : Number.NaN;
      if (!Number.isFinite(value)) refuseCell(refuse, file, row, name, cell);
      values[i] = value;
    }
  }
  const rowOf = (index: number) => index + skip + 1;
  return { file, columns: new Map(columns.map((c) => [c.name, c.values])), length, rowOf };
}

function refuseCell(refuse: Refuse, file: string, row: number, column: string, cell: string) {
  const found = cell === '' ? 'empty' : cell.slice(0, 40);
  refuse('ingest/not-a-number', { file, row, column, found });
}

function linesOf(file: string, bytes: Uint8Array, refuse: Refuse): readonly string[] {
  let text = '';
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const coded = typeof error === 'object' && error !== null && 'code' in error;
    if (!coded || error.code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    refuse('ingest/not-text', { file });
  }
  const lines = text.split(/\r?\n/);
  while (lines.length > 0 && lines[lines.length - 1] === '') lines.pop();
  return lines;
}

/** 1 if the first line is the header, 0 if it is a row of numbers. */
function headerLines(
  file: string,
  lines: readonly string[],
  names: readonly string[],
  refuse: Refuse,
): number {
  const first = lines[0];
  if (first === undefined || /^[-0-9]/.test(first)) return 0;
  if (first !== names.join(',')) {
    refuse('ingest/wrong-header', { file, found: first.slice(0, 120), expected: names.join(',') });
  }
  return 1;
}
