import type { Uniform } from '../../math/bootstrap.js';
import { dayError, quantileCounted, rising, shortfall } from '../../math/day-draws.js';
import { dayDifference, dayMean } from '../../math/day-mean.js';
import { type MeanTest, meanTest } from '../../math/tstat.js';

/** How a hypothesis can be judged. */
export type Judged = 'mean' | 'lift' | 'tail' | 'adverse' | 'hits' | 'upside';

/** Decisions that were traded, in order of time, in the direction of their positions. */
export interface Paths {
  readonly days: Int32Array;
  readonly gross: Float64Array;
  /** 0 where a filter leaves it out. */
  readonly kept: Uint8Array;
  /** Best and worst that was seen while held, fractions of the entry: usually above and below 0. */
  readonly favourable: Float64Array;
  readonly adverse: Float64Array;
  /** The usual range of a bar, a fraction of the entry. */
  readonly range: Float64Array;
}

/** What bootstrapped statistics need. */
export interface Drawing {
  readonly draws: number;
  readonly uniform: () => Uniform;
}

/** Share of the worst outcomes that a tail is. */
const TAIL = 0.05;
/** Quantile of excursions. */
const HIGH = 0.9;

/**
 * What a hypothesis claims, tested one-sided against nothing; undefined for `mean`, which is tested after costs by who asks.
 * Tails and quantiles have an error from drawing days and are referred to t with days − 1 degrees: 500 draws alone could
 * not tell a p below 0.002, and corrections ask for less.
 * @param cost  of a trade, taken off what is a return
 */
export function judge(judged: Judged, paths: Paths, cost: number, drawing: Drawing) {
  switch (judged) {
    case 'mean':
      return undefined;
    case 'lift':
      return split(paths, (p) => dayDifference(p.gross, p.days, p.kept));
    case 'adverse':
      return split(paths, (p) => dayDifference(p.adverse, p.days, p.kept));
    case 'tail':
      return split(paths, (p) => tailTest(p, drawing));
    case 'hits':
      return dayMean(
        paths.gross.map((_, i) => hitOf(paths, i) - 0.5),
        paths.days,
      );
    case 'upside':
      return upsideTest(paths, cost, drawing);
  }
}

/** A filter that keeps all or nothing differs from its base in nothing. */
function split(paths: Paths, test: (paths: Paths) => MeanTest): MeanTest | undefined {
  return paths.kept.includes(1) && paths.kept.includes(0) ? test(paths) : undefined;
}

/** Expected shortfall with the filter less that without: above 0 where losses in the tail are smaller. */
function tailTest({ gross, days, kept }: Paths, { draws, uniform }: Drawing): MeanTest {
  const all = rising(gross);
  const inside = all.filter((i) => kept[i] === 1);
  const differ = (counts: Uint16Array) =>
    shortfall(gross, inside, counts, TAIL) - shortfall(gross, all, counts, TAIL);
  return drawn(days, differ, draws, uniform());
}

/** How far the best excursions go beyond the worst, less what a trade costs. */
function upsideTest(paths: Paths, cost: number, { draws, uniform }: Drawing): MeanTest {
  const worst = paths.adverse.map((x) => Math.abs(x));
  const [up, down] = [rising(paths.favourable), rising(worst)];
  const differ = (counts: Uint16Array) =>
    quantileCounted(paths.favourable, up, counts, HIGH) -
    quantileCounted(worst, down, counts, HIGH) -
    cost;
  return drawn(paths.days, differ, draws, uniform());
}

function drawn(
  days: Int32Array,
  statistic: (counts: Uint16Array) => number,
  draws: number,
  uniform: Uniform,
): MeanTest {
  const value = statistic(new Uint16Array(days.length).fill(1));
  const error = dayError(days, draws, uniform, statistic);
  return meanTest(days.length, value, error, new Set(days).size - 1);
}

/** 1 where one range was gained and none lost, 0 the other way round; where both or neither were, their order is not known: a half. */
function hitOf({ favourable, adverse, range }: Paths, i: number): number {
  const won = (favourable[i] ?? NaN) >= (range[i] ?? NaN);
  const lost = -(adverse[i] ?? NaN) >= (range[i] ?? NaN);
  return won === lost ? 0.5 : won ? 1 : 0;
}
