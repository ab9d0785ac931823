import type { Frame, Gathered } from '../../../engine/sdk/index.js';
import { mean, variance } from '../../math/sum.js';

/** How much was tried: what the best row must beat to be more than luck. */
export interface Luck {
  /** Distinct hypotheses over all folds, and the rows that are compared. */
  readonly trials: number;
  /** Distinct events, and the rows that are compared: templates and horizons of one event are close kin. */
  readonly families: number;
  /** Variance of the trials' Sharpe ratios, per day; 0 where too few could be measured. */
  readonly variance: number;
}

/** Count what was looked at. A hypothesis tested in many folds is one trial, with the mean of its Sharpe ratios. */
export function luckOf(trials: readonly Gathered<Frame>[], rows: number): Luck {
  const found = new Map<string, { readonly event: string; readonly sharpes: number[] }>();
  for (const { value } of trials) {
    const events = value.texts('event');
    const sharpes = value.column('sharpe');
    for (const [i, id] of value.texts('id').entries()) {
      const trial = found.get(id ?? '') ?? { event: events[i] ?? '', sharpes: [] };
      found.set(id ?? '', trial);
      const sharpe = sharpes[i] ?? NaN;
      if (!Number.isNaN(sharpe)) trial.sharpes.push(sharpe);
    }
  }
  const each = [...found]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, trial]) => trial);
  const spread = variance(each.map(({ sharpes }) => mean(sharpes)));
  return {
    trials: found.size + rows,
    families: new Set(each.map(({ event }) => event)).size + rows,
    variance: Number.isNaN(spread) ? 0 : spread,
  };
}
