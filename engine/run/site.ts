import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';

const report = reporter({
  'project/none':
    'No project here: neither {folder} nor a folder above it has a package.json with "dag".',
  'project/not-built': 'The project in {root} is not built: {why}.',
});

/** Where a project, its lake and its build are. All absolute. */
export interface Site {
  readonly root: string;
  readonly lake: string;
  /** The folder of the build of this moment, which no later build changes. */
  readonly build: string;
}

/** The site of the project that a folder lies in. @throws project/none, project/not-built */
export function siteOf(cwd: string, lake?: string): Site {
  const root = findRoot(cwd);
  const settings: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return { root, lake: resolve(root, lake ?? lakeOf(settings)), build: currentBuild(root) };
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

/** The build of this moment, in a folder that no later build changes: metadata, code and keys of a run must not mix. */
export function currentBuild(root: string): string {
  try {
    return realpathSync(join(root, 'dist'));
  } catch (error) {
    return notBuilt(root, error);
  }
}

export function notBuilt(root: string, error: unknown): never {
  const why = error instanceof Error ? error.message : String(error);
  return refuse(
    report('project/not-built', undefined, { root, why }, { hint: 'run `make build`' }),
  );
}

function lakeOf(settings: unknown): string {
  const dag =
    typeof settings === 'object' && settings !== null && 'dag' in settings
      ? settings.dag
      : undefined;
  const lake = typeof dag === 'object' && dag !== null && 'lake' in dag ? dag.lake : undefined;
  return typeof lake === 'string' ? lake : 'lake';
}
