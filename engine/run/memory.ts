import type { Entry } from '../plan/entry.js';
import type { Outputs } from '../plan/outcome.js';
import type { Key } from '../store/digest.js';
import { FRESH_MS } from '../store/live.js';
import type { Lost, ObjectStat, Objects } from '../store/object.js';
import type { RecordHead } from '../store/record.js';
import type { Store } from '../store/store.js';
import { objectsOf, type Stored } from '../store/stored.js';
import type { Timings } from './events.js';

/** What a finished execution leaves behind. */
export interface Finished {
  readonly outputs: Outputs;
  readonly timings: Timings;
  readonly warnings: RecordHead['warnings'];
  readonly log: readonly string[];
  /** Digest of the contracts that the execution was held to. */
  readonly held: string | undefined;
}

/** Earlier results by key, as one run or plan uses them. */
export class Memory {
  readonly #heads = new Map<Key, RecordHead>();

  constructor(readonly store: Store) {}

  /** What an earlier execution with this key gave, if its record can still be read. */
  find(key: Key): RecordHead | undefined {
    const known = this.#heads.get(key);
    if (known) return known;
    const entry = this.store.records.find(key);
    const head = entry && this.store.records.head(entry);
    if (head) this.#heads.set(key, head);
    return head;
  }

  /** Keep a result. @returns true if an earlier result of the same key was another one. */
  keep(entry: Entry, finished: Finished, at: Date): boolean {
    const { keyed } = entry;
    if (!keyed) throw new Error(`${entry.name} has no key`);
    const { outputs, timings, warnings, log, held } = finished;
    const record = {
      key: keyed.key,
      item: entry.name,
      node: entry.stage.node.type,
      at: at.toISOString(),
      outputs,
      objects: this.#stats(outputs),
      warnings,
      preimage: keyed.preimage,
      timings,
      log,
      ...(held === undefined ? {} : { held }),
    };
    const differs = this.store.records.append(record, this.#when(record.objects, at)) !== undefined;
    this.#heads.set(keyed.key, record);
    return differs;
  }

  /** Note that a known result was found to keep other contracts than those it was recorded under. */
  hold(key: Key, held: string | undefined): void {
    const entry = this.store.records.find(key);
    const found = entry && this.store.records.read(entry);
    if (!found) return;
    const { held: _before, ...record } = found;
    const now = held === undefined ? record : { ...record, held };
    this.store.records.append(now, 'soon');
    this.#heads.set(key, now);
  }

  /** Objects of an output that are not as they were when it was recorded. */
  lost(key: Key, stored: Stored): readonly Lost[] {
    return lostObjects(this.store.objects, this.#heads.get(key), stored);
  }

  /** An object that was there before may be about to be collected: what names it must be seen at once. */
  #when(objects: readonly ObjectStat[], at: Date): 'now' | 'soon' {
    const fresh = objects.every(({ mtimeMs }) => at.getTime() - mtimeMs < FRESH_MS);
    return fresh && this.store.records.durability === 'relaxed' ? 'soon' : 'now';
  }

  #stats(outputs: Outputs): readonly ObjectStat[] {
    const hashes = new Set(Object.values(outputs).flatMap((stored) => objectsOf(stored)));
    return [...hashes].flatMap((hash) => this.store.objects.stat(hash) ?? []);
  }
}

/** Objects of an output that are not as its record says. Size and time are looked at first, then bytes. */
export function lostObjects(
  objects: Objects,
  head: RecordHead | undefined,
  stored: Stored,
): readonly Lost[] {
  const before = new Map(head?.objects.map((o) => [o.hash, o]));
  return objectsOf(stored).flatMap((hash) => {
    const now = objects.stat(hash);
    if (!now) return [{ hash, state: 'missing' as const }];
    const then = before.get(hash);
    if (then && then.bytes === now.bytes && then.mtimeMs === now.mtimeMs) return [];
    const state = objects.verify(hash);
    return state === 'ok' ? [] : [{ hash, state }];
  });
}
