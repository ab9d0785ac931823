import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import picomatch from 'picomatch';
import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import type { World } from '../sdk/node.js';

const report = reporter({
  'run/no-folder': 'There is no folder {folder}.',
});

/** Names of files under folders, for nodes that read files to say which they will read. */
export const world: World = {
  list(folder, pattern) {
    const root = resolve(folder);
    const names = namesUnder(root, folder);
    const match = picomatch(pattern);
    return names.filter((name) => match(name)).map((name) => join(root, name));
  },
};

/** Relative names of plain files in a folder and below it, sorted by code units; symbolic links to folders are not followed. */
function namesUnder(root: string, folder: string): readonly string[] {
  if (!lstatSync(root, { throwIfNoEntry: false }))
    return refuse(report('run/no-folder', undefined, { folder }));
  const names = readdirSync(realpathSync(root), { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(realpathSync(root).length + 1));
  return names.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
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
