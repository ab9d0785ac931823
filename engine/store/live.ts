import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { kill, pid } from 'node:process';
import { errno, guarded, unlessAbsent } from './failure.js';
import { livePath } from './segment.js';

/** A process of another machine is taken for alive this long after it marked itself. */
const FOREIGN_MS = 24 * 3_600_000;

/** What is younger was hardly left by an earlier run: no `gc` is about to collect it. */
export const FRESH_MS = 3_600_000;

const ENDING = '.live';

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
  // A mark that cannot be read is being written, or its writer died doing so.
  return mayRun(readMark(text), stat.mtimeMs, now);
}

/** A process as it names itself in a file. */
export interface ProcessMark {
  readonly pid: number;
  readonly host: string;
}

/** May a process that marked itself at a time still run? In doubt it does, for a while. Times in milliseconds since 1970. */
export function mayRun(mark: ProcessMark | undefined, at: number, now: number): boolean {
  if (!mark || mark.host !== hostname()) return now - at < FOREIGN_MS;
  return isRunning(mark.pid);
}

/** When the first process marked itself that may still write to a folder of segments, without this one; undefined: none does. */
export function liveSince(folder: string, now: number): number | undefined {
  const names = unlessAbsent(folder, () => readdirSync(folder)) ?? [];
  const marks = names.flatMap((name) => {
    if (!name.endsWith(ENDING)) return [];
    const segment = name.slice(0, -ENDING.length);
    const path = livePath(folder, segment);
    const text = unlessAbsent(path, () => readFileSync(path, 'utf8'));
    if (text === undefined || isOwn(readMark(text)) || !isLive(folder, segment, now)) return [];
    return unlessAbsent(path, () => statSync(path))?.mtimeMs ?? [];
  });
  return marks.length === 0 ? undefined : Math.min(...marks);
}

function isOwn(mark: ProcessMark | undefined): boolean {
  return mark?.pid === pid && mark.host === hostname();
}

function isRunning(process: number): boolean {
  try {
    return kill(process, 0);
  } catch (error) {
    return errno(error) === 'EPERM';
  }
}

/** A mark as its text tells it; undefined of a text that is none, or not whole yet. */
export function readMark(text: string): ProcessMark | undefined {
  const found = /^\{"pid":(\d+),"host":"([^"\\]*)"\}$/.exec(text);
  return found ? { pid: Number(found[1]), host: found[2] ?? '' } : undefined;
}
