/*
 * The types of parameters stand in each other: a kind of spec in every node that takes one, and every record in its JSON Schema a
 * second time. Written out, the catalogue would grow with their product; so equal parts are written once, and named by place.
 */

/** Shorter parts are written where they stand. */
const WORTH = 48;

/**
 * Plain data as `{ parts, value }`: an object `{ "#": n }` stands for part n, and parts name earlier parts only.
 * `unshared` in `engine/yaml/unshared.ts` reads it.
 */
export function shared(data) {
  const counts = new Map();
  count(data, counts);
  const places = new Map();
  const parts = [];
  const value = written(data, counts, places, parts);
  return { parts, value };
}

/** How often each text of an object or list stands in the data. Of a repeated part, what is inside it is counted once. */
function count(data, counts) {
  if (typeof data !== 'object' || data === null) return;
  const text = JSON.stringify(data);
  if (text.length < WORTH) return;
  const before = counts.get(text) ?? 0;
  counts.set(text, before + 1);
  if (before === 0) for (const inner of Object.values(data)) count(inner, counts);
}

function written(data, counts, places, parts) {
  if (typeof data !== 'object' || data === null) return data;
  const text = JSON.stringify(data);
  if ((counts.get(text) ?? 0) < 2) return inside(data, counts, places, parts);
  const known = places.get(text);
  if (known !== undefined) return { '#': known };
  const part = inside(data, counts, places, parts);
  places.set(text, parts.length);
  parts.push(part);
  return { '#': parts.length - 1 };
}

function inside(data, counts, places, parts) {
  if (Object.hasOwn(data, '#')) throw new Error('"#" names parts; no field may be called so');
  if (Array.isArray(data)) return data.map((inner) => written(inner, counts, places, parts));
  return Object.fromEntries(
    Object.entries(data)
      .filter(([, inner]) => inner !== undefined)
      .map(([name, inner]) => [name, written(inner, counts, places, parts)]),
  );
}
