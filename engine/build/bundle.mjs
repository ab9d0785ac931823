import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Small packages that every start needs: bundled, so that a warm run opens few files. All others stay outside. */
const INSIDE = new Set([
  'canonicalize',
  'commander',
  'fastest-levenshtein',
  'picomatch',
  'tinyglobby',
  'ulid',
  'yaml',
]);

const common = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
  logLevel: 'silent',
};

/**
 * Write the command line, the worker and the plugins into a folder: one file each, with shared chunks.
 * @param {string} root  the project.
 * @param {string} out   an empty folder.
 * @param {readonly string[]} plugins  sources of nodes and kinds.
 */
export async function bundle(root, out, plugins) {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  await build({
    ...common,
    absWorkingDir: root,
    entryPoints: [
      { in: 'engine/cli/main.ts', out: 'dag' },
      { in: 'engine/run/worker.ts', out: 'worker' },
      ...['nodes/index.ts', ...plugins].map((file) => ({ in: file, out: file.slice(0, -3) })),
    ],
    outdir: out,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    external: Object.keys(dependencies).filter((name) => !INSIDE.has(name)),
    // CommonJS packages that are bundled into ES modules ask for `require`.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module';const require = requireFrom(import.meta.url);",
    },
  });
}

/**
 * What each entry imports, and what is left of it once unused code is dropped; nothing is written.
 * @param {readonly string[]} files  entries, relative to the root.
 * @returns esbuild's metafile, and the bundled text of each entry by its file.
 */
export async function trace(root, files) {
  const { outputFiles, metafile } = await build({
    ...common,
    absWorkingDir: root,
    entryPoints: [...files],
    outdir: join(root, 'traced'),
    outbase: root,
    packages: 'external',
    write: false,
  });
  const textOf = new Map(outputFiles.map((file) => [file.path, file.text]));
  const texts = new Map();
  for (const [path, output] of Object.entries(metafile.outputs)) {
    if (output.entryPoint) texts.set(output.entryPoint, textOf.get(join(root, path)) ?? '');
  }
  return { metafile, texts };
}

/** The modules of a folder, relative to the root and sorted. */
export function modulesIn(root, folder) {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => `${folder}/${name}`);
}
