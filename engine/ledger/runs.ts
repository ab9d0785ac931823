import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { reporter } from '../diag/diagnostic.js';
import { Refusal, refuse } from '../diag/refusal.js';
import { unlessAbsent } from '../store/failure.js';
import type { ItemLine } from './folder.js';
import type { Manifest } from './manifest.js';

const report = reporter({
  'runs/none': 'There is no run in {folder} yet.',
  'runs/only-tests': 'No run in {folder} counts as the last one: `dag pit` made the {count} there.',
  'runs/unknown': 'No run is called "{name}".',
  'runs/ambiguous': '"{name}" is the start of several runs: {runs}.',
  'runs/unreadable': 'The manifest of run {run} cannot be read: {why}',
});

/** A run as it lies in the lake. */
export interface RunEntry {
  readonly id: string;
  readonly folder: string;
}

/** What a run's folder is called: a ULID. */
export const RUN_ID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** All runs, oldest first: their ids are made of the time they started. */
export function listRuns(lake: string): readonly RunEntry[] {
  const folder = join(lake, 'runs');
  if (!statSync(folder, { throwIfNoEntry: false })) return [];
  return readdirSync(folder)
    .filter(
      (id) =>
        RUN_ID.test(id) && statSync(join(folder, id, 'manifest.json'), { throwIfNoEntry: false }),
    )
    .sort()
    .map((id) => ({ id, folder: join(folder, id) }));
}

/** Does a run count where `last` is said? Those that a test made do not, nor do their markets stand for anybody's research. */
export function counts(run: RunEntry): boolean {
  try {
    return (readManifest(run).by ?? 'run') === 'run';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return true; // what it was is told to whoever opens it
  }
}

/** The last of some runs that counts, or one so many before it. */
export function lastOf(runs: readonly RunEntry[], back = 0): RunEntry | undefined {
  let left = back;
  return runs.findLast((run) => counts(run) && left-- === 0);
}

/**
 * The run a person means: `last`, `last~2` (two before the last), an id or the end or start of one.
 * @throws runs/none, runs/only-tests, runs/unknown, runs/ambiguous
 */
export function findRun(lake: string, name: string, among = listRuns(lake)): RunEntry {
  if (among.length === 0) {
    const hint = '`dag run smoke` makes one in seconds';
    refuse(report('runs/none', undefined, { folder: join(lake, 'runs') }, { hint }));
  }
  const back = /^last(?:~(\d+))?$/.exec(name);
  const own = back && lastOf(among, Number(back[1] ?? 0));
  const found = back
    ? own
      ? [own]
      : []
    : among.filter(
        ({ id }) => id.startsWith(name.toUpperCase()) || id.endsWith(name.toUpperCase()),
      );
  const [first, second] = found;
  if (!first) {
    const last = lastOf(among)?.id;
    if (back && last === undefined) {
      const facts = { folder: join(lake, 'runs'), count: among.length };
      const hint = `\`dag runs\` lists them; \`--run ${among.at(-1)?.id}\` names one`;
      return refuse(report('runs/only-tests', undefined, facts, { hint }));
    }
    const hint = `\`dag runs\` lists them${last === undefined ? '' : `; the last is ${last}`}`;
    return refuse(report('runs/unknown', undefined, { name }, { hint }));
  }
  if (second) refuse(report('runs/ambiguous', undefined, { name, runs: found.map((r) => r.id) }));
  return first;
}

/** @throws runs/unreadable */
export function readManifest({ id, folder }: RunEntry): Manifest {
  try {
    return JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  } catch (error) {
    return refuse(report('runs/unreadable', undefined, { run: id, why: String(error) }));
  }
}

/** The items of a run in the order they ended; the torn last line of a killed run is left out, as is one that is damaged. */
export function readItems({ folder }: RunEntry): readonly ItemLine[] {
  return wholeLines(join(folder, 'items.jsonl')).flatMap((line) => itemIn(line) ?? []);
}

function itemIn(line: string): ItemLine | undefined {
  try {
    const { item, key, outcome } = Object(JSON.parse(line));
    const whole = typeof item === 'string' && typeof outcome === 'string';
    return whole ? { item, key: typeof key === 'string' ? key : undefined, outcome } : undefined;
  } catch {
    return undefined; // what an item was is told by its record; this line only says which one that is
  }
}

/** So many runs are looked through for what one of them has; a lake has as many after years. */
const MOST_RUNS = 5000;

/**
 * The latest run that has an item by one of some names, or with one of some keys; one that a test made only where no other has.
 * @param words  Names or whole keys.
 */
export function lastWith(lake: string, words: readonly string[]): RunEntry | undefined {
  const quoted = words.map((word) => JSON.stringify(word));
  const runs = listRuns(lake).slice(-MOST_RUNS).reverse();
  let tested: RunEntry | undefined;
  for (const run of runs) {
    const path = join(run.folder, 'items.jsonl');
    // Their text is searched, not parsed: thousands of lines a run, and most runs have none that is meant.
    const text = unlessAbsent(path, () => readFileSync(path, 'utf8')) ?? '';
    if (!quoted.some((word) => text.includes(word))) continue;
    if (counts(run)) return run;
    tested ??= run;
  }
  return tested;
}

/** The lines of a file that end in a line break. */
export function wholeLines(path: string): readonly string[] {
  if (!statSync(path, { throwIfNoEntry: false })) return [];
  return readFileSync(path, 'utf8').split('\n').slice(0, -1);
}
