import type { Manifest } from '../../ledger/manifest.js';
import { lastWith } from '../../ledger/runs.js';
import { contentDigest } from '../../plan/read-digest.js';
import type { RunRecord } from '../../store/record.js';
import type { Store } from '../../store/store.js';
import { digestOf, type Stored } from '../../store/stored.js';
import type { Json, JsonObject } from '../../yaml/value.js';
import { giversOf, stageOf } from './givers.js';
import { RunData } from './run-data.js';

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
  /** The run that has the item, and its pipeline; undefined where every such run was removed. */
  readonly run: string | undefined;
  readonly pipeline: string | undefined;
}

/** Where records were found. */
interface Found extends Pick<Maker, 'run' | 'pipeline'> {
  /** The stages of the run, which tell what is wired to what. */
  readonly stages: Manifest['stages'];
}

/**
 * The items that made something whose digest starts so: those of a run, else of the latest run that has any, else those of
 * records that no run has any more. The digest of what an item read at a port, of several outputs or of some columns, is traced
 * to the items that gave them, and that of an input file to the items that read it.
 */
export function makersOf(
  run: RunData,
  { lake, store }: { readonly lake: string; readonly store: Store },
  digest: string,
): readonly Maker[] {
  const own = tracedInRun(run, digest);
  if (own.length > 0) return own;
  const records = store.records.all().flatMap((entry) => store.records.read(entry) ?? []);
  const keys = holders(records, digest);
  const other = keys.length > 0 ? lastWith(lake, keys) : undefined;
  return other
    ? tracedInRun(new RunData(store, other), digest)
    : traced(records, digest, { run: undefined, pipeline: undefined, stages: {} });
}

function tracedInRun(run: RunData, digest: string): readonly Maker[] {
  const { entry, manifest } = run;
  const { pipeline, stages } = manifest;
  return traced(run.records(), digest, { run: entry.id, pipeline, stages });
}

/** The keys of records that say something of a digest: of those that made it, else of those that read it. */
function holders(records: readonly RunRecord[], digest: string): readonly string[] {
  const made = records.filter((r) => matches(r, digest).length > 0);
  const read = records.filter((r) => readOf(r, digest) !== undefined);
  const found = [made, read, records.filter((r) => filesOf(r, digest).length > 0)];
  return (found.find((some) => some.length > 0) ?? []).map(({ key }) => key);
}

function traced(records: readonly RunRecord[], digest: string, found: Found): readonly Maker[] {
  const made = records.flatMap((record) =>
    matches(record, digest).map((match) => ({ ...whose(record, found), ...match })),
  );
  if (made.length > 0) return made;
  const given = givers(records, digest, found);
  return given.length > 0 ? given : readers(records, digest, found);
}

/** The items that read an input file whose content has the digest: nobody made it, but they stand on it. */
function readers(records: readonly RunRecord[], digest: string, found: Found): readonly Maker[] {
  const all = records.flatMap((record) =>
    filesOf(record, digest)
      .slice(0, 1)
      .map((file) => ({
        ...whose(record, found),
        port: undefined,
        what: `reads ${file}, a file with this digest`,
      })),
  );
  return all.sort(byItem);
}

function filesOf({ preimage }: RunRecord, digest: string): readonly string[] {
  const files = isObject(preimage.files) ? Object.entries(preimage.files) : [];
  return files
    .filter(([, content]) => typeof content === 'string' && content.startsWith(digest))
    .map(([path]) => path);
}

function whose({ item, node, key, at }: RunRecord, { run, pipeline }: Found) {
  return { item, node, key, at, run, pipeline };
}

function matches(
  { key, outputs }: RunRecord,
  digest: string,
): readonly Pick<Maker, 'port' | 'what'>[] {
  if (key.startsWith(digest)) return [{ port: undefined, what: 'is the item with this key' }];
  return Object.entries(outputs).flatMap(([port, stored]) =>
    parts(stored)
      .filter((part) => part.digest.startsWith(digest))
      .slice(0, 1)
      .map(({ what }) => ({ port, what })),
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
function givers(records: readonly RunRecord[], digest: string, found: Found): readonly Maker[] {
  const read = records.map((record) => readOf(record, digest)).find((found) => found !== undefined);
  if (!read) return [];
  const what = `is read by ${read.by} at "${read.port}"`;
  const wires = found.stages[stageOf(read.by)]?.takes?.[read.port];
  const makers = giversOf(records, read.content, wires)
    .filter(({ record }) => record.item !== read.by)
    .map(({ record, port }) => ({ ...whose(record, found), port, what }));
  // Records stand in the order they ended in, which differs from run to run.
  return makers.sort(byItem);
}

function byItem(a: Maker, b: Maker): number {
  return a.item < b.item ? -1 : a.item > b.item ? 1 : 0;
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
