import { present } from './missing.js';
import { quantileOfSorted } from './quantile.js';
import { mean } from './sum.js';
import type { Vector } from './vector.js';

/** Value at risk and what lies beyond it, both as returns: negative when losses are likely. */
export interface TailLoss {
  /** The `share` quantile (type 7) of returns. */
  readonly quantile: number;
  /** Mean of the returns at or below it. */
  readonly beyond: number;
}

/** Historical VaR and CVaR of what is present; NaN for both without returns. @throws math/out-of-range */
export function tailLoss(returns: Vector, share = 0.05): TailLoss {
  const sorted = present(returns).sort();
  const quantile = quantileOfSorted(sorted, share);
  return { quantile, beyond: mean(sorted.filter((r) => r <= quantile)) };
}
