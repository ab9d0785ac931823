import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildSync } from 'esbuild';
import { ROOT } from './specs.js';

const run = promisify(execFile);

/**
 * Run a script of `tests/kit/` in a process of its own and give what it prints as JSON. Jest's realm makes numeric loops
 * ten times slower, so what reads months of data runs outside of it.
 */
export async function inPlainNode(script: string, args: readonly string[]): Promise<unknown> {
  const folder = join(ROOT, 'node_modules/.cache/dag-tests');
  const named = createHash('sha256').update(args.join(' ')).digest('hex').slice(0, 16);
  const outfile = join(folder, `${script}-${process.pid}-${named}.mjs`);
  mkdirSync(folder, { recursive: true });
  const file = JSON.stringify(new URL(`./${script}.ts`, import.meta.url).href);
  buildSync({
    entryPoints: [join(ROOT, `tests/kit/${script}.ts`)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    define: { 'import.meta.url': file },
    logLevel: 'error',
  });
  try {
    const { stdout } = await run(process.execPath, [outfile, ...args], { maxBuffer: 1e8 });
    return JSON.parse(stdout);
  } finally {
    rmSync(outfile, { force: true });
  }
}
