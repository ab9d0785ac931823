import { Frame, type Numbers } from '../../../engine/sdk/index.js';
import { extentOf } from '../quality/extent.js';
import type { Handled } from '../quality/handled.js';
import { Tally } from '../quality/tally.js';
import { type Grid, opensOf, seated } from './grid.js';
import { picked } from './picked.js';

interface Prices {
  readonly open: Numbers;
  readonly high: Numbers;
  readonly low: Numbers;
  readonly close: Numbers;
}

/**
 * Bars of a price nobody trades at, on a full grid. A row that is not whole, or whose high and low do not hold its open and
 * close, is missing in every column.
 * @param positive  whether it is a price, which is above 0, or a premium, which has either sign
 */
export function placeMarks(raw: Frame, grid: Grid, positive: boolean): Handled {
  const from: Prices = {
    open: raw.column('open'),
    high: raw.column('high'),
    low: raw.column('low'),
    close: raw.column('close'),
  };
  const { rows, dropped } = seated(raw.time('ts'), grid);
  const extent = extentOf(rows);
  const faults = new Tally();
  for (let bar = 0; bar < grid.bars; bar++) {
    const row = rows[bar] ?? -1;
    const fault = row === -1 ? undefined : faultOf(from, row, positive);
    if (fault === undefined) continue;
    faults.add(fault);
    rows[bar] = -1;
  }
  const columns = Object.entries(from).map(([name, values]) => [name, picked(values, rows)]);
  const ts = { dtype: 'time', values: opensOf(grid) } as const;
  const frame = Frame.of({ ts, ...Object.fromEntries(columns) });
  return { frame, extent, faults: faults.counts, dropped };
}

function faultOf(from: Prices, row: number, positive: boolean): 'price' | 'range' | undefined {
  const at = (values: Numbers) => values[row] ?? Number.NaN;
  const [open, high, low, close] = [at(from.open), at(from.high), at(from.low), at(from.close)];
  const least = positive ? 0 : Number.NEGATIVE_INFINITY;
  if (!(open > least && high > least && low > least && close > least)) return 'price';
  return low <= open && open <= high && low <= close && close <= high ? undefined : 'range';
}
