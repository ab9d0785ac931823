import { nameOf, type Refuse } from './problems.js';

/** Texts of a table by column; an empty cell is null. */
export interface Texts {
  readonly file: string;
  readonly columns: ReadonlyMap<string, readonly (string | null)[]>;
  readonly length: number;
  /** Number of a row as a person counts it in the file. */
  readonly rowOf: (index: number) => number;
}

/**
 * Columns of a CSV file with a header. Cells may stand in double quotes (RFC 4180), but not run over lines.
 * @throws ingest/bad-list, ingest/list-column, ingest/list-width
 */
export function readCsv(
  path: string,
  text: string,
  wanted: readonly string[],
  refuse: Refuse,
): Texts {
  const file = nameOf(path);
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  while (lines.length > 0 && lines[lines.length - 1] === '') lines.pop();
  const header = cellsOf(lines[0] ?? '');
  if (lines.length === 0)
    refuse('ingest/bad-list', { file, expected: 'table', reason: 'it is empty' });
  const places = wanted.map((column) => {
    const at = header.indexOf(column);
    return at < 0 ? refuse('ingest/list-column', { file, column, found: header }) : { column, at };
  });
  const rows = lines.slice(1).map((line, i) => {
    const cells = cellsOf(line);
    if (cells.length === header.length) return cells;
    const facts = { file, row: i + 2, found: cells.length, expected: header.length };
    return refuse('ingest/list-width', facts);
  });
  const columns = places.map(({ column, at }) => [column, rows.map((r) => r[at] || null)] as const);
  return { file, columns: new Map(columns), length: rows.length, rowOf: (index) => index + 2 };
}

function cellsOf(line: string): readonly string[] {
  if (!line.includes('"')) return line.split(',');
  const cells = line.match(/("(?:[^"]|"")*"|[^,]*)(,|$)/g) ?? [];
  // A line that does not end in a comma yields one empty match at its end.
  const whole = line.endsWith(',')
    ? cells
    : cells.slice(0, cells[cells.length - 1] === '' ? -1 : undefined);
  return whole.map((cell) => {
    const bare = cell.endsWith(',') ? cell.slice(0, -1) : cell;
    return bare.startsWith('"') ? bare.slice(1, -1).replaceAll('""', '"') : bare;
  });
}
