import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { modulesIn, standalone } from './bundle.mjs';
import { Closures, PIT, SDK } from './closure.mjs';
import { Modules } from './modules.mjs';

/** Version of the engine's formats: records, objects, keys. A new number makes every stored result stale. */
const FORMAT = 1;

/** Words that only describe: they are shown to people and change no result. */
const DESCRIBES = new Set(['doc', 'description', 'title']);

/** Modules that only list operators. */
const LISTS = /\/index\.ts$/;

/**
 * Everything the command line needs to know of the plugins without loading one: see `engine/sdk/catalogue.ts`.
 * @param root    the project.
 * @param out     where its bundled plugins are.
 * @param inputs  what every module imports, as `bundle` gives it.
 * @param list    the plugins, as `listPlugins` gives them.
 */
export async function makeCatalogue(root, out, inputs, list) {
  const operators = modulesIn(root, 'engine/expr/ops').filter((file) => !LISTS.test(file));
  const modules = new Modules(root, inputs);
  const texts = standalone(root, operators);
  await modules.read(Closures.counts);
  const closures = new Closures(root, modules, await declarations(out, list));
  const nodes = await Promise.all(list.nodes.map((node) => nodeEntry(out, node, closures)));
  const kinds = await Promise.all(list.kinds.map((kind) => kindsOf(out, kind)));
  const digests = [...(await texts)].map(([file, text]) =>
    operatorsOf(text, closures.operator(file)),
  );
  return {
    format: FORMAT,
    kernel: closures.kernel([SDK, ...modulesIn(root, 'engine/store/codecs')]),
    pit: closures.pit(PIT),
    nodes: Object.fromEntries(nodes.map((entry) => [entry.type, entry])),
    kinds: byName(kinds.flat()),
    operators: byName((await Promise.all(digests)).flat()),
  };
}

/** Modules all of whose exports are ports or kinds. */
async function declarations(out, { ports, kinds }) {
  const found = new Set();
  for (const { file } of [...ports, ...kinds]) {
    const exported = Object.values(await load(out, file));
    if (exported.every((value) => isKind(value) || isPort(value))) found.add(file);
  }
  return found;
}

function isKind(value) {
  return (
    typeof value?.kind === 'string' &&
    typeof value.fields === 'object' &&
    typeof value.formulas === 'boolean'
  );
}

function isPort(value) {
  return (
    ['frame', 'json', 'scalar', 'file', 'model'].includes(value?.kind) &&
    typeof value.doc === 'string'
  );
}

async function nodeEntry(out, { type, file }, closures) {
  const { default: plugin } = await load(out, file);
  if (plugin.type !== type)
    throw new Error(`${file}: the node calls itself "${plugin.type}", its file says "${type}"`);
  const {
    doc,
    source,
    time,
    errors = {},
    warnings = {},
    effects = [],
    windows = [],
    params,
  } = plugin;
  const declared = { time, in: plugin.in, out: plugin.out, params, effects, windows };
  return {
    type,
    file,
    doc,
    ...(source === undefined ? {} : { source }),
    ...declared,
    errors,
    warnings,
    has: Object.fromEntries(
      ['shape', 'reads', 'concerns', 'files', 'within'].map((name) => [
        name,
        plugin[name] !== undefined,
      ]),
    ),
    code: closures.plugin(file, undescribed(declared)),
  };
}

async function kindsOf(out, { file }) {
  const found = Object.values(await load(out, file)).filter(isKind);
  return found.map(({ kind, doc, folder, fields, formulas, group, varies, leaves, cases }) => [
    kind,
    { kind, doc, folder, fields, formulas, group, varies, leaves, cases },
  ]);
}

/** The operators that a module defines, each with the module's digest. */
async function operatorsOf(text, digest) {
  const exported = Object.values(
    await import(`data:text/javascript,${encodeURIComponent(text)}`),
  ).flat();
  return exported
    .filter((value) => typeof value?.name === 'string' && Array.isArray(value.args))
    .map(({ name }) => [name, digest]);
}

function load(out, file) {
  return import(pathToFileURL(join(out, file.replace(/\.ts$/, '.js'))).href);
}

/** The same data, keys sorted, without the words that only describe. */
function undescribed(value) {
  if (Array.isArray(value)) return value.map(undescribed);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !DESCRIBES.has(key));
  return Object.fromEntries(
    kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, undescribed(inner)]),
  );
}

function byName(entries) {
  const names = entries.map(([name]) => name).sort();
  const twice = names.find((name, i) => name === names[i + 1]);
  if (twice !== undefined) throw new Error(`"${twice}" is declared twice`);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
