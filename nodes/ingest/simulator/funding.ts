import { Frame } from '../../../engine/sdk/index.js';
import type { Range } from '../tables/given.js';
import type { Asset } from './asset.js';
import type { Scene } from './scene.js';
import { barAt, DAY, HOUR } from './settings.js';

/** Interest of eight hours, the band in which it decides, and the most a print can be. */
const INTEREST = 1e-4;
const INTEREST_HOURS = 8;
const BAND = 5e-4;
const CAP = 3e-3;
const LATE_SHARE = 0.06;
const LATEST_MS = 24;

/**
 * Funding prints of a symbol in [from, to): the mean premium of the interval that ends, pulled to the interest rate inside a
 * band, so that many prints sit exactly at it, and capped. Some stamps are a few milliseconds late.
 * @see  Binance, Introduction to Binance Futures Funding Rates: premium + clamp(interest − premium, ±0.05 %)
 */
export function fundingOf({ asset, basis }: Scene, range: Range): Frame {
  const { name, random, clock, listing } = asset;
  const from = Math.max(range.from, listing.listed + 1);
  const to = Math.min(range.to, listing.delisted ?? range.to);
  const listed = barAt(listing.listed, clock);
  const late = random(name, 'funding');
  const [times, rates]: [number[], number[]] = [[], []];
  for (const { ts, every } of stampsOf(asset, from, to)) {
    const end = barAt(ts, clock);
    const begin = Math.min(end - 1, Math.max(listed, barAt(ts - every, clock)));
    const draw = late.at((ts - clock.epoch) / HOUR);
    times.push(ts + (draw.uniform() < LATE_SHARE ? 1 + draw.integer(LATEST_MS) : 0));
    rates.push(rateOf(mean(basis.subarray(Math.max(0, begin), end)), every));
  }
  return Frame.of(
    {
      ts: { dtype: 'time', values: Float64Array.from(times) },
      rate: Float64Array.from(rates),
      interval_hours: new Float64Array(times.length).fill(Number.NaN), // not told: cleaning finds it
    },
    { interval_hours: 'hours' },
  );
}

/** The rate of an interval with this mean premium, to eight digits as exchanges report it. */
export function rateOf(premium: number, every: number): number {
  const interest = (INTEREST * every) / (INTEREST_HOURS * HOUR);
  const pulled = premium + clip(interest - premium, -BAND, BAND);
  return Math.round(clip(pulled, -CAP, CAP) * 1e8) / 1e8;
}

/** When a symbol settles in [from, to), and how long each interval was; intervals may change at the start of a day. */
function stampsOf({ name, settings, clock }: Asset, from: number, to: number) {
  const changes = settings.funding_changes.filter((change) => change.symbol === name);
  const stamps: { readonly ts: number; readonly every: number }[] = [];
  const first = Math.floor((from - clock.epoch) / DAY) - 1;
  for (let day = Math.max(0, first); clock.epoch + day * DAY < to; day++) {
    const start = clock.epoch + day * DAY;
    const latest = changes.filter((change) => change.from <= start).at(-1);
    const every = latest?.every ?? settings.funding_interval;
    // A settlement closes the interval before it: the one at midnight still that of yesterday.
    for (let ts = start + every; ts <= start + DAY; ts += every) {
      if (ts >= from && ts < to) stamps.push({ ts, every });
    }
  }
  return stamps;
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}

function clip(x: number, low: number, high: number): number {
  return Math.min(Math.max(x, low), high);
}
