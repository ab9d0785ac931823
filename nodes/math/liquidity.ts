import { inRange } from './guard.js';

/**
 * Liquidity from traded value: its share of a baseline, at most 1. What does not report any trading counts as not
 * tradable: a missing value gives 0, by rule.
 * @param traded    value traded in a day
 * @param baseline  the value that is liquid enough, e.g. 1e7 USD for crypto, 5e8 for listed equity
 * @throws          math/out-of-range for a negative value or a baseline not above 0
 */
export function liquidityScore(traded: number, baseline: number): number {
  inRange('baseline', baseline, baseline > 0, 'above 0');
  if (Number.isNaN(traded)) return 0;
  inRange('traded', traded, traded >= 0, '0 or more');
  return Math.min(1, traded / baseline);
}
