import { Crowd } from './crowd.js';
import { Draws } from './draws.js';
import { Mood } from './mood.js';
import type { Clock, Settings, Streams } from './settings.js';

/** How much one bar of forced orders upsets volatility, in standard deviations of its fastest component. */
const UPSET = 0.6;
/** Share of the variance of a symbol's own log volatility that is the market's. */
const SHARED = 0.5;
/** Variance of a bar in the tail against the others. */
const TAIL = 9;

/** One random walk bar by bar, from the epoch on: of the market, or of a symbol beside the market. */
export interface Walk {
  /** Log returns, forced orders included. */
  readonly returns: Float64Array;
  /** Variance of each bar as it is expected before it. */
  readonly variances: Float64Array;
  /** Log volatility against its mean, in standard deviations. */
  readonly moods: Float64Array;
  /** What forced orders moved the price, in logs; 0 where there were none. */
  readonly forced: Float64Array;
  /** Demand for leverage after each bar; positive where longs are crowded. */
  readonly demand: Float64Array;
}

/**
 * Bars follow each other: what a bar is depends on the bars before and on draws of its own, never on where a sample starts
 * or ends. Each return has mean 0 given everything before it.
 * @param usual   Usual variance of each bar: of the hour, the weekday and the regime.
 * @param shared  The market's moods, which a symbol takes over in part.
 */
export function walk(
  name: string,
  usual: Float64Array,
  shared: Float64Array | undefined,
  settings: Settings,
  clock: Clock,
  random: Streams,
): Walk {
  const stream = random(name, 'walk');
  const first = new Draws(stream.at(-1));
  const mood = new Mood(clock, first);
  const crowd = new Crowd(settings.cascades_per_month, clock, first);
  const made = empty(usual.length);
  const { returns, variances, moods, forced, demand } = made;
  const tails = tailsOf(settings.tails);
  const c = settings.clustering;
  const own = Math.sqrt(1 - SHARED);
  let draws = first;
  for (let i = 0; i < usual.length; i++) {
    if (i % clock.bars === 0) draws = new Draws(stream.at(i / clock.bars));
    const alone = mood.next(draws);
    const felt = shared ? Math.sqrt(SHARED) * (shared[i] ?? 0) + own * alone : alone;
    const calm = usual[i] ?? 0;
    const variance = calm * Math.exp(2 * c * felt - 2 * c * c);
    const scale = Math.sqrt(variance);
    const push = crowd.force(scale, Math.sqrt(calm * clock.bars), draws);
    const stretch = draws.uniform() < settings.tails ? tails.wide : tails.narrow;
    const move = stretch * scale * draws.normal() - 0.5 * variance + push;
    if (crowd.forced) mood.stir(UPSET);
    crowd.settle(move, scale, draws);
    returns[i] = move;
    variances[i] = variance;
    moods[i] = felt;
    forced[i] = crowd.forced ? push : 0;
    demand[i] = crowd.demand;
  }
  return made;
}

/** Standard deviations inside and outside of the tail, such that the variance of all is 1. */
function tailsOf(share: number): { readonly narrow: number; readonly wide: number } {
  const narrow = 1 / Math.sqrt(1 - share + TAIL * share);
  return { narrow, wide: Math.sqrt(TAIL) * narrow };
}

function empty(bars: number): Walk {
  return {
    returns: new Float64Array(bars),
    variances: new Float64Array(bars),
    moods: new Float64Array(bars),
    forced: new Float64Array(bars),
    demand: new Float64Array(bars),
  };
}
