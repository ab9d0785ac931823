import { createHash } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../diag/data.js';
import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { canonical } from '../yaml/canonical.js';

const report = reporter({
  'trials/bad-namespace': '"{namespace}" cannot name a set of trials.',
});

/** Where the trials of ordinary runs go; tests, benches, placebos and simulated markets have sets of their own. */
export const MAIN = 'main';

/** The id of a hypothesis: the hash of what it says (event rule, template, horizon, state, …), not of data or dates it saw. */
export function trialId(hypothesis: JsonObject): string {
  return createHash('sha256').update(canonical(hypothesis)).digest('hex');
}

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
  if (fresh.length === 0) return 0;
  mkdirSync(join(lake, 'trials'), { recursive: true });
  const fd = openSync(path, 'a+', 0o644);
  try {
    // One write a call: appended as a whole. A torn line before it is closed, and ignored by readers.
    writeSync(fd, `${torn(fd) ? '\n' : ''}${fresh.join('\n')}\n`);
  } finally {
    closeSync(fd);
  }
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
  return new Set(text.split('\n').filter((line) => /^[0-9a-f]{64}$/.test(line)));
}
