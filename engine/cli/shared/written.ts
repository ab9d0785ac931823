import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { plural } from '../../report/format.js';
import type { Io } from './io.js';

/** Files made from metadata, by their path from the project's root. */
export type Made = ReadonlyMap<string, string>;

/**
 * Write generated files, or with `check` tell which are not as they should be. In the folders they go to, a file with the same
 * ending that is not among them is stale and goes.
 * @returns the exit code: 1 if a check found something.
 */
export function settle(root: string, made: Made, check: boolean, io: Io): number {
  const stale = [...made]
    .filter(([file, text]) => contentOf(join(root, file)) !== text)
    .map(([file]) => file);
  const orphans = orphansOf(root, made);
  if (check) {
    for (const file of stale) io.err(`${file} is not what the metadata says\n`);
    for (const file of orphans) io.err(`${file} belongs to nothing any more\n`);
    return stale.length + orphans.length > 0 ? 1 : 0;
  }
  for (const file of stale) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), made.get(file) ?? '');
  }
  for (const file of orphans) rmSync(join(root, file));
  io.out(`${plural(made.size, 'file')}: ${stale.length} written, ${orphans.length} removed\n`);
  return 0;
}

function orphansOf(root: string, made: Made): readonly string[] {
  const folders = [...new Set([...made.keys()].map((file) => dirname(file)))];
  return folders.flatMap((folder) => {
    const endings = new Set([...made.keys()].map((file) => file.slice(file.lastIndexOf('.'))));
    const names = existsSync(join(root, folder)) ? readdirSync(join(root, folder)).sort() : [];
    return names
      .filter((name) => endings.has(name.slice(name.lastIndexOf('.'))))
      .map((name) => `${folder}/${name}`)
      .filter((file) => !made.has(file));
  });
}

function contentOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
