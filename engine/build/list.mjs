import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folders under `nodes/` that hold no plugins. */
const NOT_NODES = new Set(['kinds', 'math']);

/**
 * The plugins that the folders hold.
 * @param {string} root
 * @returns nodes by type, kinds by name, and the module of shared ports; sorted, files relative to the root.
 */
export function listPlugins(root) {
  const folder = join(root, 'nodes');
  const says = (pattern) => (file) => pattern.test(readFileSync(join(root, file), 'utf8'));
  const areas = names(folder).filter((name) => statSync(join(folder, name)).isDirectory());
  const files = (area) => sources(join(folder, area)).map((file) => `nodes/${area}/${file}`);
  const nodes = areas
    .filter((area) => !NOT_NODES.has(area))
    .flatMap(files)
    .filter(says(/^export default defineNode\(/m))
    .map((file) => ({ type: file.slice('nodes/'.length, -'.ts'.length).replace('/', '.'), file }));
  const kinds = (areas.includes('kinds') ? files('kinds') : [])
    .filter(says(/^export const \w+ = defineKind\(/m))
    .map((file) => ({ name: file.slice('nodes/kinds/'.length, -'.ts'.length), file }));
  const ports = sources(folder).includes('ports.ts') ? [{ file: 'nodes/ports.ts' }] : [];
  return { nodes, kinds, ports };
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

/** Entries of a folder, sorted by code units. */
function names(folder) {
  return readdirSync(folder).sort();
}
