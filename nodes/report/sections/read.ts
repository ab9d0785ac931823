import type { Frame, JsonObject } from '../../../engine/sdk/index.js';

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

/** The rhythm of a row `rhythm/scorer/profile`. */
export function rhythmOf(row: string): string {
  return row.split('/')[0] ?? row;
}

/** A row without its rhythm; the benchmark by what it does. */
export function shortName(row: string): string {
  const rest = row.split('/').slice(1).join('/');
  return rest === 'benchmark' ? 'buy & hold' : rest;
}
