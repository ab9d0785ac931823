import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folders under `nodes/` that hold no plugins. */
const NOT_NODES = new Set(['kinds', 'math']);

/**
 * The plugins that the folders hold.
 * @param {string} root
 * @returns {{ nodes: readonly { type: string, file: string }[], kinds: readonly { name: string, file: string }[] }}
 *   sorted by type and name; files are relative to the root.
 */
export function listPlugins(root) {
  const folder = join(root, 'nodes');
  const areas = names(folder).filter((name) => statSync(join(folder, name)).isDirectory());
  const nodes = areas
    .filter((area) => !NOT_NODES.has(area))
    .flatMap((area) =>
      sources(join(folder, area))
        .map((file) => ({ type: `${area}.${stem(file)}`, file: `nodes/${area}/${file}` }))
        .filter(({ file }) =>
          /^export default defineNode\(/m.test(readFileSync(join(root, file), 'utf8')),
        ),
    );
  const kinds = areas.includes('kinds')
    ? sources(join(folder, 'kinds'))
        .map((file) => ({ name: stem(file), file: `nodes/kinds/${file}` }))
        .filter(({ file }) =>
          /^export const \w+ = defineKind\(/m.test(readFileSync(join(root, file), 'utf8')),
        )
    : [];
  return { nodes, kinds };
}

/**
 * Write `nodes/index.ts`, if it would change.
 * @returns whether it did.
 */
export function writeList(root, { nodes, kinds }) {
  const text = [
    '/** The list of plugins, made from the folders by `make build`; edits are lost. */',
    "import type { NodePlugin } from '../engine/sdk/index.js';",
    '',
    '/** Each node by its type, loaded when it is needed. */',
    'export const nodes: Readonly<Record<string, () => Promise<{ readonly default: NodePlugin }>>> = {',
    ...nodes.map(({ type, file }) => `  '${type}': () => import('${specifier(file)}'),`),
    '};',
    '',
    '/** The modules that declare the kinds of specs. */',
    'export const kinds: Readonly<Record<string, () => Promise<Readonly<Record<string, unknown>>>>> = {',
    ...kinds.map(
      ({ name, file }) =>
        `  ${/^\w+$/.test(name) ? name : `'${name}'`}: () => import('${specifier(file)}'),`,
    ),
    '};',
    '',
  ].join('\n');
  const path = join(root, 'nodes/index.ts');
  if (statSync(path, { throwIfNoEntry: false }) && readFileSync(path, 'utf8') === text)
    return false;
  const temporary = join(root, `nodes/.index-${process.pid}.tmp`);
  writeFileSync(temporary, text);
  renameSync(temporary, path);
  return true;
}

function specifier(file) {
  return file.replace(/^nodes\//, './').replace(/\.ts$/, '.js');
}

function sources(folder) {
  return names(folder).filter((name) => name.endsWith('.ts') && !name.startsWith('.'));
}

function stem(file) {
  return file.slice(0, -3);
}

/** Entries of a folder, sorted by code units. */
function names(folder) {
  return readdirSync(folder).sort();
}
