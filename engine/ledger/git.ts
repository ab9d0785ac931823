import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';

/**
 * The commit checked out in the repository that holds a folder, read from its files: no program is started.
 * Undefined outside a repository and before its first commit.
 */
export function commitOf(folder: string): string | undefined {
  const git = gitFolder(folder);
  const head = git && text(join(git, 'HEAD'));
  if (!head) return undefined;
  const ref = /^ref: (.+)$/.exec(head)?.[1];
  if (!ref) return hash(head);
  // A linked worktree keeps HEAD to itself and shares the branches.
  const shared = text(join(git, 'commondir'));
  const base = shared === undefined ? git : resolve(git, shared);
  return hash(text(join(base, ref))) ?? packed(text(join(base, 'packed-refs')), ref);
}

function gitFolder(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, '.git');
    const kind = statSync(path, { throwIfNoEntry: false });
    if (kind?.isDirectory()) return path;
    const link = kind && /^gitdir: (.+)$/.exec(text(path) ?? '')?.[1];
    if (link) return resolve(folder, link);
    if (dirname(folder) === folder) return undefined;
  }
}

function packed(refs: string | undefined, ref: string): string | undefined {
  const line = refs?.split('\n').find((l) => l.endsWith(` ${ref}`));
  return hash(line?.slice(0, line.indexOf(' ')));
}

function hash(value: string | undefined): string | undefined {
  return value !== undefined && /^[0-9a-f]{40,64}$/.test(value) ? value : undefined;
}

function text(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined; // absent or unreadable: the manifest then has no commit
  }
}

function resolve(base: string, path: string): string {
  return isAbsolute(path) ? path : join(base, path);
}
