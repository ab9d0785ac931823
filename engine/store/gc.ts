import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { incrementBase32 } from 'ulid';
import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { TEMPORARY } from './atomic.js';
import { isObjectHash, type Key, type ObjectHash } from './digest.js';
import { errno, guarded, unlessAbsent } from './failure.js';
import { isLive, liveSince, markLive, unmarkLive } from './live.js';
import type { ObjectStat, Objects } from './object.js';
import { readWhole } from './read.js';
import { type Records, SEGMENT } from './records.js';
import { indexPath, livePath, type RecordEntry, recordPath, SegmentWriter } from './segment.js';
import { objectsOf } from './stored.js';

/*
 * 1. A record is kept when it is the latest of its key and can be read, and the key is asked for, or the record is young;
 *    or when its segment belongs to a process that may still run.
 * 2. An object is kept when a kept record names it, or it is young.
 * 3. Segments of ended processes are merged into one that sorts right after them, then removed.
 * 4. While another process is at work, everything is young: it may count on any result.
 * 5. Only names this store gives are ever removed; anything else is listed as foreign and left.
 */

/** What stays. */
export interface GcRule {
  /** The keys of the last runs and of pinned ones. */
  readonly keep: ReadonlySet<Key>;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What is younger than this many milliseconds stays; default a day. */
  readonly young?: number;
  /** When the first run started that may be under way: beside it, everything stays. */
  readonly busySince?: number | undefined;
}

/** What gc would remove: show it, then pass it to `applyGc`. */
export interface GcPlan {
  readonly rule: Rule;
  /** Records of ended processes that stay. */
  readonly kept: readonly RecordEntry[];
  /** How many records of ended processes go. */
  readonly dropped: number;
  /** Segments that are merged, oldest first; none when there is nothing to gain. */
  readonly segments: readonly string[];
  readonly objects: readonly ObjectStat[];
  /** Paths of temporary files that a killed process left. */
  readonly leftovers: readonly string[];
  /** Paths in our folders that are not ours; they stay. */
  readonly foreign: readonly string[];
  /** Bytes of objects and records that go. */
  readonly bytes: number;
}

/** A rule in which everything is settled. */
type Rule = Required<Omit<GcRule, 'busySince'>>;

type Lake = { readonly objects: Objects; readonly records: Records };

const DAY_MS = 24 * 3_600_000;
/** So many segments are merged even if every record stays: each costs a file to open at every start. */
const MERGE_ABOVE = 16;

const report = reporter({
  'store/gc-running': 'Another gc works on {folder}; try again when it has ended.',
});

/** What gc would do; nothing is touched. */
export function planGc(lake: Lake, given: GcRule): GcPlan {
  lake.records.refresh();
  const rule = settled(lake.records, given);
  const dead = endedSegments(lake.records, rule.now);
  const entries = dead.flatMap((segment) => lake.records.entriesOf(segment));
  const kept = entries.filter(
    (entry) => stays(lake.records, entry, rule) && lake.records.read(entry) !== undefined,
  );
  const needed = neededObjects(lake.records, kept, new Set(dead));
  const dropped = entries.length - kept.length;
  const objects = removable(lake.objects, needed, rule);
  const { leftovers, foreign } = strangers(lake, rule);
  const records =
    entries.reduce((sum, entry) => sum + sizeOf(entry), 0) -
    kept.reduce((sum, entry) => sum + sizeOf(entry), 0);
  return {
    rule,
    kept,
    dropped,
    segments: dropped > 0 || dead.length > MERGE_ABOVE ? dead : [],
    objects,
    leftovers,
    foreign,
    bytes: objects.reduce((sum, { bytes }) => sum + bytes, records),
  };
}

/** A process at work has written objects that no record names yet, and counts on any result that it has found. */
function settled(records: Records, { busySince, ...given }: GcRule): Rule {
  const { keep, now, young = DAY_MS } = given;
  const busy = busySince !== undefined || liveSince(records.folder, now) !== undefined;
  return { keep, now, young: busy ? Number.POSITIVE_INFINITY : young };
}

/** Carry out a plan. Safe beside running processes; what they wrote since the plan stays. @throws store/gc-running */
export function applyGc(lake: Lake, plan: GcPlan): void {
  const { records, objects } = lake;
  if (plan.segments.length > 0) merge(records.folder, plan.segments, plan.kept);
  // Processes went on writing: an object they name now stays, whatever the plan says.
  records.refresh();
  const needed = neededObjects(records, plan.kept, new Set(plan.segments));
  for (const planned of plan.objects) {
    const found = objects.stat(planned.hash);
    if (!found || needed.has(planned.hash) || found.mtimeMs !== planned.mtimeMs) continue;
    objects.remove(planned.hash);
  }
  for (const path of plan.leftovers) guarded(path, () => rmSync(path, { force: true }));
}

