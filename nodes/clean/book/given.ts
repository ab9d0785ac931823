import type { Frame } from '../../../engine/sdk/index.js';
import { type Grid, seated } from '../grid/grid.js';
import { extentOf } from '../quality/extent.js';
import type { Handled } from '../quality/handled.js';
import { BOOK_COLUMNS, bookFrame, emptyBook, withoutThin } from './columns.js';

/**
 * Top of book of a source that gives it by bar, on a full grid and held to the same rule: where less than half of a bar was
 * quoted, or the source does not say, spread and depth are missing. A bar without a row has a coverage of 0.
 */
export function givenBook(raw: Frame, grid: Grid): Handled {
  const { rows, dropped } = seated(raw.time('ts'), grid);
  const book = emptyBook(grid.bars);
  for (const name of BOOK_COLUMNS) {
    const [values, column] = [raw.column(name), book[name]];
    for (let bar = 0; bar < grid.bars; bar++) {
      const row = rows[bar] ?? -1;
      const value = row === -1 ? undefined : values[row];
      if (value !== undefined && !Number.isNaN(value)) column[bar] = value;
    }
  }
  const frame = bookFrame(withoutThin(book), grid);
  return { frame, extent: extentOf(rows), faults: {}, dropped };
}
