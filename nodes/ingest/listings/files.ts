import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import picomatch from 'picomatch';
import type { Refuse } from './problems.js';

/** Files of a folder that fit any of the patterns, as paths, in order of their names. Hidden ones are left out, as the engine does. */
export function filesOf(
  folder: string,
  patterns: readonly string[],
  refuse: Refuse,
): readonly string[] {
  const fits = picomatch([...patterns]);
  const found = attempt(folder, refuse, () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }),
  );
  return found
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => fits(name))
    .sort()
    .map((name) => join(folder, name));
}

/** The text of a file. @throws ingest/unreadable-list, ingest/bad-list */
export function textOf(path: string, refuse: Refuse): string {
  const bytes = attempt(path, refuse, () => readFileSync(path));
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
function attempt<T>(path: string, refuse: Refuse, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('code' in error)) throw error;
    return refuse('ingest/unreadable-list', { file: path, reason: String(error.code) });
  }
}
