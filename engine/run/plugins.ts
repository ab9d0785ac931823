import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import type { Catalogue, Plugins } from '../sdk/catalogue.js';
import type { NodePlugin } from '../sdk/node.js';
import { type Shared, unshared } from '../yaml/unshared.js';
import { notBuilt } from './site.js';

const report = reporter({
  'project/no-plugin': 'Node "{type}" is in the catalogue, and {file} does not give it.',
});

/** The plugins of a build: metadata from `catalogue.json`, code only when asked for. @throws project/not-built */
export function loadCatalogue(build: string): Plugins {
  const catalogue = readCatalogue(build);
  const loaded = new Map<string, Promise<NodePlugin>>();
  return {
    catalogue,
    load(type) {
      let plugin = loaded.get(type);
      if (!plugin) {
        plugin = importPlugin(build, catalogue, type);
        loaded.set(type, plugin);
      }
      return plugin;
    },
  };
}

function readCatalogue(build: string): Catalogue {
  try {
    const written: Shared = JSON.parse(readFileSync(join(build, 'catalogue.json'), 'utf8'));
    return unshared(written) as unknown as Catalogue; // what the build wrote of one
  } catch (error) {
    return notBuilt(build, error);
  }
}

async function importPlugin(
  build: string,
  catalogue: Catalogue,
  type: string,
): Promise<NodePlugin> {
  const entry = catalogue.nodes[type];
  const file = entry?.file.replace(/\.ts$/, '.js') ?? `${type}.js`;
  const module: unknown = await import(pathToFileURL(join(build, file)).href);
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
