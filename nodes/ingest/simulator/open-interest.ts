import { Frame } from '../../../engine/sdk/index.js';
import { Draws } from './draws.js';
import type { Positions } from './positions.js';
import { openOf, opens, type Scene, traded } from './scene.js';

const UNITS = { base: 'base', value: 'quote' } as const;
const LOST = 5e-4;
/** Ratios of longs to shorts: their usual log, and how they follow demand. */
const TOP_ACCOUNTS = { usual: 0.3, follows: 0.12 } as const;
const TOP_POSITIONS = { usual: 0.1, follows: 0.08 } as const;
const ACCOUNTS = { usual: 0.5, follows: 0.25 } as const;
const NOISE = 0.01;

/**
 * Readings of open interest and long/short ratios, one at the open of each bar: what the bars before have left. None is taken
 * while the exchange is down, and a few are lost.
 */
export function openInterestOf(scene: Scene, { interest }: Positions): Frame {
  const { asset, from, to, shapes } = scene;
  const { name, random, clock, traits, demand } = asset;
  const stream = random(name, 'open interest');
  const rows = room(to - from);
  const begin = Math.floor(from / clock.bars) * clock.bars;
  let draws = new Draws(stream.at(begin / clock.bars));
  let length = 0;
  for (let bar = begin; bar < to; bar++) {
    if (bar > begin && bar % clock.bars === 0) draws = new Draws(stream.at(bar / clock.bars));
    const lost = draws.uniform() < LOST;
    const top = draws.normal();
    const position = draws.normal();
    const account = draws.normal();
    if (bar < from || bar === 0 || lost || !traded(scene, bar - 1)) continue;
    const base = traits.interest * Math.exp(interest[bar - 1] ?? 0);
    const crowd = demand[bar - 1] ?? 0;
    const bought = shapes.bought[bar - 1 - shapes.first] ?? Number.NaN;
    rows.ts[length] = opens(scene, bar);
    rows.base[length] = Math.round(base * 1000) / 1000;
    rows.value[length] = base * Math.exp(openOf(scene, bar));
    rows.top_account_ratio[length] = ratio(TOP_ACCOUNTS, crowd, top);
    rows.top_position_ratio[length] = ratio(TOP_POSITIONS, crowd, position);
    rows.account_ratio[length] = ratio(ACCOUNTS, crowd, account);
    rows.taker_ratio[length] = bought / (1 - bought);
    length++;
  }
  const cut = Object.entries(rows).map(([column, values]) => [column, values.slice(0, length)]);
  const ts = { dtype: 'time', values: rows.ts.slice(0, length) } as const;
  return Frame.of({ ...Object.fromEntries(cut), ts }, UNITS);
}

function ratio(
  { usual, follows }: { readonly usual: number; readonly follows: number },
  crowd: number,
  noise: number,
): number {
  return Math.exp(usual + follows * crowd + NOISE * noise);
}

function room(length: number) {
  const column = () => new Float64Array(length);
  return {
    ts: column(),
    base: column(),
    value: column(),
    top_account_ratio: column(),
    top_position_ratio: column(),
    account_ratio: column(),
    taker_ratio: column(),
  };
}
