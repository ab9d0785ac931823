import { listRuns, readItems } from '../ledger/runs.js';
import { isKey, type Key } from '../store/digest.js';
import type { RunRecord } from '../store/record.js';
import type { Project } from './project.js';

/** How many runs back an earlier record of an item is looked for. */
const RUNS = 50;

/** What earlier runs tell: which record an item had, and how long it took. */
export class History {
  readonly #keys = new Map<string, Key>();
  readonly #read: (() => boolean)[];

  constructor(readonly project: Project) {
    const runs = [...listRuns(project.lake)].reverse().slice(0, RUNS);
    this.#read = runs.map((run) => () => this.#take(readItems(run)));
  }

  /** The record that an item had in the latest run that had it. */
  record(item: string): RunRecord | undefined {
    const key = this.#keyOf(item);
    const entry = key && this.project.store.records.find(key);
    return entry && this.project.store.records.read(entry);
  }

  /** Seconds an item took when it was last executed. */
  seconds(item: string): number | undefined {
    const timings = this.record(item)?.timings;
    return timings && (timings.read + timings.user + timings.write) / 1000;
  }

  /** How many items of a stage the latest run that had any had, by a dimension's ids. */
  count(matches: (item: string) => boolean): number | undefined {
    this.#more();
    const count = [...this.#keys.keys()].filter(matches).length;
    return count > 0 ? count : undefined;
  }

  #keyOf(item: string): Key | undefined {
    for (;;) {
      const key = this.#keys.get(item);
      if (key || !this.#more()) return key;
    }
  }

  /** Take in one more run; earlier ones do not replace what later ones said. */
  #more(): boolean {
    return this.#read.shift()?.() ?? false;
  }

  #take(lines: ReturnType<typeof readItems>): boolean {
    for (const { item, key } of lines) {
      if (key !== undefined && isKey(key) && !this.#keys.has(item)) this.#keys.set(item, key);
    }
    return true;
  }
}

/** Mean seconds of an item by stage, from the records of the latest run. */
export function stageSeconds(project: Project): ReadonlyMap<string, number> {
  const last = listRuns(project.lake).at(-1);
  if (!last) return new Map();
  const sums = new Map<string, { count: number; key: Key }>();
  for (const { item, key } of readItems(last)) {
    const stage = item.split('@')[0] ?? item;
    if (key !== undefined && isKey(key))
      sums.set(stage, { count: (sums.get(stage)?.count ?? 0) + 1, key });
  }
  const seconds = new Map<string, number>();
  for (const [stage, { key }] of sums) {
    const entry = project.store.records.find(key);
    const timings = entry && project.store.records.read(entry)?.timings;
    if (timings) seconds.set(stage, (timings.read + timings.user + timings.write) / 1000);
  }
  return seconds;
}
