import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pid } from 'node:process';
import { threadId } from 'node:worker_threads';
import { guarded } from './failure.js';

/** `relaxed`: a power cut may lose the last results, which are then made again. `run`: results survive it. */
export type Durability = 'relaxed' | 'run';

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
