import type { Bar } from '../tables/raw-bars.js';
import type { Asset, Day } from './asset.js';
import { drawBar } from './bar.js';
import type { Jump } from './jumps.js';
import { activity, DAY } from './settings.js';
import { bridge, type Path } from './walk.js';

/** What planted effects add to the log price: before the day, and in each of its bars. */
export interface Push {
  readonly before: number;
  readonly bars: Float64Array;
}

/** The bars of one day as they were traded: by a bridge, jumps and pushes on top, then range, volume and flow of each bar. */
export function drawDay(asset: Asset, day: Day, push: Push | undefined): readonly Bar[] {
  const { name, settings, spacing, random, traits } = asset;
  const { number, market, alone, jumps } = day;
  const start = settings.epoch + number * DAY;
  const bars = DAY / spacing;
  const usual = new Float64Array(bars).map((_, i) => activity(start + i * spacing));
  const tails = settings.tails;
  const common = bridge(market, usual, tails, random('market', 'bars').at(number));
  const own = bridge(alone, usual, tails, random(name, 'bars').at(number));
  const path = together(common, own, traits.beta, jumps);
  const turnover = traits.turnover / bars;
  const usualVariance = (market.variance * traits.beta * traits.beta + alone.variance) / bars;
  const draws = random(name, 'flow').at(number);
  let from = day.level + (push?.before ?? 0);
  return Array.from({ length: bars }, (_, i) => {
    const to = from + (path.returns[i] ?? 0) + (push?.bars[i] ?? 0);
    const ts = start + i * spacing;
    const variance = path.variances[i] ?? 0;
    const move = { ts, from, to, variance, usualVariance, activity: usual[i] ?? 1, turnover };
    from = to;
    return drawBar(move, traits, draws);
  });
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
