import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { pid } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { reporter } from '../../diag/diagnostic.js';
import { refuse } from '../../diag/refusal.js';
import { makeFolder } from '../../store/atomic.js';
import { errno, guarded, unlessAbsent } from '../../store/failure.js';
import { mayRun, readMark } from '../../store/live.js';

const report = reporter({
  'publish/busy': 'Another run publishes to {folder}: {mark}.',
});

const LOCK = '.publishing';
/** Replacing files takes moments, copying large ones a while. */
const PATIENCE_MS = 10 * 60_000;
const PAUSE_MS = 50;

/**
 * Work on a published folder that no other process works on. One that was killed does not hold it.
 * @throws publish/busy when another one does not end, store/disk-full …
 */
export async function alone<T>(
  folder: string,
  work: () => Promise<T>,
  patience = PATIENCE_MS,
): Promise<T> {
  makeFolder(folder);
  const path = join(folder, LOCK);
  const until = Date.now() + patience;
  while (!take(path)) {
    const mark = holder(path);
    if (mark !== undefined && Date.now() > until) {
      const hint = `if none does, remove ${path}`;
      refuse(report('publish/busy', undefined, { folder, mark }, { hint }));
    }
    if (mark !== undefined) await sleep(PAUSE_MS);
  }
  try {
    return await work();
  } finally {
    guarded(path, () => rmSync(path, { force: true }));
  }
}

function take(path: string): boolean {
  return guarded(path, () => {
    try {
      writeFileSync(path, JSON.stringify({ pid, host: hostname() }), { flag: 'wx' });
      return true;
    } catch (error) {
      if (errno(error) === 'EEXIST') return false;
      throw error;
    }
  });
}

/** Who holds a lock; undefined where nobody does any more, and then it is gone. */
function holder(path: string): string | undefined {
  const text = unlessAbsent(path, () => readFileSync(path, 'utf8'));
  const at = unlessAbsent(path, () => statSync(path))?.mtimeMs;
  if (text === undefined || at === undefined) return undefined;
  if (mayRun(readMark(text), at, Date.now())) return text;
  guarded(path, () => rmSync(path, { force: true }));
  return undefined;
}
