import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import type { Catalogue, Plugins } from '../sdk/catalogue.js';
import type { NodePlugin } from '../sdk/node.js';

const report = reporter({
  'project/not-built': 'The project in {root} is not built: {why}.',
  'project/no-plugin': 'Node "{type}" is in the catalogue, and {file} does not give it.',
});

/** The built plugins of a project: metadata from `dist/catalogue.json`, code only when asked for. */
export function loadCatalogue(root: string): Plugins {
  const catalogue = readCatalogue(root);
  const loaded = new Map<string, Promise<NodePlugin>>();
  return {
    catalogue,
    load(type) {
      let plugin = loaded.get(type);
      if (!plugin) {
        plugin = importPlugin(root, catalogue, type);
        loaded.set(type, plugin);
      }
      return plugin;
    },
  };
}

function readCatalogue(root: string): Catalogue {
  const path = join(root, 'dist', 'catalogue.json');
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refuse(
      report('project/not-built', undefined, { root, why }, { hint: 'run `make build`' }),
    );
  }
}

async function importPlugin(root: string, catalogue: Catalogue, type: string): Promise<NodePlugin> {
  const entry = catalogue.nodes[type];
  const file = entry?.file.replace(/\.ts$/, '.js') ?? `${type}.js`;
  const module: unknown = await import(pathToFileURL(join(root, 'dist', file)).href);
  const plugin =
    typeof module === 'object' && module !== null && 'default' in module
      ? module.default
      : undefined;
  if (!isPlugin(plugin, type))
    return refuse(
      report('project/no-plugin', undefined, { type, file }, { hint: 'run `make build`' }),
    );
  return plugin;
}

function isPlugin(value: unknown, type: string): value is NodePlugin {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === type &&
    'run' in value
  );
}
