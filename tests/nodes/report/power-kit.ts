import type { Power, PowerRow } from '../../../nodes/kinds/power.js';
import { clopperPearson } from '../../../nodes/math/proportion.js';

/** A size of an effect, found in so many of ten markets where it was to be found in a share of them. */
export function rowOf(bps: number, found: number, expected: number): PowerRow {
  const rate = { markets: found, ...clopperPearson(found, 10) };
  const shown = { n: 300, reached: bps * 1e-4, error: 5e-4, expected };
  return { drift: bps * 1e-4, markets: 10, tested: 10, found: rate, passed: rate, ...shown };
}

/** Such sizes as one measurement. */
export function curveOf(
  { level = 0.05, cost = 'costly' }: { readonly level?: number; readonly cost?: string },
  ...rows: readonly PowerRow[]
): Power {
  const effect = { effect: 'climax', event: 'CLIMAX_VOLUME_BAR', template: 'mean_reversion' };
  const paid = { cost, side: 6.5e-4 };
  return { market: 'power', ...paid, ...effect, over: 3_600_000, level, tests: 164.2, rows };
}
