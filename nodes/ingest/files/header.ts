import { meant } from './nearest.js';
import type { Wanted } from './rows.js';
import type { Refuse } from './tell.js';

/**
 * Where the wanted columns stand among the names of a file; files may have others besides, in any order.
 * @throws ingest/double-column, ingest/wrong-header with the nearest name
 */
export function placesOf(
  file: string,
  names: readonly string[],
  wanted: readonly Wanted[],
  refuse: Refuse,
): readonly number[] {
  return wanted.map(({ name }) => {
    const place = names.indexOf(name);
    if (place < 0) {
      const found = names.join(', ').slice(0, 300);
      return refuse('ingest/wrong-header', { file, column: name, hint: meant(name, names), found });
    }
    if (names.indexOf(name, place + 1) > 0) {
      refuse('ingest/double-column', { file, column: name });
    }
    return place;
  });
}
