import type { Frame } from '../../../engine/sdk/index.js';
import { RawBars } from '../tables/raw-bars.js';
import { deliver, drawBar, flat, price } from './bar.js';
import { faultsOf } from './faults.js';
import { type Jump, jumpsOf } from './jumps.js';
import { regimes } from './regime.js';
import { activity, DAY, dayOf, type Settings, type Streams } from './settings.js';
import { type Traits, traitsOf } from './traits.js';
import { bridge, type Path, type WalkDay, walk } from './walk.js';

// 1. Days from the epoch on: regime, variance and move of the market and of the symbol (cheap: a few draws a day).
// 2. The price at the start of each day is the sum of the days before.
// 3. Days of the span only: bars by a bridge, jumps on top, then range, volume and flow of each bar.
// 4. Faults: bars that never arrive, arrive flat, or arrive broken.

interface Range {
  readonly from: number;
  readonly to: number;
}

/** One symbol of the simulated market while its bars are made. */
interface Symbol {
  readonly name: string;
  readonly traits: Traits;
  readonly settings: Settings;
  readonly spacing: number;
  readonly random: Streams;
}

const YEAR_DAYS = 365;

/**
 * Raw bars of a symbol with opens in [from, to). Bars depend on seed, symbol and time alone.
 * @param spacing  Milliseconds of a bar; divides a day.
 */
export function simulateBars(
  name: string,
  range: Range,
  spacing: number,
  settings: Settings,
  random: Streams,
): Frame {
  const symbol = { name, traits: traitsOf(name, random), settings, spacing, random };
  const { traits } = symbol;
  const daily = (settings.volatility * settings.volatility) / YEAR_DAYS;
  const first = dayOf(range.from, settings);
  const scale = regimes(settings, dayOf(range.to - 1, settings) + 1, random);
  const share = settings.market_share;
  const market = walk('market', daily * share, scale, settings, random);
  const own = daily * (1 - share) * traits.temper * traits.temper;
  const alone = walk(name, own, scale, settings, random);
  const [jumpDraws, bars] = [random(name, 'jumps'), DAY / spacing];
  const rows = new RawBars();
  let level = Math.log(traits.price);
  for (let day = 0; day < scale.length; day++) {
    const [m, a] = [market[day], alone[day]];
    if (!m || !a) break;
    const jumps = jumpsOf(settings.jumps_per_day, settings.jump, bars, jumpDraws.at(day));
    if (day >= first) drawDay(symbol, day, level, m, a, jumps, range, rows);
    const drift = -0.5 * (traits.beta * traits.beta * m.variance + a.variance);
    level += traits.beta * m.move + a.move + drift;
    for (const jump of jumps) level += jump.size;
  }
  return rows.frame();
}

/** The bars of one day that lie in the range, faults and all. */
function drawDay(
  symbol: Symbol,
  day: number,
  level: number,
  market: WalkDay,
  alone: WalkDay,
  jumps: readonly Jump[],
  range: Range,
  rows: RawBars,
): void {
  const { name, settings, spacing, random, traits } = symbol;
  const start = settings.epoch + day * DAY;
  const bars = DAY / spacing;
  const usual = new Float64Array(bars).map((_, i) => activity(start + i * spacing));
  const tails = settings.tails;
  const common = bridge(market, usual, tails, random('market', 'bars').at(day));
  const own = bridge(alone, usual, tails, random(name, 'bars').at(day));
  const path = together(common, own, traits.beta, jumps);
  const faults = faultsOf(
    settings.gaps_per_month,
    settings.bad_ticks_per_month,
    bars,
    random(name, 'faults').at(day),
  );
  const turnover = traits.turnover / bars;
  const usualVariance = (market.variance * traits.beta * traits.beta + alone.variance) / bars;
  const draws = random(name, 'flow').at(day);
  let from = level;
  let shown = price(level, traits);
  for (let i = 0; i < bars; i++) {
    const to = from + (path.returns[i] ?? 0);
    const ts = start + i * spacing;
    const variance = path.variances[i] ?? 0;
    const move = { ts, from, to, variance, usualVariance, activity: usual[i] ?? 1, turnover };
    const bar = drawBar(move, traits, draws);
    from = to;
    if (faults.absent.has(i) || ts < range.from || ts >= range.to) continue;
    const row = faults.flat.has(i) ? flat(bar, shown) : bar;
    shown = row.close;
    deliver(rows, row, faults.broken.get(i));
  }
}

/** Log returns and variances of a symbol: its share of the market's move, its own move, its jumps, no drift in price. */
function together(market: Path, own: Path, beta: number, jumps: readonly Jump[]): Path {
  const variances = market.variances.map((v, i) => beta * beta * v + (own.variances[i] ?? 0));
  const returns = market.returns.map(
    (r, i) => beta * r + (own.returns[i] ?? 0) - 0.5 * (variances[i] ?? 0),
  );
  for (const { bar, size } of jumps) returns[bar] = (returns[bar] ?? 0) + size;
  return { returns, variances };
}
