import type { Frame } from '../../../engine/sdk/index.js';
import type { Broken, Faults } from './faults.js';
import { type BarColumns, rowsOf } from './published.js';

const CROSSED = 0.999;
const WICK = 1.15;

/**
 * Bars as a feed delivers them: some never, some flat while the exchange is down, some broken.
 * @param bars   Bars from number `begin` on; changed in place.
 * @param begin  The first bar of a day.
 * @param from   The first bar that is asked for.
 */
export function feed(bars: BarColumns, begin: number, from: number, faults: Faults): Frame {
  const count = bars.ts.length;
  const rows = new Uint32Array(count + faults.broken.size);
  let [length, shown] = [0, bars.open[0] ?? Number.NaN];
  for (let i = 0; i < count; i++) {
    const bar = begin + i;
    if (faults.absent.has(bar)) continue;
    if (faults.flat.has(bar)) flatten(bars, i, shown);
    // The last price is what was traded, whatever a broken row says.
    shown = bars.close[i] ?? shown;
    if (bar < from) continue;
    rows[length++] = i;
    const broken = faults.broken.get(bar);
    if (broken === 'twice') rows[length++] = i;
    else if (broken !== undefined) spoil(bars, i, broken);
  }
  return rowsOf(bars, rows.subarray(0, length));
}

/** What an exchange publishes while it is down: the last price and no volume. */
function flatten(bars: BarColumns, i: number, last: number): void {
  for (const price of ['open', 'high', 'low', 'close'] as const) bars[price][i] = last;
  for (const amount of ['volume', 'quote_volume', 'trade_count', 'taker_base_volume'] as const)
    bars[amount][i] = 0;
}

function spoil(bars: BarColumns, i: number, broken: Exclude<Broken, 'twice'>): void {
  const [high, low] = [bars.high[i] ?? 0, bars.low[i] ?? 0];
  if (broken === 'zero') bars.close[i] = 0;
  if (broken === 'wick') bars.high[i] = high * WICK;
  if (broken !== 'crossed') return;
  bars.high[i] = low * CROSSED;
  bars.low[i] = high;
}
