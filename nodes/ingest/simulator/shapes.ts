import type { Asset } from './asset.js';
import { Draws } from './draws.js';
import { barsOfHour, straysOf } from './stray.js';

/** Log turnover: how it follows expected volatility, how far and how long it strays by itself, and noise. */
const BUSY = 0.8;
const STRAYS = 0.4;
const STRAY_DAYS = 1;
const NOISE = 0.35;
const MEAN = 0.5 * (STRAYS * STRAYS + NOISE * NOISE);
/** Turnover of a bar that does not move, and what each usual move adds to it. */
const STILL = 0.72;
const MOVED = 0.35;
/** How takers lean with the move, how far they lean without it, and the least and most they can. */
const LEAN = 0.055;
const WHIM = 0.1;
const LEAST_LEAN = 0.02;
const FARTHEST = 4;

/** What planted effects leave alone of bars, from bar `first` on: wicks in logs, turnover in quote units, takers' share. */
export interface Shapes {
  readonly first: number;
  /** High above the higher of open and close, low below the lower of them. */
  readonly above: Float64Array;
  readonly below: Float64Array;
  readonly quote: Float64Array;
  readonly bought: Float64Array;
}

/**
 * Shapes of the bars of days [from, to). Wicks are the extremes of a Brownian bridge between open and close; turnover grows
 * with the volatility that is expected and with the size of the move, takers buy when the price rises: all within the bar, so
 * that no bar tells the direction of the next.
 */
export function shapesOf(asset: Asset, from: number, to: number): Shapes {
  const { name, random, levels, variances, moods, season, traits, clock } = asset;
  const first = from * clock.bars;
  const made = empty(first, (to - from) * clock.bars);
  const flow = random(name, 'flow');
  const strays = straysOf(random(name, 'turnover'), STRAY_DAYS, to * clock.bars, clock);
  const hour = barsOfHour(clock);
  let draws = new Draws(flow.at(from));
  let last = levels[first - 1] ?? Math.log(traits.price);
  for (let k = 0; k < made.quote.length; k++) {
    const i = first + k;
    if (k > 0 && k % clock.bars === 0) draws = new Draws(flow.at(i / clock.bars));
    const variance = variances[i] ?? 0;
    const close = levels[i] ?? 0;
    const move = close - last;
    last = close;
    made.above[k] = wick(move, variance, draws.uniform());
    made.below[k] = wick(move, variance, draws.uniform());
    const signed = move / Math.sqrt(variance);
    const size = Math.min(Math.abs(signed), 3 * FARTHEST);
    const busy = BUSY * (moods[i] ?? 0) + STRAYS * (strays[Math.floor(i / hour)] ?? 0);
    const pace = Math.exp(busy + NOISE * draws.normal() - MEAN);
    const usual = (traits.turnover / clock.bars) * (season[i % season.length] ?? 1);
    made.quote[k] = usual * pace * (STILL + MOVED * size);
    const lean = 0.5 + LEAN * clip(signed, -FARTHEST, FARTHEST) + WHIM * draws.normal();
    made.bought[k] = clip(lean, LEAST_LEAN, 1 - LEAST_LEAN);
  }
  return made;
}

/** How far a bridge strays beyond its farther end. */
function wick(move: number, variance: number, u: number): number {
  return 0.5 * (Math.sqrt(move * move - 2 * variance * Math.log(1 - u)) - Math.abs(move));
}

function empty(first: number, bars: number): Shapes {
  return {
    first,
    above: new Float64Array(bars),
    below: new Float64Array(bars),
    quote: new Float64Array(bars),
    bought: new Float64Array(bars),
  };
}

function clip(x: number, low: number, high: number): number {
  return Math.min(Math.max(x, low), high);
}
