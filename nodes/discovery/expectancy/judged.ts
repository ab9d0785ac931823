import {
  type DaySamples,
  dayError,
  quantileCounted,
  ranked,
  shortfall,
} from '../../math/day-draws.js';
import { dayDifference, dayMean } from '../../math/day-mean.js';
import { type MeanTest, meanTest } from '../../math/tstat.js';
import type { Judged } from '../rows/hypotheses.js';
import type { Paths } from '../rows/paths.js';

/** Share of the worst outcomes that a tail is. */
const TAIL = 0.05;
/** Quantile of excursions. */
const HIGH = 0.9;

/**
 * What a hypothesis claims, tested one-sided against nothing; undefined for `mean`, which is tested after costs by who asks.
 * Tails and quantiles have an error from drawing days and are referred to t with days − 1 degrees: 500 draws alone could
 * not tell a p below 0.002, and corrections ask for less.
 * @param cost     of a trade, taken off what is a return
 * @param reach    how many days on outcomes of other symbols may still move with one
 * @param samples  of days, the same for every hypothesis of a run
 */
export function judge(
  judged: Judged,
  paths: Paths,
  { cost, reach, samples }: { cost: number; reach: number; samples: () => DaySamples },
) {
  switch (judged) {
    case 'mean':
      return undefined;
    case 'lift':
      return split(paths, (p) => dayDifference(p.gross, p.days, p.kept, reach));
    case 'adverse':
      return split(paths, (p) => dayDifference(p.adverse, p.days, p.kept, reach));
    case 'tail':
      return split(paths, (p) => tailTest(p, samples()));
    case 'hits':
      return dayMean(
        paths.gross.map((_, i) => hitOf(paths, i) - 0.5),
        paths.days,
        undefined,
        reach,
      );
    case 'upside':
      return upsideTest(paths, cost, samples());
  }
}

/** A filter that keeps all or nothing differs from its base in nothing. */
function split(paths: Paths, test: (paths: Paths) => MeanTest): MeanTest | undefined {
  return paths.kept.includes(1) && paths.kept.includes(0) ? test(paths) : undefined;
}

/** Expected shortfall with the filter less that without: above 0 where losses in the tail are smaller. */
function tailTest({ gross, days, kept }: Paths, samples: DaySamples): MeanTest {
  const inside = (_: number, i: number) => kept[i] === 1;
  const all = ranked(gross, days, samples.first);
  const part = ranked(gross.filter(inside), days.filter(inside), samples.first);
  const differ = (counts: Uint16Array) =>
    shortfall(part, counts, TAIL) - shortfall(all, counts, TAIL);
  return drawn(days, differ, samples);
}

/** How far the best excursions go beyond the worst, less what a trade costs. */
function upsideTest({ favourable, adverse, days }: Paths, cost: number, samples: DaySamples) {
  const best = ranked(favourable, days, samples.first);
  const worst = ranked(
    adverse.map((x) => Math.abs(x)),
    days,
    samples.first,
  );
  const differ = (counts: Uint16Array) =>
    quantileCounted(best, counts, HIGH) - quantileCounted(worst, counts, HIGH) - cost;
  return drawn(days, differ, samples);
}

function drawn(
  days: Int32Array,
  statistic: (counts: Uint16Array) => number,
  samples: DaySamples,
): MeanTest {
  const error = dayError(samples, statistic);
  return meanTest(days.length, statistic(samples.seen), error, new Set(days).size - 1);
}

/** 1 where one range was gained and none lost, 0 the other way round; where both or neither were, their order is not known: a half. */
function hitOf({ favourable, adverse, range }: Paths, i: number): number {
  const won = (favourable[i] ?? NaN) >= (range[i] ?? NaN);
  const lost = -(adverse[i] ?? NaN) >= (range[i] ?? NaN);
  return won === lost ? 0.5 : won ? 1 : 0;
}
