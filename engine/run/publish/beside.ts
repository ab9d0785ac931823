import type { Frame } from '../../frame/frame.js';
import { type Joined, joined } from './join.js';
import { rowsIn, type Span, type Table } from './table.js';

/** What the columns that publishing writes are read back as. */
const WRITTEN = { f64: 'DOUBLE', time: 'TIMESTAMP', bool: 'BOOLEAN', text: 'VARCHAR' } as const;

/**
 * A table of a run with what a published file has beside it. A file with other columns, units or rules is never mixed with it: it may
 * be replaced where it has no row that the run lacks.
 * @param alike  Whether both are of one schema, as far as the ledger tells.
 * @returns undefined where the file must stay as it is.
 */
export async function besides(
  now: Frame,
  path: string,
  table: Table,
  alike: boolean,
  span: Span,
): Promise<Joined | undefined> {
  const rows = rowsIn(now, table);
  // Tables without times are no periods: the latest is the table.
  if (!rows) return { frame: now, kept: 0, inside: 0 };
  const { parquetTypes, readParquet } = await import('../../store/codecs/parquet-read.js');
  const types = await parquetTypes(path);
  const common = now.fields.filter(({ name, dtype }) => types.get(name) === WRITTEN[dtype]);
  const names = common.map(({ name }) => name);
  if (![rows.clock, ...rows.key, ...rows.sort].every((name) => names.includes(name)))
    return undefined;
  const old = await readParquet(path, common);
  const both = joined(now.select(names), old, rows, span);
  if (both.kept === 0) return { ...both, frame: now };
  const same = alike && names.length === now.names.length && names.length === types.size;
  return same ? both : undefined;
}
