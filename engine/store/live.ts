import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { kill, pid } from 'node:process';
import { errno, guarded, unlessAbsent } from './failure.js';
import { livePath } from './segment.js';

/** A process of another machine is taken for alive this long after it marked itself. */
const FOREIGN_MS = 24 * 3_600_000;

/** Mark a segment as written by this process. */
export function markLive(folder: string, segment: string): void {
  const path = livePath(folder, segment);
  guarded(path, () =>
    writeFileSync(path, JSON.stringify({ pid, host: hostname() }), { flag: 'wx' }),
  );
}

/** Take the mark away. */
export function unmarkLive(folder: string, segment: string): void {
  const path = livePath(folder, segment);
  guarded(path, () => rmSync(path, { force: true }));
}

/**
 * True when the process that writes a segment may still run. In doubt it does: its segment is then kept.
 * @param now  Milliseconds since 1970.
 */
export function isLive(folder: string, segment: string, now: number): boolean {
  const path = livePath(folder, segment);
  const text = unlessAbsent(path, () => readFileSync(path, 'utf8'));
  const stat = unlessAbsent(path, () => statSync(path));
  if (text === undefined || stat === undefined) return false;
  const mark = readMark(text);
  // A mark that cannot be read is being written, or its writer died doing so.
  if (!mark || mark.host !== hostname()) return now - stat.mtimeMs < FOREIGN_MS;
  return isRunning(mark.pid);
}

function isRunning(process: number): boolean {
  try {
    return kill(process, 0);
  } catch (error) {
    return errno(error) === 'EPERM';
  }
}

function readMark(text: string): { readonly pid: number; readonly host: string } | undefined {
  const found = /^\{"pid":(\d+),"host":"([^"\\]*)"\}$/.exec(text);
  return found ? { pid: Number(found[1]), host: found[2] ?? '' } : undefined;
}
