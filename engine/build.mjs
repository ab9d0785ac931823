import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatMessages } from 'esbuild';
import { bundle } from './build/bundle.mjs';
import { makeCatalogue } from './build/catalogue.mjs';
import { listPlugins, writeList } from './build/list.mjs';
import { publish, temporary } from './build/publish.mjs';
import { shared } from './build/share.mjs';

/*
 * Builds the project this file lies in (or the one named as argument):
 *
 *   1. nodes/index.ts       the list of plugins, from the folders
 *   2. dist/**.js           command line, worker, plugins
 *   3. dist/catalogue.json  metadata and code digests of every plugin
 *
 * `./dag` runs it whenever a source is newer than the catalogue.
 */

const root = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..');

/** File times are coarse: a file written just before the start may look written just after it, never the other way. */
const CLOCK_STEP = 20;

async function main() {
  const began = Date.now();
  const notice = setTimeout(() => process.stderr.write('dag: building …\n'), 1000);
  const list = listPlugins(root);
  if (writeList(root, list)) await new Promise((done) => setTimeout(done, 2 * CLOCK_STEP));
  const start = Date.now() - CLOCK_STEP;
  const out = temporary(root);
  try {
    const inputs = await bundle(
      root,
      out,
      [...list.nodes, ...list.kinds, ...list.ports].map(({ file }) => file),
    );
    const catalogue = await makeCatalogue(root, out, inputs, list);
    writeFileSync(join(out, 'catalogue.json'), JSON.stringify(shared(catalogue)));
    publish(root, out, start);
  } catch (error) {
    rmSync(out, { recursive: true, force: true });
    throw error;
  } finally {
    clearTimeout(notice);
  }
  const took = Date.now() - began;
  if (took > 1000) process.stderr.write(`dag: built in ${(took / 1000).toFixed(1)} s\n`);
}

try {
  await main();
} catch (error) {
  const messages = error?.errors
    ? await formatMessages(error.errors, { kind: 'error', color: process.stderr.isTTY })
    : [String(error?.message ?? error)];
  process.stderr.write(`dag: the build failed\n${messages.join('')}\n`);
  if (process.env.DAG_DEBUG) process.stderr.write(`${error?.stack}\n`);
  process.exitCode = 3;
}
