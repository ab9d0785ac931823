import type { Column } from './column.js';
import type { Frame } from './frame.js';

/** Bytes of memory a column's values take; words count two bytes a code unit. */
export function columnBytes(column: Column): number {
  if (column.dtype !== 'text') return column.values.byteLength;
  return column.words.reduce((sum, word) => sum + 2 * word.length, column.codes.byteLength);
}

/** Bytes of memory a frame's columns take. Equal columns that share memory are counted once. */
export function frameBytes(frame: Frame): number {
  const columns = new Set(frame.fields.map(({ name }) => frame.get(name)));
  return [...columns].reduce((sum, column) => sum + columnBytes(column), 0);
}
