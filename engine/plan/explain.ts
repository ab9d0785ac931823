import type { Json, JsonObject } from '../yaml/value.js';
import type { Reason } from './reason.js';

/** What differs between the ingredients of two executions of an item, ingredient by ingredient. Empty: nothing. */
export function differences(before: JsonObject, after: JsonObject): readonly Reason[] {
  const reasons: Reason[] = [];
  if (before.node !== after.node)
    reasons.push({ kind: 'node', before: String(before.node), after: String(after.node) });
  if (before.format !== after.format) {
    reasons.push({ kind: 'format', before: Number(before.format), after: Number(after.format) });
  }
  if (before.kernel !== after.kernel) reasons.push({ kind: 'kernel' });
  reasons.push(...codeReasons(mapAt(before, 'code'), mapAt(after, 'code')));
  reasons.push(...paramReasons('', before.params, after.params));
  for (const [port, old, now] of changes(mapAt(before, 'along'), mapAt(after, 'along'))) {
    // A port that came or went is told as an input.
    if (old !== undefined && now !== undefined)
      reasons.push({ kind: 'along', port, before: names(old), after: names(now) });
  }
  reasons.push(...inputReasons(mapAt(before, 'inputs'), mapAt(after, 'inputs')));
  for (const [path, old, now] of changes(mapAt(before, 'files'), mapAt(after, 'files'))) {
    reasons.push({ kind: 'file', path, before: text(old), after: text(now) });
  }
  const [old, now] = [namesAt(before, 'absent'), namesAt(after, 'absent')];
  for (const port of old)
    if (!now.includes(port)) reasons.push({ kind: 'output', port, given: true });
  for (const port of now)
    if (!old.includes(port)) reasons.push({ kind: 'output', port, given: false });
  return reasons;
}

function namesAt(map: JsonObject, name: string): readonly string[] {
  const found = map[name];
  return Array.isArray(found) ? found.map(String) : [];
}

function codeReasons(before: JsonObject, after: JsonObject): readonly Reason[] {
  const modules = changes(mapAt(before, 'modules'), mapAt(after, 'modules')).map(
    ([module, old, now]): Reason => ({
      kind: 'code',
      module,
      change: old === undefined ? 'added' : now === undefined ? 'removed' : 'changed',
    }),
  );
  const packages = changes(mapAt(before, 'packages'), mapAt(after, 'packages')).map(
    ([name, old, now]): Reason => ({ kind: 'package', name, before: text(old), after: text(now) }),
  );
  const operators = changes(mapAt(before, 'operators'), mapAt(after, 'operators'))
    // An operator that only came or went did so because a formula changed, which is told as a parameter.
    .filter(([, old, now]) => old !== undefined && now !== undefined)
    .map(([name]): Reason => ({ kind: 'operator', name }));
  return [...modules, ...packages, ...operators];
}

/** Differences of plain data by path; lists of named things (specs, records) are compared by id. */
function paramReasons(
  path: string,
  before: Json | undefined,
  after: Json | undefined,
): readonly Reason[] {
  if (same(before, after)) return [];
  const [old, now] = [keyed(before), keyed(after)];
  if (!old || !now) return [{ kind: 'param', path, before, after }];
  return changes(old, now).flatMap(([name, a, b]) =>
    paramReasons(path === '' ? name : `${path}.${name}`, a, b),
  );
}

function keyed(json: Json | undefined): JsonObject | undefined {
  if (isMap(json)) return json;
  if (!Array.isArray(json)) return undefined;
  const ids = json.map((entry) =>
    isMap(entry) && typeof entry.id === 'string' ? entry.id : undefined,
  );
  if (ids.length === 0 || ids.some((id) => id === undefined)) return undefined;
  return Object.fromEntries(json.map((entry, i) => [ids[i] ?? '', entry]));
}

function inputReasons(before: JsonObject, after: JsonObject): readonly Reason[] {
  return changes(before, after).flatMap(([port, a, b]) =>
    changes(map(a), map(b)).flatMap(([at, old, now]): readonly Reason[] => {
      const present = (side: Json | undefined) => (side === undefined ? undefined : 'present');
      if (old === undefined || now === undefined) {
        return [{ kind: 'input', port, at, before: present(old), after: present(now) }];
      }
      return changes(map(old), map(now)).map(
        ([column, x, y]): Reason => ({
          kind: 'input',
          port,
          at,
          column,
          before: text(x),
          after: text(y),
        }),
      );
    }),
  );
}

/** Entries that differ, by name. */
function changes(
  before: JsonObject,
  after: JsonObject,
): readonly (readonly [string, Json | undefined, Json | undefined])[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) =>
    same(before[name], after[name]) ? [] : [[name, before[name], after[name]] as const],
  );
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function mapAt(json: JsonObject, name: string): JsonObject {
  return map(json[name]);
}
function map(json: Json | undefined): JsonObject {
  return isMap(json) ? json : {};
}
function isMap(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
function names(json: Json | undefined): string {
  return Array.isArray(json) ? json.join(', ') : '';
}
function text(json: Json | undefined): string | undefined {
  return json === undefined ? undefined : typeof json === 'string' ? json : JSON.stringify(json);
}
