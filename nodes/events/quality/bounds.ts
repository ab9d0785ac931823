import type { SpecOf } from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import type { quality } from '../../kinds/quality.js';
import type { Measures } from './measures.js';

/** A tenth of 0.03 is not quite one to a computer, so that a change of a fifth for it is 2.000000000000001 and no more than 2. */
const ROUNDING = 1e-9;

/** The bounds that measures break, in words; what could not be measured breaks none. */
export function broken(
  { prevalence }: Pick<SpecOf<typeof event>, 'prevalence'>,
  bounds: SpecOf<typeof quality>,
  found: Measures,
): readonly string[] {
  const [least = 0, most = Infinity] = prevalence.per_10k_bars;
  const enough = (count: number) => count >= bounds.judged_from;
  const checks: readonly (readonly [boolean, string])[] = [
    [found.per_10k < least, `rare: ${told(found.per_10k, least)} < ${least} per 10k bars`],
    [found.per_10k > most, `common: ${told(found.per_10k, most)} > ${most} per 10k bars`],
    [
      enough(found.distances) && found.clustered > bounds.clustered_most,
      `clustered: ${told(found.clustered, bounds.clustered_most)} > ${bounds.clustered_most}`,
    ],
    [
      found.joined < bounds.joined_least,
      `joined: ${told(found.joined, bounds.joined_least)} < ${bounds.joined_least}`,
    ],
    [
      enough(found.count) && found.elasticity > bounds.elasticity_most * (1 + ROUNDING),
      `elastic: ${told(found.elasticity, bounds.elasticity_most)} > ${bounds.elasticity_most}`,
    ],
  ];
  return checks.filter(([breaks]) => breaks).map(([, words]) => words);
}

/** Three digits say how far it is off; where it is off by less, as many as it takes. */
function told(value: number, bound: number): string {
  for (let digits = 3; digits < 17; digits++) {
    const short = Number(value.toPrecision(digits));
    if (short !== bound) return String(short);
  }
  return String(value);
}
