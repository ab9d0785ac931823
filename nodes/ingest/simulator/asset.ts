import { Draws } from './draws.js';
import { jumpsOf } from './jumps.js';
import { type Listing, listingOf } from './listing.js';
import { regimes } from './regime.js';
import { seasonOf } from './season.js';
import { type Clock, DAY, type Settings, type Streams, YEAR_DAYS } from './settings.js';
import { type Traits, traitsOf } from './traits.js';
import { type Walk, walk } from './walk.js';

/** Weights of the market's demand and of a symbol's own in the symbol's. */
const OF_MARKET = 0.6;
const OF_ITSELF = 0.8;
/** Variance of a symbol's own moves on its first day above the usual, and the days in which that is forgotten. */
const WILD = 20;
const WILD_DAYS = 2;
/** Bars that stress outlives its forced orders, in e-foldings, and the most it can be. */
const STRESS_BARS = 6;
const STRESS_MOST = 4;

/** One symbol of the simulated market, with the state of every bar from the epoch on and no planted effect. */
export interface Asset {
  readonly name: string;
  readonly traits: Traits;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly random: Streams;
  readonly listing: Listing;
  /** Log price at the close of each bar. */
  readonly levels: Float64Array;
  /** Variance of each bar as it is expected before it. */
  readonly variances: Float64Array;
  /** Log of the volatility expected of a bar over what is usual at its hour. */
  readonly moods: Float64Array;
  /** Usual activity of each bar of a week against the mean, from the epoch on. */
  readonly season: Float64Array;
  /** What forced orders moved the price in each bar, in logs. */
  readonly forced: Float64Array;
  /** How much forced orders of the last half hour weigh, against the moves of the time. */
  readonly stress: Float64Array;
  /** Demand for leverage after each bar. */
  readonly demand: Float64Array;
}

/** A symbol's bars from the epoch to the end of day `days`; they depend on seed, symbol and time alone. */
export function assetOf(
  name: string,
  days: number,
  settings: Settings,
  clock: Clock,
  random: Streams,
): Asset {
  const traits = traitsOf(name, random);
  const listing = listingOf(name, settings);
  const season = seasonOf(clock);
  const daily = (settings.volatility * settings.volatility) / YEAR_DAYS / clock.bars;
  const share = settings.market_share;
  const regime = regimes(settings, days, random);
  const ages = wildness(listing, days, clock);
  const common = usual(daily * share, regime, season, clock);
  const own = daily * (1 - share) * traits.temper * traits.temper;
  const market = walk('market', common, undefined, settings, clock, random);
  const wild = regime.map((factor, day) => factor * (ages[day] ?? 1));
  const apart = usual(own, wild, season, clock);
  const alone = walk(name, apart, market.moods, settings, clock, random);
  const mean = traits.beta * traits.beta * daily * share + own;
  const joint = together(market, alone, traits, mean, season);
  leap(joint.levels, name, settings, clock, random);
  return { name, traits, settings, clock, random, listing, season, ...joint };
}

/** Usual variance of each bar: of all, of the day and of the hour. */
function usual(
  variance: number,
  days: Float64Array,
  season: Float64Array,
  { bars }: Clock,
): Float64Array {
  const made = new Float64Array(days.length * bars);
  for (let day = 0; day < days.length; day++) {
    const mean = variance * (days[day] ?? 0);
    const hour = (day * bars) % season.length;
    for (let i = 0; i < bars; i++) made[day * bars + i] = mean * (season[hour + i] ?? 1);
  }
  return made;
}

/** The symbol's share of the market's walk and its own, bar by bar. */
function together(market: Walk, alone: Walk, traits: Traits, mean: number, season: Float64Array) {
  const bars = alone.returns.length;
  const columns = () => new Float64Array(bars);
  const [levels, variances, moods, forced] = [columns(), columns(), columns(), columns()];
  const [stress, demand] = [columns(), columns()];
  const { beta, price } = traits;
  const fades = Math.exp(-1 / STRESS_BARS);
  let [level, strain] = [Math.log(price), 0];
  for (let i = 0; i < bars; i++) {
    const common = market.variances[i] ?? 0;
    const variance = beta * beta * common + (alone.variances[i] ?? 0);
    // Each walk has taken half its variance off; the market's counts beta² times, not beta times.
    level += beta * (market.returns[i] ?? 0) + (alone.returns[i] ?? 0);
    level -= 0.5 * (beta * beta - beta) * common;
    const force = beta * (market.forced[i] ?? 0) + (alone.forced[i] ?? 0);
    strain = Math.min(STRESS_MOST, fades * strain + Math.abs(force) / Math.sqrt(variance) / 2);
    levels[i] = level;
    variances[i] = variance;
    moods[i] = 0.5 * Math.log(variance / (mean * (season[i % season.length] ?? 1)));
    forced[i] = force;
    stress[i] = strain;
    demand[i] = OF_MARKET * (market.demand[i] ?? 0) + OF_ITSELF * (alone.demand[i] ?? 0);
  }
  return { levels, variances, moods, forced, stress, demand };
}

/** Add the symbol's jumps to its levels. */
function leap(levels: Float64Array, name: string, s: Settings, clock: Clock, random: Streams) {
  const moves = new Float64Array(clock.bars);
  const stream = random(name, 'jumps');
  let sum = 0;
  for (let day = 0; day * clock.bars < levels.length; day++) {
    const draws = new Draws(stream.at(day));
    for (const { bar, size } of jumpsOf(s.jumps_per_day, s.jump, clock.bars, draws)) {
      moves[bar] = (moves[bar] ?? 0) + size;
    }
    for (let bar = 0; bar < moves.length; bar++) {
      sum += moves[bar] ?? 0;
      moves[bar] = 0;
      const at = day * clock.bars + bar;
      levels[at] = (levels[at] ?? 0) + sum;
    }
  }
}

/** How much wilder than usual a symbol is on each day: a lot at first, then less and less. */
function wildness({ listed }: Listing, days: number, { epoch }: Clock): Float64Array {
  if (listed <= epoch) return new Float64Array(days).fill(1);
  return new Float64Array(days).map((_, day) => {
    const age = (epoch + day * DAY - listed) / DAY;
    return age < -1 ? 1 : 1 + WILD * Math.exp(-Math.max(age, 0) / WILD_DAYS);
  });
}
