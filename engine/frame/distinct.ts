import type { Numbers } from './column.js';
import type { Frame } from './frame.js';
import { gathered, type Numbered, numbered } from './group.js';

/**
 * Whether no two rows share a key, for keys with one column of numbers: rows with the other columns in common are one group, in which
 * numbers mostly ascend as they stand; else they are put together and sorted. A map of all keys would take many times as long.
 * @returns  undefined for other keys
 */
export function distinct(frame: Frame, key: readonly string[]): boolean | undefined {
  const [only, ...more] = key.flatMap((name) => {
    const column = frame.get(name);
    return column.dtype === 'text' || column.dtype === 'bool'
      ? []
      : [{ name, values: column.values }];
  });
  if (only === undefined || more.length > 0) return undefined;
  const groups = numbered(
    frame,
    key.filter((name) => name !== only.name),
  );
  if (ascend(only.values, groups)) return true;
  const { count, rows } = gathered(groups);
  for (let group = 0; group < count; group++) {
    if (repeats(only.values, rows(group))) return false;
  }
  return true;
}

/** Does each number stand above the one before in its group? */
function ascend(values: Numbers, { ids, count }: Numbered): boolean {
  const last = new Float64Array(count).fill(-Infinity);
  for (let row = 0; row < values.length; row++) {
    const group = ids[row] ?? 0;
    const value = values[row] ?? Number.NaN;
    if (!(value > (last[group] ?? Number.NaN))) return false;
    last[group] = value;
  }
  return true;
}

function repeats(values: Numbers, rows: Readonly<Uint32Array>): boolean {
  const own = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) own[i] = values[rows[i] ?? 0] ?? Number.NaN;
  own.sort();
  // Missing ones stand last, and are one value.
  return own.some((value, i) => i > 0 && (value === own[i - 1] || Number.isNaN(own[i - 1])));
}
