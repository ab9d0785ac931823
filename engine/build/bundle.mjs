import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { SDK } from './closure.mjs';

/** Small packages that every start needs: bundled, so that a warm run opens few files. All others stay outside. */
const INSIDE = new Set(['commander', 'fastest-levenshtein', 'picomatch', 'ulid', 'yaml']);

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

/** CommonJS packages that are bundled into ES modules ask for `require`. */
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module';const require = requireFrom(import.meta.url);";

const WHOLE = 'engine/index.ts';
const START = 'engine/cli/main.ts';
/** What the start loads when more is to be done: the whole engine gives it. */
const PROGRAM = 'engine/cli/program.ts';

/** How the built plugins call the engine; the `package.json` of the build says where it is. */
const ENGINE = '#engine';

/**
 * Write a build into a folder: the whole engine as one module, so that a start opens one file, the plugins around it, and the
 * start of the command line, which has of the engine what it takes to see that nothing has moved.
 * @param {string} root  the project.
 * @param {string} out   an empty folder.
 * @param {readonly string[]} plugins  sources of nodes, kinds and ports.
 * @returns what every module imports: the inputs of esbuild's metafile.
 */
export async function bundle(root, out, plugins) {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const settings = {
    ...common,
    absWorkingDir: root,
    external: Object.keys(dependencies).filter((name) => !INSIDE.has(name)),
  };
  const [engine, start, nodes] = await Promise.all([
    build({
      ...settings,
      entryPoints: [{ in: WHOLE, out: 'engine' }],
      outdir: out,
      banner: { js: REQUIRE },
    }),
    build({
      ...settings,
      entryPoints: [{ in: START, out: 'dag' }],
      outdir: out,
      footer: { js: 'await startCommandLine();' },
      plugins: [outside(root, './engine.js', PROGRAM)],
    }),
    build({
      ...settings,
      entryPoints: ['nodes/index.ts', ...plugins].map((file) => ({
        in: file,
        out: file.slice(0, -3),
      })),
      outdir: out,
      splitting: true,
      chunkNames: 'chunks/[name]-[hash]',
      plugins: [outside(root, ENGINE, SDK)],
    }),
  ]);
  const texts = {
    'package.json': JSON.stringify({ type: 'module', imports: { [ENGINE]: './engine.js' } }),
    'worker.js': "import { startWorker } from './engine.js';\nstartWorker();\n",
  };
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(out, name), text);
  return {
    ...seen(start.metafile.inputs, './engine.js', PROGRAM),
    ...engine.metafile.inputs,
    ...seen(nodes.metafile.inputs, ENGINE, SDK),
  };
}

/** Leaves one module of ours outside of a bundle, under a name of its own. */
function outside(root, name, file) {
  const path = join(root, file.replace(/\.ts$/, '.js'));
  return {
    name: 'outside',
    setup({ onResolve }) {
      onResolve({ filter: new RegExp(`/${basename(path, '.js')}\\.js$`) }, (asked) => {
        if (resolve(asked.resolveDir, asked.path) !== path) return undefined;
        return { path: name, external: true, sideEffects: false };
      });
    },
  };
}

/** Imports as the sources have them: the module that was left outside is seen under its path again. */
function seen(inputs, name, file) {
  const path = (i) => (i.path === name ? { path: file, kind: i.kind } : i);
  return Object.fromEntries(
    Object.entries(inputs).map(([input, { imports }]) => [input, { imports: imports.map(path) }]),
  );
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

/** The modules of a folder and of those inside it, relative to the root and sorted. */
export function modulesIn(root, folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => `${folder}/${name}`);
}
