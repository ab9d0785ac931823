import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { reporter } from '../../diag/diagnostic.js';
import { refuse } from '../../diag/refusal.js';

/** One thread gives one order of rows and one file; extensions would be fetched from the network. */
const OPTIONS = {
  threads: '1',
  memory_limit: '1GB',
  preserve_insertion_order: 'true',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
};

const report = reporter({
  'store/parquet': '{path}: {reason}',
  'store/odd-path': '{path} holds one of * ? [ ], which DuckDB takes for a pattern.',
  'store/interrupted': 'Work on {path} was interrupted.',
});

let instance: Promise<DuckDBInstance> | undefined;

/**
 * Work with a DuckDB connection of this process's in-memory instance; the library is loaded by the first call.
 * @param path    What the work is about, for messages.
 * @param signal  Stops the running query.
 * @throws store/parquet with what DuckDB says, store/odd-path, store/interrupted
 */
export async function withDuckdb<T>(
  path: string,
  signal: AbortSignal | undefined,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  if (/[*?[\]]/.test(path)) refuse(report('store/odd-path', undefined, { path }));
  if (signal?.aborted) refuse(report('store/interrupted', undefined, { path }));
  const { DuckDBInstance } = await import('@duckdb/node-api');
  instance ??= DuckDBInstance.create(':memory:', OPTIONS);
  const connection = await (await instance).connect();
  const stop = () => connection.interrupt();
  signal?.addEventListener('abort', stop);
  try {
    return await work(connection);
  } catch (error) {
    if (signal?.aborted) return refuse(report('store/interrupted', undefined, { path }));
    const reason = duckdbMessage(error);
    if (reason === undefined) throw error;
    return refuse(report('store/parquet', undefined, { path, reason }));
  } finally {
    signal?.removeEventListener('abort', stop);
    connection.closeSync();
  }
}

/** A name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** DuckDB starts its messages with the kind of error; only the first line is for people. */
function duckdbMessage(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('message' in error)) return undefined;
  const [line = ''] = String(error.message).split('\n');
  return /^[A-Z][A-Za-z -]* ?(?:Error|Exception): /.test(line) ? line : undefined;
}
