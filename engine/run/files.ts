import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import picomatch from 'picomatch';
import { type Place, reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import type { Stage } from '../graph/graph.js';
import { trialFiles } from '../ledger/trials.js';
import type { Folders, World } from '../sdk/node.js';
import { guarded } from '../store/failure.js';
import { expectAsPublished } from './publish/as-published.js';

const report = reporter({
  'run/no-folder': 'There is no folder {folder}.',
});

/** Files under a folder that matched a pattern. */
export interface Listing {
  readonly folder: string;
  readonly pattern: string;
  readonly files: readonly string[];
  /** What the folder said of what is published there, as a digest; only where that was asked for. */
  readonly told?: string;
}

/** Where nodes look for files, and the digests of those. */
interface Around {
  readonly root: string;
  readonly lake: string;
  readonly store: { readonly files: { digestFile(path: string): string } };
}

/** The world for nodes that read files to say which they will read, with a note of everything that they ask. */
export function watched(
  { root, lake, store }: Around,
  lists: Listing[],
  place: Place | undefined,
): World {
  const noted = (folder: string, pattern: string, files: readonly string[]) => {
    lists.push({ folder, pattern, files });
    return files;
  };
  return {
    list: (folder, pattern) => noted(folder, pattern, filesUnder(root, folder, pattern)),
    trials(namespace) {
      const { folder, pattern } = trialFiles(lake, namespace);
      return noted(folder, pattern, filesIfThere(root, folder, pattern));
    },
    published(folder, pattern, pipeline) {
      const files = filesIfThere(root, folder, pattern);
      const digest = (path: string) => store.files.digestFile(path);
      const asked = { root, folder, files, wanted: picomatch(pattern), digest, pipeline, place };
      lists.push({ folder, pattern, files, told: expectAsPublished(asked) });
      return files;
    },
  };
}

/** The same before anything runs, when a folder may not be there yet: it is looked at once, and empty where it is not there. */
export function glimpsed(project: string, lists: Listing[]): Folders {
  return {
    list(folder, pattern) {
      const known = lists.find((l) => l.folder === folder && l.pattern === pattern);
      if (known) return known.files;
      const files = filesIfThere(project, folder, pattern);
      lists.push({ folder, pattern, files });
      return files;
    },
  };
}

/** Absolute paths of the files under a folder, named from the project or absolutely, that match a pattern. @throws run/no-folder */
export function filesUnder(project: string, folder: string, pattern: string): readonly string[] {
  const root = resolve(project, folder);
  const names = namesUnder(root, folder);
  const match = picomatch(pattern);
  return names.filter((name) => match(name)).map((name) => join(root, name));
}

/** The same; none where there is no such folder. */
export function filesIfThere(project: string, folder: string, pattern: string): readonly string[] {
  const found = guarded(folder, () =>
    statSync(resolve(project, folder), { throwIfNoEntry: false }),
  );
  return found?.isDirectory() ? filesUnder(project, folder, pattern) : [];
}

/** Relative names of plain files in a folder and below it, sorted by code units; symbolic links to folders are not followed. */
function namesUnder(root: string, folder: string): readonly string[] {
  if (!lstatSync(root, { throwIfNoEntry: false }))
    return refuse(report('run/no-folder', undefined, { folder }));
  const entries = guarded(folder, () =>
    readdirSync(realpathSync(root), { recursive: true, withFileTypes: true }),
  );
  const names = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(realpathSync(root).length + 1));
  return names.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Does a stage look at more than its key can name? What an earlier run found there is then no answer. */
export function looksOutside({ node }: Stage): boolean {
  return node.effects.includes('network');
}

/** What a key says of the files an item reads: their names without the folder, and their content. */
export function fileDigests(
  files: readonly string[],
  digest: (path: string) => string,
): Readonly<Record<string, string>> {
  const labels = new Map<string, number>();
  return Object.fromEntries(
    files.map((path) => {
      const name = basename(path);
      const count = (labels.get(name) ?? 0) + 1;
      labels.set(name, count);
      return [count === 1 ? name : `${name}#${count}`, digest(path)];
    }),
  );
}
