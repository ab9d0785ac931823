import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { TRIAL_ID, type Trial, trialLines, trialsIn } from '../sdk/trial.js';
import { makeFolder, writeAtomic } from '../store/atomic.js';
import { sha256 } from '../store/digest.js';
import { unlessAbsent } from '../store/failure.js';

const report = reporter({
  'trials/bad-namespace': '"{namespace}" cannot name a set of trials.',
  'trials/bad-id': '"{id}" is no id of a trial: 16 to 64 hexadecimal digits.',
});

/** Where the trials of ordinary runs go; tests, benches, placebos and simulated markets have sets of their own. */
export const MAIN = 'main';

/**
 * The files of a namespace, as a folder and a pattern in it. Every addition is a file of its own that never changes, called by its
 * content: whoever reads the set while another process adds to it has read the set as it was. Older engines appended to one file.
 */
export function trialFiles(
  lake: string,
  namespace: string,
): { readonly folder: string; readonly pattern: string } {
  if (!/^[a-z][a-z0-9_-]{0,63}$/.test(namespace)) {
    const hint = 'lower-case letters, digits, "_" and "-", starting with a letter';
    refuse(report('trials/bad-namespace', undefined, { namespace }, { hint }));
  }
  return { folder: join(lake, 'trials'), pattern: `{${namespace}.ids,${namespace}/*.ids}` };
}

/** All trials of a namespace, each once, by id. */
export function readTrials(lake: string, namespace: string = MAIN): readonly Trial[] {
  const { folder } = trialFiles(lake, namespace);
  const added = unlessAbsent(folder, () => readdirSync(join(folder, namespace))) ?? [];
  const names = added.filter((name) => /^[^.].*\.ids$/.test(name)).sort();
  const paths = [`${folder}/${namespace}.ids`, ...names.map((n) => join(folder, namespace, n))];
  const found = new Map<string, Trial>();
  for (const path of paths) {
    const text = unlessAbsent(path, () => readFileSync(path, 'utf8')) ?? '';
    for (const trial of trialsIn(text)) found.set(trial.id, found.get(trial.id) ?? trial);
  }
  return [...found.values()].sort(byId);
}

/**
 * Add hypotheses to a set. Known ones change nothing, so that a second run finds it as the first left it. Processes may add at the
 * same time: what both add counts once.
 * @returns how many were new.
 */
export function appendTrials(
  lake: string,
  trials: Iterable<Trial>,
  namespace: string = MAIN,
): number {
  const known = new Set(readTrials(lake, namespace).map(({ id }) => id));
  const fresh = new Map<string, Trial>();
  for (const trial of trials) if (!known.has(trial.id)) fresh.set(trial.id, trial);
  const odd = [...fresh.keys()].find((id) => !TRIAL_ID.test(id));
  if (odd !== undefined) refuse(report('trials/bad-id', undefined, { id: odd }));
  if (fresh.size === 0) return 0;
  const bytes = Buffer.from(trialLines([...fresh.values()].sort(byId)));
  const name = `${sha256(bytes).slice(0, 32)}.ids`;
  const folder = join(trialFiles(lake, namespace).folder, namespace);
  makeFolder(folder);
  const path = join(folder, name);
  // Another process may have added the same at this moment: then the file is this one.
  if (!existsSync(path)) writeAtomic(path, name, bytes, 'relaxed', 0o444);
  return fresh.size;
}

function byId(a: Trial, b: Trial): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
