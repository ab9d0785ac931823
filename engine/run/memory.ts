import type { Entry } from '../plan/entry.js';
import type { Outputs } from '../plan/outcome.js';
import type { Key } from '../store/digest.js';
import type { ObjectStat } from '../store/object.js';
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
}

/** `gc` keeps younger objects whatever names them. */
const FRESH_MS = 3_600_000;

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
    const { outputs, timings, warnings, log } = finished;
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
    };
    const differs = this.store.records.append(record, this.#when(record.objects, at)) !== undefined;
    this.#heads.set(keyed.key, record);
    return differs;
  }

  /** Objects of an output that are not as they were when it was recorded. Size and time are looked at first, then bytes. */
  lost(
    key: Key,
    stored: Stored,
  ): readonly { readonly hash: ObjectStat['hash']; readonly state: 'missing' | 'corrupt' }[] {
    const before = new Map(this.#heads.get(key)?.objects.map((o) => [o.hash, o]));
    return objectsOf(stored).flatMap((hash) => {
      const now = this.store.objects.stat(hash);
      if (!now) return [{ hash, state: 'missing' as const }];
      const then = before.get(hash);
      if (then && then.bytes === now.bytes && then.mtimeMs === now.mtimeMs) return [];
      const state = this.store.objects.verify(hash);
      return state === 'ok' ? [] : [{ hash, state }];
    });
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
