import { join, sep } from 'node:path';

/** Names of files that lie in a folder or below it, in the order of code units, with `/` between folders. */
export function namesAmong(files: readonly string[], folder: string): readonly string[] {
  const top = join(folder, sep);
  return files
    .filter((path) => path.startsWith(top))
    .map((path) => path.slice(top.length).replaceAll(sep, '/'))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
