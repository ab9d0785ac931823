import { defineNode, optional, t } from '../../engine/sdk/index.js';
import type { Costs } from '../kinds/costs.js';
import { missing } from '../math/missing.js';
import { median, quantile } from '../math/quantile.js';
import { costs, topOfBook } from '../ports.js';

export default defineNode({
  type: 'clean.costs',
  doc: 'What it costs to cross the book, from the spreads of a window: half the median, and the third quartile. Without quotes it says so, and costs as declared stay.',
  time: 'fit',

  in: { tob: optional(topOfBook) },
  out: { costs },
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
    const spreads = tob?.column('spread_bps') ?? new Float64Array(0);
    const n_bars = spreads.length - missing(spreads);
    const calibrated = n_bars >= least;
    const found: Costs = {
      base_slippage_bps: calibrated ? median(spreads) / 2 : null,
      p75_spread_bps: calibrated ? quantile(spreads, 0.75) : null,
      n_bars,
      calibrated,
      reason: calibrated ? null : n_bars === 0 ? 'no_quotes' : 'few_quotes',
    };
    return { costs: found };
  },
});
