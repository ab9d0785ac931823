import { Refusal } from '../diag/refusal.js';
import type { Manifest } from '../ledger/manifest.js';
import { lastOf, listRuns, type RunEntry, readItems, readManifest } from '../ledger/runs.js';
import { differences } from '../plan/explain.js';
import { isKey, type Key } from '../store/digest.js';
import type { RunRecord } from '../store/record.js';
import { canonical } from '../yaml/canonical.js';
import type { JsonObject } from '../yaml/value.js';
import type { Project } from './project.js';

/** How many runs back an earlier record of an item is looked for. */
const RUNS = 50;
/** So many runs with other settings are looked through, and so many different records of an item compared. */
const OTHER_RUNS = 10;
const CANDIDATES = 6;

/** The record by item of one run, read when first asked for. */
class Keys {
  #keys: Map<string, Key> | undefined;

  constructor(readonly run: RunEntry) {}

  get all(): ReadonlyMap<string, Key> {
    if (this.#keys) return this.#keys;
    this.#keys = new Map();
    for (const { item, key } of readItems(this.run))
      if (key !== undefined && isKey(key)) this.#keys.set(item, key);
    return this.#keys;
  }
}

/** Whose history is asked for. */
export interface Asked {
  readonly pipeline: string;
  readonly profile: string | null;
  /** Settings of the command line, as manifests keep them. */
  readonly sets: readonly string[];
  /** Only runs before this one count. */
  readonly before?: string;
}

/**
 * What earlier runs tell of a pipeline's items: which record one had, and how long it took. Runs with the same profile and
 * settings come first: what the item had in the last of them is what it is compared with. Where none had it, its last records
 * under other settings of the pipeline are looked at, then those under other pipelines, and the nearest one counts.
 */
export class History {
  /** Runs of the same pipeline, profile and settings; of the same pipeline; all others. Each from the latest back. */
  #tiers: readonly (readonly Keys[])[] | undefined;

  constructor(
    readonly project: Project,
    readonly asked: Asked,
  ) {}

  /**
   * The earlier record that an item is compared with.
   * @param preimage  What the item is made from now; without it the latest record is taken.
   * @param except    A record that does not count: the one that is compared.
   */
  record(item: string, preimage?: JsonObject, except?: Key): RunRecord | undefined {
    const [same = [], ...others] = this.#all();
    const [last] = this.#records(same, item, 1, except);
    if (last) return last;
    for (const tier of others) {
      const found = this.#records(tier, item, preimage ? CANDIDATES : 1, except);
      if (found.length > 0) return preimage ? nearest(found, preimage) : found[0];
    }
    return undefined;
  }

  /** Seconds an item took when it was last executed. */
  seconds(item: string): number | undefined {
    const timings = this.record(item)?.timings;
    return timings && (timings.read + timings.user + timings.write) / 1000;
  }

  /** How many items of a stage the latest run that had any had, by a dimension's ids. */
  count(matches: (item: string) => boolean): number | undefined {
    for (const run of this.#all().flat()) {
      const count = [...run.all.keys()].filter(matches).length;
      if (count > 0) return count;
    }
    return undefined;
  }

  /** Different records of an item that can be read, the latest first. */
  #records(runs: readonly Keys[], item: string, most: number, except?: Key): readonly RunRecord[] {
    const { records } = this.project.store;
    const seen = new Set<Key>(except === undefined ? [] : [except]);
    const found: RunRecord[] = [];
    for (const run of runs) {
      const key = run.all.get(item);
      if (key === undefined || seen.has(key)) continue;
      seen.add(key);
      const entry = records.find(key);
      const record = entry && records.read(entry);
      if (record) found.push(record);
      if (found.length === most) break;
    }
    return found;
  }

  #all(): readonly (readonly Keys[])[] {
    if (this.#tiers) return this.#tiers;
    const { before } = this.asked;
    const settings = canonical([this.asked.profile, ...this.asked.sets]);
    const tiers: [Keys[], Keys[], Keys[]] = [[], [], []];
    // Ids of runs sort by the time they started.
    const runs = listRuns(this.project.lake).filter(
      ({ id }) => before === undefined || id < before,
    );
    for (const run of runs.slice(-RUNS).reverse()) {
      const { pipeline, profile, sets, by } = headOf(run);
      if (by === 'pit') continue;
      const own = pipeline === this.asked.pipeline;
      const tier = own && canonical([profile, ...sets]) === settings ? 0 : own ? 1 : 2;
      if (tier === 0 || tiers[tier].length < OTHER_RUNS) tiers[tier].push(new Keys(run));
    }
    this.#tiers = tiers;
    return tiers;
  }
}

/** What a run was of. One whose manifest is damaged was of no pipeline: its records are looked at last. */
function headOf(
  run: RunEntry,
): Pick<Manifest, 'profile' | 'sets'> & { readonly pipeline?: string; readonly by?: string } {
  try {
    const { pipeline, profile, sets, by = 'run' } = readManifest(run);
    if (Array.isArray(sets)) return { pipeline, profile, sets, by };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  return { profile: null, sets: [] };
}

/** The record with the fewest differences; of several the latest. */
function nearest(records: readonly RunRecord[], preimage: JsonObject): RunRecord | undefined {
  const ranked = records.map((record) => ({
    record,
    distance: differences(record.preimage, preimage).length,
  }));
  return ranked.sort((a, b) => a.distance - b.distance)[0]?.record;
}

/** Mean seconds of an item by stage, from the records of the latest run. */
export function stageSeconds(project: Project): ReadonlyMap<string, number> {
  const last = lastOf(listRuns(project.lake));
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
