import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { type FormulaSource, formulaSources } from '../graph/composed.js';
import type { Plugins } from '../sdk/catalogue.js';
import type { Durability } from '../store/atomic.js';
import { Store } from '../store/store.js';
import { YamlPack } from '../yaml/pack.js';
import { currentBuild, loadCatalogue } from './plugins.js';

const report = reporter({
  'project/none':
    'No project here: neither {folder} nor a folder above it has a package.json with "dag".',
});

/** A checkout with its plugins and its lake. */
export interface Project {
  readonly root: string;
  readonly lake: string;
  /** The folder of the build that the plugins are of. */
  readonly build: string;
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
  const root = findRoot(cwd);
  const settings: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const lake = resolve(root, options.lake ?? lakeOf(settings));
  const build = currentBuild(root);
  const store = Store.open(lake, { durability: options.durability ?? 'relaxed' });
  return {
    root,
    lake,
    build,
    plugins: loadCatalogue(build),
    store,
    formulas: formulaSources(root),
    pack: new YamlPack(join(lake, 'cache', 'yaml.json')),
  };
}

export function findRoot(cwd: string): string {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    if (existsSync(path) && 'dag' in Object(JSON.parse(readFileSync(path, 'utf8')))) return folder;
    if (folder === dirname(folder))
      return refuse(
        report('project/none', undefined, { folder: cwd }, { hint: '`dag init` makes one' }),
      );
  }
}

function lakeOf(settings: unknown): string {
  const dag =
    typeof settings === 'object' && settings !== null && 'dag' in settings
      ? settings.dag
      : undefined;
  const lake = typeof dag === 'object' && dag !== null && 'lake' in dag ? dag.lake : undefined;
  return typeof lake === 'string' ? lake : 'lake';
}
