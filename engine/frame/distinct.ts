import type { Numbers } from './column.js';
import type { Frame } from './frame.js';
import { groupBy } from './group.js';

/**
 * Whether no two rows share a key, for keys with one column of numbers: rows with the other columns in common are put together,
 * and their numbers, which mostly ascend as they stand, are compared. A map of all keys would take many times as long.
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
  const others = key.filter((name) => name !== only.name);
  const { count, rows } = groupBy(frame, others);
  for (let group = 0; group < count; group++) {
    if (repeats(only.values, rows(group))) return false;
  }
  return true;
}

function repeats(values: Numbers, rows: Readonly<Uint32Array>): boolean {
  const own = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) own[i] = values[rows[i] ?? 0] ?? Number.NaN;
  if (ascends(own)) return false;
  own.sort();
  // Missing ones stand last, and are one value.
  return own.some((value, i) => i > 0 && (value === own[i - 1] || Number.isNaN(own[i - 1])));
}

/** Does each number stand above the one before? */
function ascends(values: Readonly<Float64Array>): boolean {
  for (let i = 1; i < values.length; i++) {
    if (!((values[i] ?? Number.NaN) > (values[i - 1] ?? Number.NaN))) return false;
  }
  return true;
}
