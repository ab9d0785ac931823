import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pid } from 'node:process';
import { threadId } from 'node:worker_threads';
import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { errno, guarded, notAFolder, unlessAbsent } from './failure.js';

/** `relaxed`: a power cut may lose the last results, which are then made again. `run`: results survive it. */
export type Durability = 'relaxed' | 'run';

const report = reporter({
  'store/no-place': 'Folder {path} cannot be made: nothing can be made in {above}.',
});

/**
 * Make a folder and those above it, where they are absent: one by one, since a recursive call never returns where the file
 * system takes no folders (`/proc`), and says of a read-only one no more than that the folder is absent.
 * @throws store/disk-full, store/read-only, store/no-rights, store/not-a-folder, store/no-place
 */
export function makeFolder(path: string): void {
  if (guarded(path, () => isFolder(path))) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  guarded(path, () => {
    try {
      mkdirSync(path);
    } catch (error) {
      // Another process was quicker, or the path ends in a dot or a slash.
      if (errno(error) === 'EEXIST' && isFolder(path)) return;
      if (errno(error) === 'EEXIST') refuse(notAFolder(path));
      if (errno(error) === 'ENOENT') refuse(report('store/no-place', undefined, { path, above }));
      throw error;
    }
  });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The shape of temporary names; gc removes old ones and nothing else. */
export const TEMPORARY = /^\.[0-9a-zA-Z._-]+\.\d+\.\d+\.\d+\.tmp$/;

let counter = 0;

/** A name beside `path` that no other process or thread uses. */
export function temporaryName(path: string, name: string): string {
  counter++;
  return join(dirname(path), `.${name}.${pid}.${threadId}.${counter}.tmp`);
}

/**
 * Write a file so that it is there whole or not at all: temporary name, then rename.
 * @param name  What stands in the temporary name.
 * @param mode  Rights of the finished file.
 * @throws store/disk-full, store/read-only, store/no-rights, with nothing left behind
 */
export function writeAtomic(
  path: string,
  name: string,
  bytes: Uint8Array,
  durability: Durability,
  mode = 0o444,
): void {
  const temporary = temporaryName(path, name);
  guarded(path, () => {
    try {
      writeNew(temporary, bytes, durability, mode);
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
    if (durability === 'run') syncFolder(dirname(path));
  });
}

/** A temporary file that is older belongs to a process that was killed. */
const ABANDONED_MS = 3_600_000;

/** Remove from a folder the temporary files that killed processes left. What is written right now is young, and stays. */
export function sweep(folder: string): void {
  for (const name of unlessAbsent(folder, () => readdirSync(folder)) ?? []) {
    if (!TEMPORARY.test(name)) continue;
    const path = join(folder, name);
    const at = guarded(path, () => statSync(path, { throwIfNoEntry: false }))?.mtimeMs;
    if (at !== undefined && Date.now() - at > ABANDONED_MS)
      guarded(path, () => rmSync(path, { force: true }));
  }
}

function writeNew(path: string, bytes: Uint8Array, durability: Durability, mode: number): void {
  const file = openSync(path, 'wx', mode);
  try {
    writeAll(file, bytes);
    if (durability === 'run') fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Write all bytes to an open file; the system may take fewer at a time. */
export function writeAll(file: number, bytes: Uint8Array): void {
  let at = 0;
  while (at < bytes.length) at += writeSync(file, bytes, at);
}

/** Make renames in a folder survive a power cut. */
export function syncFolder(folder: string): void {
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
