import { type Jump, jumpsOf } from './jumps.js';
import { regimes } from './regime.js';
import { DAY, type Settings, type Streams } from './settings.js';
import { type Traits, traitsOf } from './traits.js';
import { type WalkDay, walk } from './walk.js';

const YEAR_DAYS = 365;

/** One symbol of the simulated market. */
export interface Asset {
  readonly name: string;
  readonly traits: Traits;
  readonly settings: Settings;
  /** Milliseconds of a bar; divides a day. */
  readonly spacing: number;
  readonly random: Streams;
}

/** A symbol's day before its bars are drawn. */
export interface Day {
  /** Days since the epoch. */
  readonly number: number;
  /** Log price at its start. */
  readonly level: number;
  readonly market: WalkDay;
  readonly alone: WalkDay;
  readonly jumps: readonly Jump[];
}

/** A symbol with the traits its name gives it. */
export function assetOf(name: string, spacing: number, settings: Settings, random: Streams): Asset {
  return { name, traits: traitsOf(name, random), settings, spacing, random };
}

/** The first `count` days from the epoch on; a few draws each. The price at a day's start is the sum of the days before. */
export function daysOf(asset: Asset, count: number): readonly Day[] {
  const { name, traits, settings, spacing, random } = asset;
  const daily = (settings.volatility * settings.volatility) / YEAR_DAYS;
  const share = settings.market_share;
  const scale = regimes(settings, count, random);
  const market = walk('market', daily * share, scale, settings, random);
  const own = daily * (1 - share) * traits.temper * traits.temper;
  const alone = walk(name, own, scale, settings, random);
  const draws = random(name, 'jumps');
  const days: Day[] = [];
  let level = Math.log(traits.price);
  for (let number = 0; number < count; number++) {
    const [m, a] = [market[number], alone[number]];
    if (!m || !a) break;
    const jumps = jumpsOf(settings.jumps_per_day, settings.jump, DAY / spacing, draws.at(number));
    days.push({ number, level, market: m, alone: a, jumps });
    const drift = -0.5 * (traits.beta * traits.beta * m.variance + a.variance);
    level += traits.beta * m.move + a.move + drift;
    for (const jump of jumps) level += jump.size;
  }
  return days;
}
