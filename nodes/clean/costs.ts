import { defineNode, port, t } from '../../engine/sdk/index.js';
import { missing } from '../math/missing.js';
import { median, quantile } from '../math/quantile.js';

/** What the spread of a window says about costs; null where there are too few bars to say it. */
export interface Costs {
  readonly [key: string]: unknown;
  readonly base_slippage_bps: number | null;
  readonly p75_spread_bps: number | null;
  /** Bars with a spread. */
  readonly n_bars: number;
  /** Whether there were enough of them; costs as declared stay otherwise. */
  readonly calibrated: boolean;
}

export default defineNode({
  type: 'clean.costs',
  doc: 'What it costs to cross the book, from the spreads of a window: half the median, and the third quartile.',
  time: 'fit',

  in: { tob: port.frame('Top of book of the window.', { contract: 'tob' }) },
  out: { costs: port.json<Costs>('Slippage and spread in basis points, and from how many bars.') },
  params: {
    least: t.integer({
      default: 100,
      min: 1,
      unit: 'bars',
      doc: 'Bars with a spread below which nothing is said.',
    }),
  },
  reads: () => ({ tob: ['spread_bps'] }),

  run({ tob }, { least }) {
    const spreads = tob.column('spread_bps');
    const n_bars = spreads.length - missing(spreads);
    const calibrated = n_bars >= least;
    const costs = {
      base_slippage_bps: calibrated ? median(spreads) / 2 : null,
      p75_spread_bps: calibrated ? quantile(spreads, 0.75) : null,
      n_bars,
      calibrated,
    };
    return { costs };
  },
});
