import { createHash } from 'node:crypto';

/** Plain data that can be named by its content. */
export type Plain =
  | null
  | boolean
  | number
  | string
  | readonly Plain[]
  | { readonly [key: string]: Plain };

/**
 * A short name that two values share only if they are equal: the first 24 hex digits of the SHA-256 of their text with
 * sorted keys. The order in which keys were written does not matter.
 */
export function fingerprint(value: Plain): string {
  return createHash('sha256').update(written(value)).digest('hex').slice(0, 24);
}

function written(value: Plain): string {
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${written(part)}`).join(',')}}`;
}
