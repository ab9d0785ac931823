import type { RunRecord } from '../../store/record.js';
import type { Store } from '../../store/store.js';
import { digestOf, type Stored } from '../../store/stored.js';
import type { RunData } from './run-data.js';

/** Who made something with a digest. */
export interface Maker {
  readonly item: string;
  readonly node: string;
  readonly key: string;
  readonly at: string;
  /** The output it is, or is part of; undefined when the digest is the item's key. */
  readonly port: string | undefined;
  /** What of it has the digest. */
  readonly what: string;
  /** The run that was looked at, if it has the item. */
  readonly run: string | undefined;
}

/** The items that made something whose digest starts so: those of a run, else those of every record in the store. */
export function makersOf(run: RunData, store: Store, digest: string): readonly Maker[] {
  const own = run.items.flatMap((item) => {
    const record = run.record(item);
    return record ? matches(record, digest, run.entry.id) : [];
  });
  if (own.length > 0) return own;
  return store.records.all().flatMap((entry) => {
    const record = store.records.read(entry);
    return record ? matches(record, digest, undefined) : [];
  });
}

function matches(record: RunRecord, digest: string, run: string | undefined): readonly Maker[] {
  const { item, node, key, at } = record;
  const base = { item, node, key, at, run };
  if (key.startsWith(digest))
    return [{ ...base, port: undefined, what: 'is the item with this key' }];
  return Object.entries(record.outputs).flatMap(([port, stored]) =>
    parts(stored)
      .filter((part) => part.digest.startsWith(digest))
      .slice(0, 1)
      .map(({ what }) => ({ ...base, port, what })),
  );
}

function parts(stored: Stored): readonly { readonly digest: string; readonly what: string }[] {
  const whole = { digest: digestOf(stored), what: 'has this digest' };
  if (stored.kind === 'scalar') return [whole];
  if (stored.kind !== 'frame')
    return [whole, { digest: stored.object, what: 'is stored as this object' }];
  return [
    whole,
    ...stored.columns.map((c) => ({
      digest: c.object,
      what: `column ${c.name} is stored as this object`,
    })),
  ];
}
