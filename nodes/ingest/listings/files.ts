import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import picomatch from 'picomatch';
import { namesAmong } from '../files/among.js';
import type { Refuse } from './problems.js';

/** Paths of the files that fit any of the patterns, in order of their names from the folder on. */
export type Find = (patterns: readonly string[]) => readonly string[];

/** Finds among the files that the key names: what has come into the folder since is for the next run. */
export function findAmong(files: readonly string[], folder: string): Find {
  const names = namesAmong(files, folder);
  return (patterns) => {
    const fits = picomatch([...patterns]);
    return names.filter((name) => fits(name)).map((name) => join(folder, name));
  };
}

/** The text of a file. @throws ingest/unreadable-list, ingest/bad-list */
export function textOf(path: string, refuse: Refuse): string {
  const bytes = bytesOf(path, refuse);
  const text = new TextDecoder('utf-8').decode(bytes);
  return text.includes('\uFFFD')
    ? refuse('ingest/bad-list', {
        file: path,
        expected: 'UTF-8 text',
        reason: 'some bytes are none',
      })
    : text;
}

/** What the file system says no to is a problem of the user's, told by path and reason. */
function bytesOf(path: string, refuse: Refuse): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('code' in error)) throw error;
    return refuse('ingest/unreadable-list', { file: path, reason: String(error.code) });
  }
}
