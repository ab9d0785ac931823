import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Frame } from '../../../engine/frame/frame.js';

const COLUMNS = ['open', 'high', 'low', 'close', 'volume', 'taker_base_volume'];

/** Seconds of processor the core feature set takes in pandas: by its own kernels, and in what it calls Python for a row; and how many columns either are. */
export interface Pandas {
  readonly kernels: number;
  readonly columns: number;
  readonly slow: number;
  readonly more: number;
  readonly version: string;
}

/** A Python with pandas: that of `BENCH_PYTHON`, else the one on the path; undefined if it has none. */
export function pandas(bars: Frame): Pandas | undefined {
  const python = process.env.BENCH_PYTHON ?? 'python3';
  try {
    execFileSync(python, ['-c', 'import pandas'], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return withFile(bars, (file) => {
    const script = join('tests', 'bench', 'expr', 'features.py');
    return JSON.parse(
      execFileSync(python, [script, file, String(bars.length)], { encoding: 'utf8' }),
    );
  });
}

function withFile<T>(bars: Frame, use: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const cells = COLUMNS.map((name) => Buffer.from(Float64Array.from(bars.column(name)).buffer));
    const file = join(folder, 'bars.bin');
    writeFileSync(file, Buffer.concat(cells));
    return use(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Window functions of DuckDB on one thread: seconds of processor a query over `close` in a window, by its SQL. */
export async function duckdb(
  bars: Frame,
  queries: readonly string[],
  times: number,
): Promise<readonly number[]> {
  const db = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  await db.run('create table bars (i integer, close double)');
  const appender = await db.createAppender('bars');
  for (const [i, close] of bars.column('close').entries()) {
    appender.appendInteger(i);
    if (Number.isNaN(close)) appender.appendNull();
    else appender.appendDouble(close);
    appender.endRow();
  }
  appender.closeSync();
  const took: number[] = [];
  for (const query of queries) {
    let best = Number.POSITIVE_INFINITY;
    for (let run = 0; run < times; run += 1) {
      const began = process.cpuUsage();
      await db.run(`create or replace table out as select ${query} as x from bars`);
      const { user, system } = process.cpuUsage(began);
      best = Math.min(best, (user + system) / 1e6);
    }
    took.push(best);
  }
  db.closeSync();
  return took;
}
