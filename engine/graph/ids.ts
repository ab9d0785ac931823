import type { Json } from '../yaml/value.js';
import { isMap } from './given.js';

const ID = /^[A-Za-z0-9_.+-]{1,64}$/;
const RESERVED = new Set(['.', '..']);

/** Why a text cannot be the id of a point or a spec; undefined if it can. */
export function idProblem(id: string): string | undefined {
  if (id.length > 64)
    return `the id "${id.slice(0, 64)}…" has ${id.length} characters, at most 64 are allowed`;
  if (ID.test(id) && !RESERVED.has(id)) return undefined;
  return `the id "${id}" is not legal: letters, digits and _ . + - make an id`;
}

/** The id of a dimension's value: itself, or the `id` of a record; undefined where it has none. */
export function idOf(value: Json): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return isMap(value) && (typeof value.id === 'string' || typeof value.id === 'number')
    ? String(value.id)
    : undefined;
}

/** The id of a row of a table that a dimension stands for: its column `id`, or the one that is called like the dimension. */
export function rowId(row: Json, dimension: string): string | undefined {
  const own = idOf(row);
  if (own !== undefined || !isMap(row)) return typeof row === 'boolean' ? undefined : own;
  const named = Object.hasOwn(row, dimension) ? row[dimension] : undefined;
  return typeof named === 'string' || typeof named === 'number' ? String(named) : undefined;
}

/** The first pair of ids that are equal when case is ignored: files of one would overwrite those of the other. */
export function clash(ids: readonly string[]): readonly [number, number] | undefined {
  const seen = new Map<string, number>();
  for (const [i, id] of ids.entries()) {
    const before = seen.get(id.toLowerCase());
    if (before !== undefined) return [before, i];
    seen.set(id.toLowerCase(), i);
  }
  return undefined;
}
