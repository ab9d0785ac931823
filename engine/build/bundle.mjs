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
 * @param {readonly string[]} plugins  sources of nodes, kinds and ports.
 * @returns what every module imports: the inputs of esbuild's metafile.
 */
export async function bundle(root, out, plugins) {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { metafile } = await build({
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
  return metafile.inputs;
}

/**
 * Each module with all it imports in one text of its own, by its path; nothing is written.
 * @param {readonly string[]} files  relative to the root.
 */
export async function standalone(root, files) {
  const { outputFiles, metafile } = await build({
    ...common,
    absWorkingDir: root,
    entryPoints: [...files],
    outdir: join(root, 'standalone'),
    outbase: root,
    packages: 'external',
    write: false,
  });
  const textOf = new Map(outputFiles.map((file) => [file.path, file.text]));
  const outputs = Object.entries(metafile.outputs);
  return new Map(
    outputs.map(([path, { entryPoint }]) => [entryPoint, textOf.get(join(root, path))]),
  );
}

/** The modules of a folder, relative to the root and sorted. */
export function modulesIn(root, folder) {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => `${folder}/${name}`);
}
