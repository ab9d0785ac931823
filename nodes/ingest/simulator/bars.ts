import type { Frame } from '../../../engine/sdk/index.js';
import { RawBars } from '../tables/raw-bars.js';
import { type Asset, assetOf, type Day, daysOf } from './asset.js';
import { deliver, flat, price } from './bar.js';
import { drawDay, type Push } from './day.js';
import { faultsOf } from './faults.js';
import { DAY, dayOf, type Settings, type Streams } from './settings.js';

// 1. Days from the epoch on: regime, variance and move of the market and of the symbol (cheap: a few draws a day).
// 2. Where the world has planted effects: its bars without them from the epoch on, the firings in these, and what they push.
// 3. The bars of the range.
// 4. Faults: bars that never arrive, arrive flat, or arrive broken.

interface Range {
  readonly from: number;
  readonly to: number;
}

/** What planted effects add to the log price in each bar, from the bars without them, one row a bar from the epoch on. */
export type Planted = (bars: Frame) => Float64Array;

/**
 * Raw bars of a symbol with opens in [from, to). Bars depend on seed, symbol and time alone.
 * @param spacing  Milliseconds of a bar; divides a day.
 * @param planted  Absent in a world without effects, whose days before the range are then never drawn.
 */
export function simulateBars(
  name: string,
  range: Range,
  spacing: number,
  settings: Settings,
  random: Streams,
  planted?: Planted,
): Frame {
  const asset = assetOf(name, spacing, settings, random);
  const days = daysOf(asset, dayOf(range.to - 1, settings) + 1);
  const push = planted?.(asTraded(asset, days));
  const rows = new RawBars();
  const first = dayOf(range.from, settings);
  const bars = DAY / spacing;
  let before = 0;
  for (const day of days) {
    const own = push?.subarray(day.number * bars, (day.number + 1) * bars);
    if (day.number >= first) deliverDay(asset, day, own && { before, bars: own }, range, rows);
    for (const added of own ?? []) before += added;
  }
  return rows.frame();
}

/** Every bar of these days without effects or faults: what the world's own rules look at. */
function asTraded(asset: Asset, days: readonly Day[]): Frame {
  const rows = new RawBars();
  for (const day of days) for (const bar of drawDay(asset, day, undefined)) rows.push(bar);
  return rows.frame();
}

/** The bars of one day that lie in the range, faults and all. */
function deliverDay(
  asset: Asset,
  day: Day,
  push: Push | undefined,
  range: Range,
  rows: RawBars,
): void {
  const { name, settings, random, spacing, traits } = asset;
  const faults = faultsOf(
    settings.gaps_per_month,
    settings.bad_ticks_per_month,
    DAY / spacing,
    random(name, 'faults').at(day.number),
  );
  let shown = price(day.level + (push?.before ?? 0), traits);
  drawDay(asset, day, push).forEach((bar, i) => {
    if (faults.absent.has(i)) return;
    const row = faults.flat.has(i) ? flat(bar, shown) : bar;
    shown = row.close;
    if (row.ts >= range.from && row.ts < range.to) deliver(rows, row, faults.broken.get(i));
  });
}
