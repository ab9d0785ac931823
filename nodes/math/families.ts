import { inRange } from './guard.js';
import { benjaminiHochberg, simes } from './multiplicity.js';
import type { Vector } from './vector.js';

/** What became of one family of related tests. */
export interface FamilyVerdict {
  /** Simes' p-value of the family; NaN when it has no p-value. */
  readonly simes: number;
  /** BH-adjusted Simes p-value, across families. */
  readonly adjusted: number;
  readonly selected: boolean;
  /** BH-adjusted p-values inside the family. */
  readonly within: Float64Array;
  /** `within` scaled by families / selected families, at most 1: compare with the level. 1 unless selected. */
  readonly tests: Float64Array;
  /** 1 where a selected family's test is a discovery. */
  readonly discovered: Uint8Array;
}

/**
 * False-discovery control on two levels: families are chosen by BH on their Simes p-values, then tests inside a chosen
 * family by BH at level q·R/G, R of G families being chosen. Keeps the average error inside the chosen families at q.
 * @param q  the level, between 0 and 1
 * @throws   math/out-of-range
 * @see      Benjamini & Bogomolov (2014), Selective Inference on Multiple Families of Hypotheses, JRSS-B 76
 */
export function twoLevel(families: readonly Vector[], q: number): readonly FamilyVerdict[] {
  inRange('q', q, q > 0 && q < 1, 'between 0 and 1');
  const simesP = families.map((p) => simes(p));
  const adjusted = benjaminiHochberg(simesP);
  const groups = simesP.filter((p) => !Number.isNaN(p)).length;
  const chosen = adjusted.filter((p) => p <= q).length;
  return families.map((p, g) => {
    const own = adjusted[g] ?? NaN;
    const selected = own <= q;
    const within = benjaminiHochberg(p);
    const tests = within.map((value) =>
      Number.isNaN(value) || selected ? Math.min(1, (value * groups) / chosen) : 1,
    );
    const discovered = Uint8Array.from(tests, (value) => (value <= q ? 1 : 0));
    return { simes: simesP[g] ?? NaN, adjusted: own, selected, within, tests, discovered };
  });
}
