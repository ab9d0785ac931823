import { basename, join } from 'node:path';
import { type FormulaSource, formulaSources } from '../graph/composed.js';
import { ShapePack } from '../graph/shape-pack.js';
import type { Plugins } from '../sdk/catalogue.js';
import type { Durability } from '../store/atomic.js';
import { sha256 } from '../store/digest.js';
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
  /** What nodes told earlier compilations of their columns. */
  readonly shapes: ShapePack;
}

/** The project that a folder lies in. @throws project/none, project/not-built, store/… */
export async function openProject(
  cwd: string,
  options: { readonly lake?: string; readonly durability?: Durability } = {},
): Promise<Project> {
  const site = siteOf(cwd, options.lake);
  const store = Store.open(site.lake, { durability: options.durability ?? 'relaxed' });
  const formulas = formulaSources(site.root);
  return {
    ...site,
    plugins: loadCatalogue(site.build),
    store,
    formulas,
    shapes: shapesOf(site, formulas),
    pack: new YamlPack(join(site.lake, 'cache', 'yaml.json')),
  };
}

/** What nodes of this build said of their columns, in formulas with these operators; of others they are asked anew. */
export function shapesOf(
  { lake, build }: Pick<Site, 'lake' | 'build'>,
  formulas: readonly FormulaSource[],
): ShapePack {
  const texts = formulas.map(({ file, text }) => [file, text]);
  const code = sha256(JSON.stringify([basename(build), texts]));
  return new ShapePack(join(lake, 'cache', 'shapes.json'), code);
}
