import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { reporter } from '../../diag/diagnostic.js';
import { refuse } from '../../diag/refusal.js';
import type { PublishedPort } from '../../run/publish/published.js';
import { identifier, literal } from '../../store/codecs/duckdb.js';
import { publishedFolders } from './datasets.js';

const report = reporter({
  'query/published': 'Published files of {name} cannot be read: {message}',
});

/** The schema that published datasets stand in. */
const SCHEMA = 'published';

/** A published output that a statement may name. */
export interface PublishedTable {
  /** `published.features_perp` for the only table in `lake/features/perp`, `published.tables_bars` for one of several. */
  readonly name: string;
  readonly folder: string;
  readonly port: PublishedPort;
}

/** Whether a statement may mean something published. */
export function mentionsPublished(sql: string): boolean {
  return /(?<![\w.])"?published"?\s*\./i.test(sql);
}

/** Every published output of a lake that is a table; only files that its ledger lists belong to it. */
export function publishedTables(lake: string): readonly PublishedTable[] {
  return publishedFolders(lake).flatMap(({ folder, of }) => {
    const tables = Object.entries(of.ports).filter(([, port]) => parquetOf(port).length > 0);
    const plain = folder.replace(/\W+/g, '_');
    return tables.map(([name, port]) => ({
      name: `${SCHEMA}.${tables.length === 1 ? plain : `${plain}_${name}`}`,
      folder: join(lake, folder),
      port,
    }));
  });
}

/** Read a published table into the database; the ids of its items become columns where the files do not have them. */
export async function loadPublished(
  connection: DuckDBConnection,
  { name, folder, port }: PublishedTable,
): Promise<void> {
  const paths = parquetOf(port).map((file) => literal(join(folder, file)));
  try {
    const described = await connection.runAndReadAll(`describe select * from ${source(paths)}`);
    const columns = new Set(described.getRowsJson().map(([column]) => String(column)));
    const parts = Object.entries(port.items).map(([own, { files }]) => {
      const ids = own.split('/').slice(0, -1);
      const at = port.dims.flatMap((dim, i) =>
        columns.has(dim) ? [] : [`${literal(ids[i] ?? '')} as ${identifier(dim)}`],
      );
      const mine = Object.keys(files).map((file) => literal(join(folder, file)));
      return `select ${[...at, '*'].join(', ')} from ${source(mine)}`;
    });
    const table = name.split('.').map(identifier).join('.');
    await connection.run(`create schema if not exists ${identifier(SCHEMA)}`);
    await connection.run(`create table ${table} as ${parts.join(' union all by name ')}`);
  } catch (error) {
    const [message = ''] = String(Object(error).message ?? error).split('\n');
    refuse(
      report(
        'query/published',
        undefined,
        { name, message },
        { hint: 'a run of its pipeline restores them' },
      ),
    );
  }
}

/** Folders named like `a=b` are ids of items, not columns. */
function source(paths: readonly string[]): string {
  return `read_parquet([${paths.join(', ')}], union_by_name = true, hive_partitioning = false)`;
}

function parquetOf({ items }: PublishedPort): readonly string[] {
  const files = Object.values(items).flatMap((item) => Object.keys(item.files));
  return files.filter((file) => file.endsWith('.parquet'));
}
