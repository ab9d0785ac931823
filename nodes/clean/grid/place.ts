import { Frame, textColumn } from '../../../engine/sdk/index.js';
import { RAW_TABLES } from '../../kinds/raw-tables.js';
import { extentOf } from '../quality/extent.js';
import type { Handled } from '../quality/handled.js';
import { Tally } from '../quality/tally.js';
import { faultOf, type RawColumns, rawColumns } from './faults.js';
import { type Grid, opensOf, seated } from './grid.js';
import { picked } from './picked.js';

/**
 * Put raw rows on a full grid. A bar without a usable row is missing in every column, never filled; `fault` says why.
 * Each row is judged by its own values, so nothing later can change an earlier bar.
 */
export function place(raw: Frame, grid: Grid): Handled {
  const from = rawColumns(raw);
  const { rows, dropped } = seated(raw.time('ts'), grid);
  const extent = extentOf(rows);
  const faults = new Tally();
  const reasons = new Array<string | null>(grid.bars).fill(null);
  for (let bar = 0; bar < grid.bars; bar++) {
    const row = rows[bar] ?? -1;
    const fault = row === -1 ? 'absent' : faultOf(from, row);
    if (fault === undefined) continue;
    rows[bar] = -1;
    reasons[bar] = fault;
    if (row !== -1) faults.add(fault);
  }
  return { frame: gridded(from, grid, rows, reasons), extent, faults: faults.counts, dropped };
}

function gridded(
  raw: RawColumns,
  grid: Grid,
  rows: Int32Array,
  reasons: readonly (string | null)[],
): Frame {
  const numbers = Object.entries(raw).map(([name, values]) => [name, picked(values, rows)]);
  const gaps = new Uint8Array(grid.bars).map((_, bar) => (rows[bar] === -1 ? 1 : 0));
  return Frame.of(
    {
      ts: { dtype: 'time', values: opensOf(grid) },
      ...Object.fromEntries(numbers),
      is_gap: { dtype: 'bool', values: gaps },
      fault: textColumn(reasons),
    },
    RAW_TABLES.bars,
  );
}
