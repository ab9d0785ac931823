import { Frame, textColumn } from '../../../engine/sdk/index.js';
import { type Fault, faultOf, type RawColumns, rawColumns } from './faults.js';

/** First bar, number of bars and their length, in UTC milliseconds. */
export interface Grid {
  readonly from: number;
  readonly bars: number;
  readonly spacing: number;
}

/** Raw rows put on a grid: the frame, and what happened on the way. */
export interface Placed {
  readonly bars: Frame;
  /** Rows whose time is not on the grid; they are dropped. */
  readonly offGrid: number;
  /** Rows of a bar that was there already; the first is kept. */
  readonly duplicates: number;
}

const UNITS: Readonly<Record<keyof RawColumns, string>> = {
  open: 'quote / base',
  high: 'quote / base',
  low: 'quote / base',
  close: 'quote / base',
  volume: 'base',
  quote_volume: 'quote',
  trade_count: 'trades',
  taker_base_volume: 'base',
};

const TAKEN = 'taken';

/**
 * Put raw rows on a full grid. A bar without a usable row is missing in every column, never filled; `fault` says why.
 * Each row is judged by its own values, so nothing later can change an earlier bar.
 */
export function place(raw: Frame, grid: Grid): Placed {
  const from = rawColumns(raw);
  const rows = new Int32Array(grid.bars).fill(-1);
  const faults: (Fault | typeof TAKEN)[] = new Array(grid.bars).fill('absent');
  let offGrid = 0;
  let duplicates = 0;
  raw.time('ts').forEach((ts, row) => {
    const bar = (ts - grid.from) / grid.spacing;
    if (bar < 0 || bar >= grid.bars) return;
    if (!Number.isInteger(bar)) offGrid += 1;
    else if (faults[bar] !== 'absent') duplicates += 1;
    else {
      const fault = faultOf(from, row);
      faults[bar] = fault ?? TAKEN;
      if (fault === undefined) rows[bar] = row;
    }
  });
  return { bars: gridded(from, grid, rows, faults), offGrid, duplicates };
}

function gridded(
  raw: RawColumns,
  grid: Grid,
  rows: Int32Array,
  faults: readonly (Fault | typeof TAKEN)[],
): Frame {
  const ts = new Float64Array(grid.bars).map((_, bar) => grid.from + bar * grid.spacing);
  const numbers = Object.entries(raw).map(([name, values]) => {
    const column = new Float64Array(grid.bars);
    for (let bar = 0; bar < grid.bars; bar++) column[bar] = values[rows[bar] ?? -1] ?? Number.NaN;
    return [name, column] as const;
  });
  const gaps = new Uint8Array(grid.bars).map((_, bar) => (rows[bar] === -1 ? 1 : 0));
  const reasons = faults.map((fault) => (fault === TAKEN ? null : fault));
  return Frame.of(
    {
      ts: { dtype: 'time', values: ts },
      ...Object.fromEntries(numbers),
      is_gap: { dtype: 'bool', values: gaps },
      fault: textColumn(reasons),
    },
    UNITS,
  );
}
