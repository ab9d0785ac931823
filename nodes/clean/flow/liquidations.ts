import { Frame } from '../../../engine/sdk/index.js';
import { type Grid, opensOf } from '../grid/grid.js';
import type { Handled } from '../quality/handled.js';
import { Tally } from '../quality/tally.js';
import { faultOf, type Orders, ordersIn } from './orders.js';

const DAY = 86_400_000;

/*
 * 1. Each order is added to the bar it was filled in. Orders that repeat another in every column, or lack side or value, are
 *    dropped and counted. A row of which nothing but the time is there says that the source was listening; it is no order.
 * 2. A bar is covered if the source told anything on the same UTC day up to the close of the bar, or within `quiet` before it:
 *    archives come in files of a day, and whoever stands at the close of a bar cannot tell more. A day's first bars are therefore
 *    missing until something was told, unless it was told shortly before.
 * 3. A covered bar without an order holds zeros, a bar that is not covered nothing.
 */

/** Forced orders summed by bar. */
export function sumLiquidations(raw: Frame, grid: Grid, quiet: number): Handled {
  const orders = ordersIn(raw);
  const { sums, dropped } = summed(orders, grid);
  const extent = withoutUncovered(Object.values(sums), heardBy(orders.ts, grid), grid, quiet);
  const { long_usd, short_usd, count } = sums;
  const notional = long_usd.map((usd, bar) => usd + (short_usd[bar] ?? Number.NaN));
  const frame = Frame.of(
    { ts: { dtype: 'time', values: opensOf(grid) }, long_usd, short_usd, notional, count },
    { long_usd: 'quote', short_usd: 'quote', notional: 'quote', count: 'count' },
  );
  return { frame, extent, faults: {}, dropped };
}

function summed(orders: Orders, grid: Grid) {
  const zeros = () => new Float64Array(grid.bars);
  const [sums, dropped] = [{ long_usd: zeros(), short_usd: zeros(), count: zeros() }, new Tally()];
  const { ts, sell, value } = orders;
  for (let row = 0; row < ts.length; row++) {
    const bar = Math.floor(((ts[row] ?? 0) - grid.from) / grid.spacing);
    if (bar < 0 || bar >= grid.bars) continue;
    const fault = faultOf(orders, row);
    if (fault === undefined) {
      const side = sell[row] === 1 ? sums.long_usd : sums.short_usd;
      side[bar] = (side[bar] ?? 0) + (value[row] ?? 0);
      sums.count[bar] = (sums.count[bar] ?? 0) + 1;
    } else if (fault !== 'silent') dropped.add(fault);
  }
  return { sums, dropped: dropped.counts };
}

/** For each bar the time of the last row before its close; −∞ where there is none. */
function heardBy(ts: Readonly<Float64Array>, grid: Grid): Float64Array {
  const heard = new Float64Array(grid.bars);
  let [row, last] = [0, Number.NEGATIVE_INFINITY];
  for (let bar = 0; bar < grid.bars; bar++) {
    const close = grid.from + (bar + 1) * grid.spacing;
    for (; row < ts.length && (ts[row] ?? 0) < close; row++) last = ts[row] ?? last;
    heard[bar] = last;
  }
  return heard;
}

/** Bars that are not covered become missing; gives the first and the last that is. */
function withoutUncovered(
  columns: readonly Float64Array[],
  heard: Readonly<Float64Array>,
  { from, spacing }: Grid,
  quiet: number,
): Handled['extent'] {
  let extent: Handled['extent'];
  for (let bar = 0; bar < heard.length; bar++) {
    const [open, last] = [from + bar * spacing, heard[bar] ?? Number.NEGATIVE_INFINITY];
    const today = last >= Math.floor(open / DAY) * DAY;
    if (today || open + spacing - last <= quiet) {
      extent = { first: extent?.first ?? bar, last: bar };
    } else for (const column of columns) column[bar] = Number.NaN;
  }
  return extent;
}
