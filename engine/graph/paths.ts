import { lstatSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { type Place, reporter } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';

const report = reporter({
  'graph/absolute-path': 'The path "{path}" is absolute.',
  'graph/leaves-project': 'The path "{path}" leads out of the project.',
  'graph/path-climbs': 'The path "{path}" climbs; it stands for "{normal}".',
  'graph/link-leaves-project':
    'The path "{path}" leads out of the project through a symbolic link.',
  'graph/path-characters': 'The path "{path}" holds characters that no path of a project may hold.',
});

/**
 * A path as it is written in YAML, made normal: relative to the project, `/` between names, no `.`.
 * @returns undefined (and a problem) for a path that is absolute, climbs, or leaves the project through a link.
 */
export function projectPath(
  root: string,
  text: string,
  place: Place,
  problems: Problems,
): string | undefined {
  const hint = 'write it from the root of the project, such as dags/parts/fold.yaml';
  const refused = (code: Parameters<typeof report>[0], why: string = hint): undefined => {
    problems.add(report(code, place, { path: text }, { hint: why }));
    return undefined;
  };
  if (isAbsolute(text)) return refused('graph/absolute-path');
  if (text === '' || !/^[^\\\p{Cc}]+$/u.test(text) || text.startsWith('~')) {
    return refused('graph/path-characters');
  }
  const parts = text.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) {
    const normal = path.posix.normalize(parts.join('/'));
    if (normal.startsWith('..')) return refused('graph/leaves-project');
    const why = 'write it as it stands from the root of the project, without ".."';
    problems.add(report('graph/path-climbs', place, { path: text, normal }, { hint: why }));
    return undefined;
  }
  if (parts.length === 0) return refused('graph/path-characters');
  const normal = parts.join('/');
  if (leavesByLink(root, normal)) {
    return refused('graph/link-leaves-project', 'copy the files into the project');
  }
  return normal;
}

/** True for `/x`, `\x` and `C:\x`, on any system. */
export function isAbsolute(text: string): boolean {
  return path.posix.isAbsolute(text) || path.win32.isAbsolute(text);
}

/** Does a symbolic link on the way to this path (as far as it exists) lead out of the project? */
export function leavesByLink(root: string, relative: string): boolean {
  const real = realpathSync(root);
  let at = root;
  for (const part of relative.split('/')) {
    at = path.join(at, part);
    const kind = linkAt(at);
    if (kind === 'nothing') return false;
    if (kind === 'link' && !isInside(real, realOf(at))) return true;
  }
  return false;
}

/** Is `file` the folder itself or something in it? Both absolute. */
export function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}

function linkAt(file: string): 'link' | 'plain' | 'nothing' {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (!stat) return 'nothing';
  return stat.isSymbolicLink() ? 'link' : 'plain';
}

/** Where a link leads; a dangling link leads nowhere we could vouch for. */
function realOf(link: string): string {
  try {
    return realpathSync(link);
  } catch (error) {
    // What a test's realm throws is no Error of ours.
    if (typeof error === 'object' && error !== null && 'code' in error)
      return path.parse(link).root;
    throw error;
  }
}
