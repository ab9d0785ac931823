import { Frame } from '../../../engine/sdk/index.js';
import { Draws } from './draws.js';
import type { Positions } from './positions.js';
import { priceAt } from './published.js';
import { openOf, opens, type Scene, traded } from './scene.js';

const UNITS = { price: 'quote / base', base: 'base', value: 'quote' } as const;
/** What a usual forced order is worth, as a share of open interest, and the most orders a bar has. */
const ORDER = 4e-5;
const MOST = 40;
const LEAST_USD = 50;

interface Ticks {
  readonly ts: number[];
  readonly sell: number[];
  readonly price: number[];
  readonly base: number[];
  readonly value: number[];
}

/**
 * Forced orders one by one, in order of time: what a bar liquidates, split into orders of uneven size at random times, priced
 * on the way from open to close. Their worth and what open interest loses are one number.
 */
export function liquidationsOf(scene: Scene, { interest, liquidated }: Positions): Frame {
  const { asset, from, to } = scene;
  const { name, random, clock, traits } = asset;
  const ticks: Ticks = { ts: [], sell: [], price: [], base: [], value: [] };
  const stream = random(name, 'liquidations');
  const parts = { at: new Float64Array(MOST), weight: new Float64Array(MOST) };
  const begin = Math.floor(from / clock.bars) * clock.bars;
  let draws = new Draws(stream.at(begin / clock.bars));
  for (let bar = begin; bar < to; bar++) {
    if (bar > begin && bar % clock.bars === 0) draws = new Draws(stream.at(bar / clock.bars));
    const share = liquidated[bar] ?? 0;
    if (share === 0) continue;
    const held = traits.interest * Math.exp(interest[bar - 1] ?? 0);
    const worth = Math.abs(share) * held * Math.exp(openOf(scene, bar));
    const count = Math.min(MOST, 1 + Math.floor(Math.abs(share) / ORDER));
    divide(count, draws, parts);
    if (bar < from || worth < LEAST_USD || !traded(scene, bar)) continue;
    for (let i = 0; i < count; i++) {
      add(scene, bar, share > 0, parts.at[i] ?? 0, worth * (parts.weight[i] ?? 0), ticks);
    }
  }
  return frameOf(ticks);
}

/** Times and weights of the orders of one bar; room that is used again, since there are many bars. */
interface Parts {
  readonly at: Float64Array;
  readonly weight: Float64Array;
}

/** Write uniform times in order, as shares of a bar, and weights that sum to 1. */
function divide(count: number, draws: Draws, { at, weight }: Parts): void {
  let [time, all] = [0, 0];
  for (let i = 0; i < count; i++) {
    time += draws.exponential();
    at[i] = time;
    const part = draws.exponential();
    weight[i] = part;
    all += part;
  }
  time += draws.exponential();
  for (let i = 0; i < count; i++) {
    at[i] = (at[i] ?? 0) / time;
    weight[i] = (weight[i] ?? 0) / all;
  }
}

function add(
  scene: Scene,
  bar: number,
  sell: boolean,
  at: number,
  worth: number,
  ticks: Ticks,
): void {
  const { levels, asset } = scene;
  const [open, close] = [openOf(scene, bar), levels[bar] ?? 0];
  const price = priceAt(open + (close - open) * at, asset.traits.perUnit);
  const base = Math.round((worth / price) * 1e6) / 1e6;
  ticks.ts.push(opens(scene, bar) + Math.floor(at * asset.clock.spacing));
  ticks.sell.push(sell ? 1 : 0);
  ticks.price.push(price);
  ticks.base.push(base);
  ticks.value.push(base * price);
}

function frameOf({ ts, sell, price, base, value }: Ticks): Frame {
  return Frame.of(
    {
      ts: { dtype: 'time', values: Float64Array.from(ts) },
      sell: { dtype: 'bool', values: Uint8Array.from(sell) },
      price: Float64Array.from(price),
      base: Float64Array.from(base),
      value: Float64Array.from(value),
    },
    UNITS,
  );
}
