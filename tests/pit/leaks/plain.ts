import { execFile } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const run = promisify(execFile);
const HERE = fileURLToPath(new URL('./', import.meta.url));
const CACHE = join(HERE, '../../../node_modules/.cache/dag-tests');

/** What the two-run test found of one case. */
export interface Told {
  readonly id: string;
  readonly findings: readonly {
    readonly test: string;
    readonly how: string;
    readonly was: string;
    readonly is: string;
  }[];
  readonly refusals: readonly string[];
  /** Cells that were compared with the future removed. */
  readonly cells: number;
  readonly ms: number;
}

/** Run the two-run test on nodes of the corpus in a process of its own: loops over numbers are slow in the realm of Jest. */
export async function toldOfNodes(ids: readonly string[] = []): Promise<ReadonlyMap<string, Told>> {
  const outdir = join(CACHE, `leaks-${process.pid}`);
  const nodes = ['lies', 'fair'].flatMap((folder) =>
    readdirSync(join(HERE, 'nodes', folder)).map((file) => join(HERE, 'nodes', folder, file)),
  );
  await build({
    entryPoints: [join(HERE, 'script.ts'), ...nodes],
    outdir,
    outbase: HERE,
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    packages: 'external',
    outExtension: { '.js': '.mjs' },
    define: { 'import.meta.url': JSON.stringify(new URL('./script.ts', import.meta.url).href) },
    logLevel: 'error',
  });
  try {
    const { stdout } = await run(process.execPath, [join(outdir, 'script.mjs'), ...ids], {
      maxBuffer: 1e8,
    });
    const lines = stdout.split('\n').filter((line) => line !== '');
    return new Map(lines.map((line) => toldIn(line)).map((told) => [told.id, told]));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function toldIn(line: string): Told {
  return JSON.parse(line);
}
