import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/*
 * Runs the benches: one file `<name>.bench.ts` each, which gives rows { what, value, unit, baseline, ratio, budget }.
 * Every figure is the median of several measurements; ratios compare with a baseline measured in the same run.
 * `node tests/bench/run.mjs engine` runs those whose name contains the word.
 */

const folder = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(folder).filter(
  (name) => name.endsWith('.bench.ts') && wanted.every((w) => name.includes(w)),
);

for (const file of files.sort()) {
  const target = join(folder, `.${file}.mjs`);
  await build({
    entryPoints: [join(folder, file)],
    outfile: target,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    target: 'node20.19',
    logLevel: 'error',
  });
  try {
    const { default: bench } = await import(pathToFileURL(target).href);
    print(file.replace('.bench.ts', ''), await bench());
  } finally {
    rmSync(target, { force: true });
  }
}

function print(name, rows) {
  console.log(`\n${name}`);
  const table = rows.map((r) => [
    r.what,
    Number.isNaN(r.value) ? '–' : `${r.value.toPrecision(3)} ${r.unit}`,
    r.ratio === undefined ? '' : `${r.ratio.toPrecision(3)} × ${r.baseline}`,
    r.budget === undefined ? '' : `budget ${r.budget}`,
    r.met === undefined ? '' : r.met ? 'met' : 'MISSED',
  ]);
  const widths = [0, 1, 2, 3].map((i) => Math.max(...table.map((cells) => cells[i].length)));
  for (const cells of table)
    console.log(
      `  ${cells
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd()}`,
    );
}
