import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Context, type Frame, readParquet } from '../../../engine/sdk/index.js';
import { barsOf, KLINES, READ } from './bars.js';
import { readCsv, type Table } from './csv.js';
import { ARCHIVE, type FundingColumns, fundingOf } from './funding.js';
import { barFiles, fundingFiles, intervalOf, nameOf } from './names.js';
import { type Refuse, refusals } from './problems.js';

/** What can be wrong with a folder of files. */
export const READ_ERRORS = {
  'ingest/unreadable': '{path} cannot be read: {reason}.',
  'ingest/no-files': 'No file with {interval} bars of {symbol} lies in {folder}; it holds {found}.',
} as const;

interface Folders {
  readonly folder: string;
  readonly funding: string;
}
interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Bars and funding of a symbol from the files of a folder.
 * @param spacing  Milliseconds of a bar.
 * @throws what `FILE_ERRORS` and `READ_ERRORS` name.
 */
export async function readFolder(
  { folder, funding }: Folders,
  symbol: string,
  range: Range,
  spacing: number,
  ctx: Context,
): Promise<{ readonly raw: Frame; readonly funding: Frame }> {
  const refuse = refusals(ctx);
  const found = listing(folder, ctx);
  const paths = barFiles(found, symbol, spacing);
  if (paths.length === 0) {
    const alike = found
      .map(nameOf)
      .filter((name) => name.includes(symbol))
      .slice(0, 8);
    const facts = { symbol, folder, interval: intervalOf(spacing) };
    ctx.refuse('ingest/no-files', { ...facts, found: alike.length === 0 ? 'none of it' : alike });
  }
  const tables: Table[] = [];
  for (const path of paths) tables.push(await barTable(path, ctx, refuse));
  const raw = barsOf(tables, range, spacing, refuse);
  const prints: FundingColumns[] = [];
  for (const path of fundingFiles(funding === folder ? found : listing(funding, ctx), symbol)) {
    prints.push(await fundingTable(path, symbol, ctx, refuse));
  }
  return { raw, funding: fundingOf(prints, range, refuse) };
}

function listing(folder: string, ctx: Context): readonly string[] {
  return attempt(folder, ctx, () => readdirSync(folder))
    .sort()
    .map((name) => join(folder, name));
}

async function barTable(path: string, ctx: Context, refuse: Refuse): Promise<Table> {
  if (path.endsWith('.csv')) {
    return readCsv(
      path,
      attempt(path, ctx, () => readFileSync(path)),
      KLINES,
      READ,
      refuse,
    );
  }
  const frame = await readParquet(
    path,
    READ.map((name) => ({ name, dtype: 'f64' as const })),
  );
  return tableOf(path, frame, refuse);
}

async function fundingTable(
  path: string,
  symbol: string,
  ctx: Context,
  refuse: Refuse,
): Promise<FundingColumns> {
  if (path.endsWith('.csv')) {
    const bytes = attempt(path, ctx, () => readFileSync(path));
    const table = readCsv(path, bytes, ARCHIVE, ['calc_time', 'last_funding_rate'], refuse);
    return { table, time: 'calc_time', rate: 'last_funding_rate' };
  }
  const all = await readParquet(path, [
    { name: 'symbol', dtype: 'text' },
    { name: 'funding_time', dtype: 'f64' },
    { name: 'funding_rate', dtype: 'f64' },
  ]);
  const rows = all.texts('symbol').flatMap((name, row) => (name === symbol ? [row] : []));
  const own = all.take(rows).without(['symbol']);
  const table = { ...tableOf(path, own, refuse, true), rowOf: (i: number) => (rows[i] ?? 0) + 1 };
  return { table, time: 'funding_time', rate: 'funding_rate' };
}

/** A frame of numbers as a table; a missing cell is refused, as it would be in text. */
function tableOf(path: string, frame: Frame, refuse: Refuse, emptyAllowed = false): Table {
  const file = nameOf(path);
  if (frame.length === 0 && !emptyAllowed) refuse('ingest/empty-file', { file });
  const columns = new Map<string, Float64Array>();
  for (const name of frame.names) {
    const values = Float64Array.from(frame.column(name));
    const hole = values.findIndex((v) => !Number.isFinite(v));
    if (hole >= 0) {
      const found = Number.isNaN(values[hole]) ? 'missing' : String(values[hole]);
      refuse('ingest/not-a-number', { file, row: hole + 1, column: name, found });
    }
    columns.set(name, values);
  }
  return { file, columns, length: frame.length, rowOf: (index) => index + 1 };
}

/** What the file system says no to is a problem of the user's, told by path and reason. */
function attempt<T>(path: string, ctx: Context, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const coded = typeof error === 'object' && error !== null && 'code' in error;
    const reason = coded ? String(error.code) : undefined;
    if (reason === undefined) throw error;
    return ctx.refuse('ingest/unreadable', { path, reason });
  }
}
