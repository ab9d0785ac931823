import type { Json, JsonObject } from '../../diag/data.js';
import { cut } from '../../report/table.js';
import { digestOf } from '../../store/stored.js';
import { canonical } from '../../yaml/canonical.js';
import type { RunData } from './run-data.js';
import type { RunItem } from './run-items.js';

/** What two runs do not have in common. */
export interface Difference {
  /** Lines on parameters, specs, code and versions. */
  readonly settings: readonly string[];
  readonly items: readonly {
    readonly item: string;
    readonly stage: string;
    readonly what: string;
  }[];
}

/** Longer values are cut: their parts are compared one by one wherever both runs have them. */
const WIDEST = 80;

/** Settings of a manifest that are compared, by the word they are told with. */
const COMPARED = {
  pipeline: 'pipeline',
  profile: 'profile',
  params: 'param',
  specs: 'file',
  code: 'code',
  git: 'commit',
  versions: 'version',
} as const;

/** Compare two runs, the earlier one first. */
export function differences(before: RunData, after: RunData): Difference {
  const settings = Object.entries(COMPARED).flatMap(([field, word]) =>
    changes('', before.manifest[field] ?? null, after.manifest[field] ?? null).map((change) => {
      const how = DIGESTS.has(field) ? came(change) : `${show(change.old)} → ${show(change.now)}`;
      return `${word}${change.path}: ${how}`;
    }),
  );
  return { settings, items: itemChanges(before, after) };
}

/** Settings that are digests: their values tell people nothing. */
const DIGESTS = new Set(['specs', 'code']);

function came({ old, now }: Change): string {
  return old === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
}

function itemChanges(before: RunData, after: RunData): Difference['items'] {
  const [old, now] = [byName(before.items), byName(after.items)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names.flatMap((item) => {
    const [a, b] = [old.get(item), now.get(item)];
    const stage = (b ?? a)?.stage ?? item;
    const what = !a
      ? 'only in the later run'
      : !b
        ? 'only in the earlier run'
        : changed(before, a, after, b);
    return what === undefined ? [] : [{ item, stage, what }];
  });
}

function changed(before: RunData, a: RunItem, after: RunData, b: RunItem): string | undefined {
  if (a.key === b.key) return ending(a) === ending(b) ? undefined : `${ending(a)} → ${ending(b)}`;
  const [old, now] = [before.record(a)?.outputs, after.record(b)?.outputs];
  if (!old || !now) return `${ending(a)} → ${ending(b)}`;
  const ports = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
  const other = ports.filter((port) => digest(old[port]) !== digest(now[port]));
  return other.length === 0
    ? 'other ingredients, the same results'
    : `other results: ${other.join(', ')}`;
}

/** Cached and executed items ended the same way. */
function ending({ outcome }: RunItem): string {
  return ['cached', 'done', 'joined'].includes(outcome) ? 'given' : outcome;
}

function digest(stored: Parameters<typeof digestOf>[0] | undefined): string | undefined {
  return stored && digestOf(stored);
}

function byName(items: readonly RunItem[]): ReadonlyMap<string, RunItem> {
  return new Map(items.map((item) => [item.item, item]));
}

interface Change {
  readonly path: string;
  readonly old: Json | undefined;
  readonly now: Json | undefined;
}

/** Where two values differ: maps are compared entry by entry, anything else as a whole. */
function changes(path: string, old: Json | undefined, now: Json | undefined): readonly Change[] {
  if (isMap(old) && isMap(now)) {
    const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
    return names.flatMap((name) =>
      changes(`${path}${path === '' ? ' ' : '.'}${name}`, old[name], now[name]),
    );
  }
  const same = old !== undefined && now !== undefined && canonical(old) === canonical(now);
  return same ? [] : [{ path, old, now }];
}

function isMap(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function show(json: Json | undefined): string {
  return json === undefined ? 'absent' : cut(JSON.stringify(json), WIDEST);
}