function endedSegments(records: Records, now: number): readonly string[] {
  return records.segments().filter((segment) => !isLive(records.folder, segment, now));
}

function stays(records: Records, entry: RecordEntry, { keep, now, young }: Rule): boolean {
  const latest = records.find(entry.key);
  if (latest?.segment !== entry.segment || latest.offset !== entry.offset) return false;
  return keep.has(entry.key) || now - entry.at * 1000 < young;
}

/** Objects of the kept records, and of every record in segments that are not being merged. */
function neededObjects(
  records: Records,
  kept: readonly RecordEntry[],
  dead: ReadonlySet<string>,
): ReadonlySet<ObjectHash> {
  const others = records.segments().filter((segment) => !dead.has(segment));
  const entries = [...kept, ...others.flatMap((segment) => records.entriesOf(segment))];
  const needed = new Set<ObjectHash>();
  for (const head of records.heads(entries)) {
    for (const stored of Object.values(head?.outputs ?? {})) {
      for (const hash of objectsOf(stored)) needed.add(hash);
    }
  }
  return needed;
}

function removable(
  objects: Objects,
  needed: ReadonlySet<ObjectHash>,
  { now, young }: Rule,
): readonly ObjectStat[] {
  return objects
    .list()
    .filter((hash) => !needed.has(hash))
    .flatMap((hash) => objects.stat(hash) ?? [])
    .filter(({ mtimeMs }) => now - mtimeMs >= young);
}

/** Copy the kept records, in order, into a segment that sorts after those merged and before any later one. */
function merge(folder: string, segments: readonly string[], kept: readonly RecordEntry[]): void {
  const last = segments.at(-1) ?? '';
  if (kept.length > 0) copy(folder, incrementBase32(last), kept);
  for (const segment of segments) {
    // The index goes first: without it the rest is out of use, wherever a kill falls.
    for (const path of [indexPath, recordPath, livePath].map((at) => at(folder, segment))) {
      guarded(path, () => rmSync(path, { force: true }));
    }
  }
}

function copy(folder: string, segment: string, kept: readonly RecordEntry[]): void {
  const writer = claim(folder, segment);
  try {
    let [open, bytes]: [string, Buffer | undefined] = ['', undefined];
    for (const entry of kept) {
      if (entry.segment !== open)
        [open, bytes] = [entry.segment, readWhole(recordPath(folder, entry.segment))];
      const middle = entry.offset + entry.headBytes;
      const head = bytes?.subarray(entry.offset, middle);
      const tail = bytes?.subarray(middle, middle + entry.tailBytes);
      // A damaged record must not get a new, right checksum.
      if (head && tail && crc32(tail, crc32(head, entry.before)) === entry.after)
        writer.append({ head, tail }, entry, 'soon');
    }
    writer.flush();
  } finally {
    writer.close();
    unmarkLive(folder, segment);
  }
}

/** The old segments are removed next, so the new one must survive a power cut whatever the store's durability. */
function claim(folder: string, segment: string): SegmentWriter {
  try {
    markLive(folder, segment);
    return new SegmentWriter(folder, segment, 'run');
  } catch (error) {
    if (errno(error) === 'EEXIST') return refuse(report('store/gc-running', undefined, { folder }));
    throw error;
  }
}

/** Old temporary files and parts of segments without an index, and what is none of ours. */
function strangers(lake: Lake, { now, young }: Rule) {
  const leftovers: string[] = [];
  const foreign: string[] = [];
  const indexed = new Set(lake.records.segments());
  const sort = (path: string, ours: boolean, leftover: boolean) => {
    if (leftover && now - (ageStamp(path) ?? now) >= young) leftovers.push(path);
    else if (!ours && !leftover) foreign.push(path);
  };
  for (const name of namesIn(lake.records.folder)) {
    const [stem = '', ending = ''] = name.split('.');
    const ours =
      SEGMENT.test(stem) && ['idx', 'rec', 'live'].includes(ending) && name === `${stem}.${ending}`;
    const leftover = ours && !indexed.has(stem) && !isLive(lake.records.folder, stem, now);
    sort(join(lake.records.folder, name), ours, leftover);
  }
  for (const folder of namesIn(lake.objects.folder)) {
    const path = join(lake.objects.folder, folder);
    if (!/^[0-9a-f]{2}$/.test(folder)) {
      foreign.push(path);
      continue;
    }
    for (const name of namesIn(path)) {
      sort(join(path, name), isObjectHash(name) && name.startsWith(folder), TEMPORARY.test(name));
    }
  }
  return { leftovers, foreign };
}

function namesIn(folder: string): readonly string[] {
  return (unlessAbsent(folder, () => readdirSync(folder)) ?? []).sort();
}

function ageStamp(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

function sizeOf({ headBytes, tailBytes }: RecordEntry): number {
  return headBytes + tailBytes;
}
