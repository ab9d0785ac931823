import type { Frame, Gathered, Json, JsonObject } from '../../../engine/sdk/index.js';

/** A row of a table as plain values. */
export type Row = ReturnType<Frame['rows']> extends Iterable<infer R> ? R : never;

/** A number of a row or of plain data; null where it is missing. */
export function numberIn(row: Row | JsonObject, name: string): number | null {
  const value = row[name];
  return typeof value === 'number' ? value : null;
}

/** A text of a row or of plain data. */
export function textIn(row: Row | JsonObject, name: string): string {
  const value = row[name];
  return typeof value === 'string' ? value : '';
}

/** The texts of a list in plain data. */
export function textsIn(value: JsonObject, name: string): readonly string[] {
  const list = value[name];
  return Array.isArray(list) ? list.filter((x) => typeof x === 'string') : [];
}

/** A part of plain data that has parts itself; empty where there is none. */
export function objectIn(value: JsonObject, name: string): JsonObject {
  const part = value[name];
  return isObject(part) ? part : {};
}

/** The parts of a list in plain data that have parts themselves. */
export function objectsIn(value: JsonObject, name: string): readonly JsonObject[] {
  const list = value[name];
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How often each name occurs, most first, ties by name. */
export function tally(
  parts: readonly Readonly<Record<string, number>>[],
): readonly (readonly [string, number])[] {
  const found = new Map<string, number>();
  for (const part of parts) {
    for (const [name, count] of Object.entries(part))
      found.set(name, (found.get(name) ?? 0) + count);
  }
  return [...found].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : a > b ? 1 : 0));
}

/** One item a rhythm and fold: what knows no scorer or profile comes again for every one. */
export function oncePerFold<T>(items: readonly Gathered<T>[]): readonly Gathered<T>[] {
  const found = new Map<string, Gathered<T>>();
  for (const item of items) {
    const name = `${item.at.rhythm ?? ''}/${item.at.fold ?? ''}`;
    if (!found.has(name)) found.set(name, item);
  }
  return [...found.values()];
}

/** Names as a sentence has them: `a`, `a and b`, `a, b and c`. */
export function enumerated(names: readonly string[]): string {
  const last = names[names.length - 1] ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** The rhythm of a row `rhythm/scorer/profile`. */
export function rhythmOf(row: string): string {
  return row.split('/')[0] ?? row;
}

/** A row without its rhythm; the benchmark by what it does. */
export function shortName(row: string): string {
  const rest = row.split('/').slice(1).join('/');
  return rest === 'benchmark' ? 'buy & hold' : rest;
}
