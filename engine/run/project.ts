import { join } from 'node:path';
import { type FormulaSource, formulaSources } from '../graph/composed.js';
import type { Plugins } from '../sdk/catalogue.js';
import type { Durability } from '../store/atomic.js';
import { Store } from '../store/store.js';
import { YamlPack } from '../yaml/pack.js';
import { loadCatalogue } from './plugins.js';
import { type Site, siteOf } from './site.js';

/** A checkout with its plugins and its lake. */
export interface Project extends Site {
  readonly plugins: Plugins;
  readonly store: Store;
  /** Composed operators as they stand in `spec/formulas/`. */
  readonly formulas: readonly FormulaSource[];
  /** Parsed YAML of earlier processes. */
  readonly pack: YamlPack;
}

/** The project that a folder lies in. @throws project/none, project/not-built, store/… */
export async function openProject(
  cwd: string,
  options: { readonly lake?: string; readonly durability?: Durability } = {},
): Promise<Project> {
  const site = siteOf(cwd, options.lake);
  const store = Store.open(site.lake, { durability: options.durability ?? 'relaxed' });
  return {
    ...site,
    plugins: loadCatalogue(site.build),
    store,
    formulas: formulaSources(site.root),
    pack: new YamlPack(join(site.lake, 'cache', 'yaml.json')),
  };
}
