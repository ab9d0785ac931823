import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { makeFolder, writeAll } from '../store/atomic.js';
import { guarded } from '../store/failure.js';

const report = reporter({
  'trials/bad-namespace': '"{namespace}" cannot name a set of trials.',
  'trials/bad-id': '"{id}" is no id of a trial: 16 to 64 hexadecimal digits.',
});

/** Where the trials of ordinary runs go; tests, benches, placebos and simulated markets have sets of their own. */
export const MAIN = 'main';

/** An id: hex digits of a digest of what the hypothesis says, as `discovery.grid` makes it; a mark after a torn one spoils it. */
const ID = /^[0-9a-f]{16,64}$/;
const TORN = '~';

/** The file of a namespace: one id a line, in the order they were first looked at. */
export function trialsFile(lake: string, namespace: string): string {
  if (!/^[a-z][a-z0-9_-]{0,63}$/.test(namespace)) {
    const hint = 'lower-case letters, digits, "_" and "-", starting with a letter';
    refuse(report('trials/bad-namespace', undefined, { namespace }, { hint }));
  }
  return join(lake, 'trials', `${namespace}.ids`);
}

/** All ids of a namespace, sorted. */
export function readTrials(lake: string, namespace: string = MAIN): readonly string[] {
  const path = trialsFile(lake, namespace);
  if (!statSync(path, { throwIfNoEntry: false })) return [];
  return [...idsIn(readFileSync(path, 'utf8'))].sort();
}

/**
 * Add hypotheses to a set. Known ids change nothing, not even the file, so that a second run finds it as the first left it.
 * Processes may append at the same time: a double line counts once.
 * @returns how many were new.
 */
export function appendTrials(
  lake: string,
  ids: Iterable<string>,
  namespace: string = MAIN,
): number {
  const path = trialsFile(lake, namespace);
  const known = new Set(readTrials(lake, namespace));
  const fresh = [...new Set(ids)].filter((id) => !known.has(id)).sort();
  const odd = fresh.find((id) => !ID.test(id));
  if (odd !== undefined) refuse(report('trials/bad-id', undefined, { id: odd }));
  if (fresh.length === 0) return 0;
  guarded(path, () => {
    makeFolder(join(lake, 'trials'));
    const fd = openSync(path, 'a+', 0o644);
    try {
      // One write a call: appended as a whole. A torn line before it is marked and closed, so that readers pass over it.
      writeAll(fd, Buffer.from(`${torn(fd) ? `${TORN}\n` : ''}${fresh.join('\n')}\n`));
    } finally {
      closeSync(fd);
    }
  });
  return fresh.length;
}

function torn(fd: number): boolean {
  const { size } = fstatSync(fd);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(fd, last, 0, 1, size - 1);
  return last[0] !== 0x0a;
}

function idsIn(text: string): ReadonlySet<string> {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return new Set(whole.split('\n').filter((line) => ID.test(line)));
}
