import { statSync } from 'node:fs';
import path from 'node:path';
import { reporter } from '../diag/diagnostic.js';
import { type Given, leafText } from './given.js';
import { isAbsolute, isInside, projectPath } from './paths.js';
import { wrongType } from './scalars.js';
import type { Coercion, Made } from './world.js';

const report = reporter({
  'param/no-folder': '{what} names {folder}, which is no folder.',
  'param/folder-outside': '{what} names a folder outside the project: {folder}.',
});

/**
 * A folder: relative to the project where it lies in it, absolute otherwise. Outside the project only the command line may
 * name one, so that a pipeline from elsewhere cannot make this machine read what it likes.
 */
export function makeFolder(given: Given, what: string, on: Coercion): Made | undefined {
  const { root, folders } = on.world;
  const text = given.kind === 'data' ? given.json : leafText(given);
  if (typeof text !== 'string' || text === '') return wrongType(given, 'a folder', what, on);
  const absolute = path.resolve(root, text);
  if (given.kind === 'words' && !allowed(absolute, root, folders)) {
    // Told here, where the words stand, and not by every item that would read it.
    const hint =
      'a folder that the command line names must be there: make it first, or correct the path';
    on.problems.add(report('param/no-folder', given.place, { what, folder: text }, { hint }));
    return undefined;
  }
  if (isInside(root, absolute)) {
    const relative = given.kind === 'words' || !isAbsolute(text) ? inProject(root, absolute) : text;
    if (relative === '.') return { json: relative };
    const json = projectPath(root, relative, given.place, on.problems);
    return json === undefined ? undefined : { json };
  }
  if ([...folders].some((f) => isInside(f, absolute))) return { json: absolute };
  const hint = 'only the command line may do that: --set name=folder';
  on.problems.add(report('param/folder-outside', given.place, { what, folder: text }, { hint }));
  return undefined;
}

/** What the command line names may be read, wherever it lies. @returns false where there is no such folder */
function allowed(absolute: string, root: string, folders: Set<string>): boolean {
  if (!statSync(absolute, { throwIfNoEntry: false })?.isDirectory()) return false;
  if (!isInside(root, absolute)) folders.add(absolute);
  return true;
}

function inProject(root: string, absolute: string): string {
  return path.relative(root, absolute).split(path.sep).join('/') || '.';
}
