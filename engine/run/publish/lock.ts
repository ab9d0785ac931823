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
/** A mark is written in one go: one that is still not whole after so long was left by a process that died. */
const WRITING_MS = 5000;

interface Waiting {
  readonly patience?: number;
  /** Ends the wait. */
  readonly signal?: AbortSignal;
}

/**
 * Work on a published folder that no other process works on. One that was killed does not hold it.
 * @returns undefined where the wait was ended.
 * @throws publish/busy when another one does not end, store/disk-full …
 */
export async function alone<T>(
  folder: string,
  work: () => Promise<T>,
  { patience = PATIENCE_MS, signal }: Waiting = {},
): Promise<T | undefined> {
  makeFolder(folder);
  const path = join(folder, LOCK);
  const until = Date.now() + patience;
  while (!take(path)) {
    if (signal?.aborted) return undefined;
    const mark = holder(path);
    if (mark === undefined) {
      clear(path);
      await sleep(1);
      continue;
    }
    if (Date.now() > until) {
      const hint = `if none does, remove ${path}`;
      refuse(report('publish/busy', undefined, { folder, mark }, { hint }));
    }
    await sleep(PAUSE_MS);
  }
  try {
    return await work();
  } finally {
    remove(path);
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

/** Who holds a lock; undefined where nobody does any more. */
function holder(path: string): string | undefined {
  const text = unlessAbsent(path, () => readFileSync(path, 'utf8'));
  const at = ageOf(path);
  if (text === undefined || at === undefined) return undefined;
  const mark = readMark(text);
  const alive = mark ? mayRun(mark, at, Date.now()) : Date.now() - at < WRITING_MS;
  return alive ? text || 'an unfinished mark' : undefined;
}

/**
 * Take away a lock that nobody holds: one process at a time looks and removes, or else the second would remove the lock that the
 * first has taken in between.
 */
function clear(path: string): void {
  const guard = `${path}.clearing`;
  if (!take(guard)) {
    const at = ageOf(guard);
    if (at !== undefined && Date.now() - at > WRITING_MS) remove(guard);
    return;
  }
  try {
    if (holder(path) === undefined) remove(path);
  } finally {
    remove(guard);
  }
}

function ageOf(path: string): number | undefined {
  return unlessAbsent(path, () => statSync(path))?.mtimeMs;
}

function remove(path: string): void {
  guarded(path, () => rmSync(path, { force: true }));
}
