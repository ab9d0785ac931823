import type { Frame } from '../../../engine/sdk/index.js';
import { Draws } from './draws.js';
import { spotFaultsOf } from './faults.js';
import { published, room, rowsOf } from './published.js';
import { openOf, opens, type Scene } from './scene.js';

/** Noise of spot's turnover in logs, of its takers' share, and how its wicks compare with the perpetual's. */
const NOISE = 0.35;
const WHIM = 0.08;
const WICK = { least: 0.8, spread: 0.3 } as const;
/** Trades on spot are a third as large. */
const TICKET = 1 / 3;

/**
 * Raw bars of the symbol's spot market: at the perpetual's price less its premium, with flow of its own. Spot opens where it
 * closed; its bars are missing at other times than the perpetual's.
 */
export function spotOf(scene: Scene): Frame {
  const { asset, from, to } = scene;
  const { name, random, settings, clock, traits } = asset;
  const day = Math.floor(from / clock.bars);
  const begin = day * clock.bars;
  const drawn = drawnOf(scene, begin, Math.max(begin, to));
  const ticket = traits.ticket * TICKET;
  const bars = published(drawn, opens(scene, begin), clock.spacing, traits.perUnit, ticket);
  const absent = spotFaultsOf(name, day, Math.ceil(to / clock.bars), settings, clock, random);
  const rows = new Uint32Array(to - from);
  let length = 0;
  for (let bar = from; bar < to; bar++) if (!absent.has(bar)) rows[length++] = bar - begin;
  return rowsOf(bars, rows.subarray(0, length));
}

function drawnOf(scene: Scene, begin: number, to: number) {
  const { asset, levels, shapes, basis } = scene;
  const { traits, clock, random, name } = asset;
  const stream = random(name, 'spot');
  let draws = new Draws(stream.at(begin / clock.bars));
  let open = openOf(scene, begin) - (basis[begin - 1] ?? traits.premium);
  const drawn = room(open, to - begin);
  for (let i = 0; i < to - begin; i++) {
    const bar = begin + i;
    if (i > 0 && bar % clock.bars === 0) draws = new Draws(stream.at(bar / clock.bars));
    const k = bar - shapes.first;
    const close = (levels[bar] ?? 0) - (basis[bar] ?? 0);
    drawn.close[i] = close;
    drawn.high[i] = Math.max(open, close) + (shapes.above[k] ?? 0) * wick(draws.uniform());
    drawn.low[i] = Math.min(open, close) - (shapes.below[k] ?? 0) * wick(draws.uniform());
    const usual = (shapes.quote[k] ?? 0) * traits.spotShare;
    drawn.quote[i] = usual * Math.exp(NOISE * draws.normal());
    const bought = (shapes.bought[k] ?? 0) + WHIM * draws.normal();
    drawn.bought[i] = Math.min(Math.max(bought, 0), 1);
    open = close;
  }
  return drawn;
}

function wick(u: number): number {
  return WICK.least + WICK.spread * u;
}
