import type { Json } from './value.js';

/** Plain data of which equal parts were written once: `{ "#": n }` stands for part n, and parts name earlier ones only. */
export interface Shared {
  readonly parts: readonly Json[];
  readonly value: Json;
}

/** The data as they were; parts that stand in several places are one object there. */
export function unshared({ parts, value }: Shared): Json {
  const whole: Json[] = [];
  for (const part of parts) whole.push(filled(part, whole));
  return filled(value, whole);
}

function filled(data: Json, parts: readonly Json[]): Json {
  if (Array.isArray(data)) return data.map((inner) => filled(inner, parts));
  if (typeof data !== 'object' || data === null) return data;
  const found: Record<string, Json> = {};
  for (const [name, inner] of Object.entries(data)) {
    if (name === '#' && typeof inner === 'number') return parts[inner] ?? null;
    found[name] = filled(inner, parts);
  }
  return found;
}
