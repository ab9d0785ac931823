import { Frame } from '../../../engine/sdk/index.js';
import { Draws } from './draws.js';
import { opens, type Scene, traded } from './scene.js';
import { barsOfHour, straysOf } from './stray.js';

const UNITS = {
  spread_bps: 'bps',
  spread_bps_max: 'bps',
  spread_bps_std: 'bps',
  bid_depth_usd: 'quote',
  ask_depth_usd: 'quote',
  mid_close: 'quote / base',
} as const;
type Column = keyof typeof UNITS | 'imbalance' | 'coverage';

/** Log spread: how far and how long it strays by itself, how it follows volatility and stress, and noise. */
const STRAYS = 0.35;
const STRAY_DAYS = 3;
const FOLLOWS = 0.6;
const STRESSED = 0.5;
const NOISE = 0.2;
/** Depth at the best price as a share of a day's turnover. */
const DEPTH = 5e-4;
const THINS = 0.8;
const SECONDS = 300;
/** Quotes are spotty in some bars, and gone for a while on some days. */
const SPOTTY = 0.02;
const HOLES_A_DAY = 0.1;
const LONGEST_HOLE = 18;
const ENOUGH = 0.5;

/**
 * Top of book by bar as `spec/contracts/tob.yaml` has it: spreads that stray for days, widen with volatility and in stress and
 * never fall below a tick, depth that thins as they widen, and holes, in which spread and depth are missing.
 */
export function bookOf(scene: Scene): Frame {
  const { asset, from, to } = scene;
  const { name, random, clock } = asset;
  const columns = empty(to - from);
  const ts = new Float64Array(to - from);
  const strays = straysOf(random(name, 'strays'), STRAY_DAYS, to, clock);
  const hour = barsOfHour(clock);
  const stream = random(name, 'book');
  const lot: Lot = { share: 1, most: 0, noise: 0, lean: 0, jitter: 0, depth: 0 };
  for (let day = Math.floor(from / clock.bars); day * clock.bars < to; day++) {
    const draws = new Draws(stream.at(day));
    const hole = holeOf(draws, clock.bars);
    for (let at = 0; at < clock.bars; at++) {
      const bar = day * clock.bars + at;
      draw(lot, draws, at >= hole.from && at < hole.to);
      if (bar < from || bar >= to) continue;
      ts[bar - from] = opens(scene, bar);
      quote(scene, bar, strays[Math.floor(bar / hour)] ?? 0, lot, columns);
    }
  }
  return Frame.of({ ts: { dtype: 'time', values: ts }, ...columns }, UNITS);
}

/** What a bar of the book draws, written into numbers that are used again: there are many bars. */
interface Lot {
  share: number;
  most: number;
  noise: number;
  lean: number;
  jitter: number;
  depth: number;
}

function draw(lot: Lot, draws: Draws, hole: boolean): void {
  const share = draws.uniform() < SPOTTY ? draws.uniform() : 1;
  lot.share = hole ? 0.4 * share : share;
  lot.most = draws.exponential();
  lot.noise = draws.normal();
  lot.lean = draws.normal();
  lot.jitter = 2 * draws.uniform() - 1;
  lot.depth = 2 * draws.uniform() - 1;
}

/** Write the bar's row. */
function quote(
  scene: Scene,
  bar: number,
  stray: number,
  { share, most, noise, lean, jitter, depth }: Lot,
  columns: Record<Column, Float64Array>,
): void {
  const { asset, levels, from } = scene;
  const { traits, moods, stress } = asset;
  const at = bar - from;
  const coverage = traded(scene, bar) ? Math.round(share * SECONDS) / SECONDS : 0;
  const wide = STRAYS * stray + FOLLOWS * (moods[bar] ?? 0) + STRESSED * (stress[bar] ?? 0);
  const price = Math.exp(levels[bar] ?? 0);
  const tick = 1 / (traits.perUnit * price);
  const spread = 1e4 * Math.max(tick, traits.spread * Math.exp(wide + NOISE * noise));
  columns.coverage[at] = coverage;
  columns.mid_close[at] = coverage === 0 ? Number.NaN : price * (1 + 0.25e-4 * spread * jitter);
  const known = coverage < ENOUGH ? Number.NaN : 1;
  const half = known * DEPTH * traits.turnover * Math.exp(-THINS * wide + 0.4 * depth);
  columns.spread_bps[at] = known * spread;
  columns.spread_bps_max[at] = known * spread * (1.2 + most);
  columns.spread_bps_std[at] = known * spread * (0.15 + 0.25 * most);
  columns.bid_depth_usd[at] = half * Math.exp(0.3 * lean);
  columns.ask_depth_usd[at] = half * Math.exp(-0.3 * lean);
  columns.imbalance[at] = known / (1 + Math.exp(-0.4 * lean - 0.1 * jitter));
}

function empty(length: number): Record<Column, Float64Array> {
  const column = () => new Float64Array(length);
  return {
    spread_bps: column(),
    spread_bps_max: column(),
    spread_bps_std: column(),
    bid_depth_usd: column(),
    ask_depth_usd: column(),
    imbalance: column(),
    mid_close: column(),
    coverage: column(),
  };
}

/** Bars of a day, counted from its start, in which hardly a quote arrives. */
function holeOf(draws: Draws, bars: number): { readonly from: number; readonly to: number } {
  const [struck, begin, length] = [draws.uniform(), draws.uniform(), draws.uniform()];
  if (struck >= HOLES_A_DAY) return { from: 0, to: 0 };
  const from = Math.floor(begin * bars);
  return { from, to: from + 1 + Math.floor(length * LONGEST_HOLE) };
}
