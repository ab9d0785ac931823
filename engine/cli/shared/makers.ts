import { contentOf } from '../../plan/key.js';
import { contentDigest } from '../../plan/read-digest.js';
import type { RunRecord } from '../../store/record.js';
import type { Store } from '../../store/store.js';
import { digestOf, type Stored } from '../../store/stored.js';
import { canonical } from '../../yaml/canonical.js';
import type { Json, JsonObject } from '../../yaml/value.js';
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

/**
 * The items that made something whose digest starts so: those of a run, else those of every record in the store. The digest of
 * what an item read at a port, of several outputs or of some columns, is traced to the items that gave them.
 */
export function makersOf(run: RunData, store: Store, digest: string): readonly Maker[] {
  const records = run.items.flatMap((item) => {
    const record = run.record(item);
    // A record tells who made it first; in this run the item may go by another name.
    return record ? [{ ...record, item: item.item }] : [];
  });
  const own = tracedIn(records, digest, run.entry.id);
  return own.length > 0 ? own : tracedIn(everything(store), digest, undefined);
}

function everything(store: Store): readonly RunRecord[] {
  return store.records.all().flatMap((entry) => store.records.read(entry) ?? []);
}

function tracedIn(
  records: readonly RunRecord[],
  digest: string,
  run: string | undefined,
): readonly Maker[] {
  const made = records.flatMap((record) => matches(record, digest, run));
  return made.length > 0 ? made : givers(records, digest, run);
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

/** What one item read at a port: content by the label of the item that gave it. */
interface Read {
  readonly by: string;
  readonly port: string;
  readonly content: JsonObject;
}

/** The outputs that items read where the digest of what they read starts so. */
function givers(
  records: readonly RunRecord[],
  digest: string,
  run: string | undefined,
): readonly Maker[] {
  const read = records.map((record) => readOf(record, digest)).find((found) => found !== undefined);
  if (!read) return [];
  const wanted = Object.entries(read.content).map(([label, content]) => ({
    ids: label === '' ? [] : label.split(':'),
    text: canonical(content),
  }));
  const views = new Set(
    Object.values(read.content).map((part) => Object.keys(Object(part)).join()),
  );
  const what = `is read by ${read.by} at "${read.port}"`;
  const found = records.flatMap(({ item, node, key, at, outputs }) => {
    const ids = new Set(item.split('@')[1]?.split(/[:#]/));
    const own = wanted.filter((w) => w.ids.every((id) => ids.has(id)));
    if (own.length === 0 || item === read.by) return [];
    return Object.entries(outputs).flatMap(([port, stored]) => {
      const texts = new Set(
        [...views].map((view) => canonical(contentOf(stored, view.split(',')))),
      );
      const given = own.some((w) => texts.has(w.text));
      return given ? [{ item, node, key, at, run, port, what }] : [];
    });
  });
  // Records stand in the order they ended in, which differs from run to run.
  return found.sort((a, b) => (a.item < b.item ? -1 : a.item > b.item ? 1 : 0));
}

function readOf({ item, preimage }: RunRecord, digest: string): Read | undefined {
  const ports = isObject(preimage.inputs) ? Object.entries(preimage.inputs) : [];
  for (const [port, content] of ports) {
    if (!isObject(content)) continue;
    const single = Object.entries(content).map(([label, part]) => ({ [label]: part }));
    const found = [content, ...single].find((part) => contentDigest(part).startsWith(digest));
    if (found) return { by: item, port, content: found };
  }
  return undefined;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
