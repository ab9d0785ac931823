import type { Random } from '../../../engine/sdk/index.js';
import type { Bar, RawBars } from '../tables/raw-bars.js';
import type { Broken } from './faults.js';
import type { Traits } from './traits.js';

/** What is known of a bar before it is drawn. */
export interface Move {
  readonly ts: number;
  /** Log price at the open and at the close. */
  readonly from: number;
  readonly to: number;
  /** Variance of the bar's log return, and of the usual bar of its day. */
  readonly variance: number;
  readonly usualVariance: number;
  /** Usual activity at this hour. */
  readonly activity: number;
  /** Mean turnover of a bar in quote units. */
  readonly turnover: number;
}

/**
 * Range, volume and flow of one bar from its move. High and low are the extremes of a Brownian bridge between open and
 * close; volume grows with activity and the size of the move, takers buy when the price rises: all within the bar.
 */
export function drawBar(bar: Move, traits: Traits, draws: Random): Bar {
  const { ts, from, to, variance } = bar;
  const move = to - from;
  const reach = (u: number) => Math.sqrt(move * move - 2 * variance * Math.log(1 - u));
  const [open, close] = [price(from, traits), price(to, traits)];
  const high = Math.max(price(from + 0.5 * (move + reach(draws.uniform())), traits), open, close);
  const low = Math.min(price(from + 0.5 * (move - reach(draws.uniform())), traits), open, close);
  const size = Math.abs(move) / Math.sqrt(variance);
  const stir = Math.sqrt(variance / (bar.usualVariance * bar.activity)) * (0.55 + 0.55 * size);
  const busy = bar.activity * stir * Math.exp(0.5 * draws.normal() - 0.125);
  const quote = bar.turnover * busy;
  const volume = round((quote * 4) / (open + high + low + close), 1000);
  const lean = clip(0.5 + (0.1 * move) / Math.sqrt(variance) + 0.05 * draws.normal(), 0.02, 0.98);
  return {
    ts,
    open,
    high,
    low,
    close,
    volume,
    quote_volume: round((volume * (open + high + low + close)) / 4, 100),
    trade_count: 1 + Math.round(quote / traits.ticket),
    taker_base_volume: Math.min(volume, round(volume * lean, 1000)),
  };
}

/** What an exchange publishes while it is down: the last price and no volume. */
export function flat({ ts }: Bar, last: number): Bar {
  const prices = { open: last, high: last, low: last, close: last };
  return { ts, ...prices, volume: 0, quote_volume: 0, trade_count: 0, taker_base_volume: 0 };
}

/** Put a bar into the feed, broken if need be. */
export function deliver(rows: RawBars, bar: Bar, broken: Broken | undefined): void {
  switch (broken) {
    case 'twice':
      rows.push(bar);
      rows.push(bar);
      return;
    case 'crossed':
      rows.push({ ...bar, high: bar.low * 0.999, low: bar.high });
      return;
    case 'zero':
      rows.push({ ...bar, close: 0 });
      return;
    case 'wick':
      rows.push({ ...bar, high: bar.high * 1.15 });
      return;
    case undefined:
      rows.push(bar);
  }
}

/** The price at a log level, on the grid of ticks. */
export function price(level: number, { perUnit }: Traits): number {
  return Math.max(1, Math.round(Math.exp(level) * perUnit)) / perUnit;
}

function round(x: number, perUnit: number): number {
  return Math.round(x * perUnit) / perUnit;
}

function clip(x: number, low: number, high: number): number {
  return Math.min(Math.max(x, low), high);
}
