import costs from '../../../nodes/clean/costs.js';
import { frame } from '../../kit/frame.js';
import { nodeTable } from '../../kit/node.js';

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

const SILENT = {
  base_slippage_bps: null,
  p75_spread_bps: null,
  n_bars: 0,
  calibrated: false,
  reason: 'no_quotes',
};

nodeTable(costs, {
  gives: [
    {
      name: 'half the median spread and the third quartile',
      in: { tob: frame({ spread_bps: [...upTo(101), NaN] }) },
      out: {
        costs: {
          base_slippage_bps: 25.5,
          p75_spread_bps: 76,
          n_bars: 101,
          calibrated: true,
          reason: null,
        },
      },
    },
    {
      name: 'nothing from fewer than a hundred bars with a spread',
      in: { tob: frame({ spread_bps: [...upTo(99), NaN, NaN] }) },
      out: {
        costs: {
          base_slippage_bps: null,
          p75_spread_bps: null,
          n_bars: 99,
          calibrated: false,
          reason: 'few_quotes',
        },
      },
    },
    {
      name: 'as few as are said to be enough',
      in: { tob: frame({ spread_bps: [2] }) },
      params: { least: 1 },
      out: {
        costs: {
          base_slippage_bps: 1,
          p75_spread_bps: 2,
          n_bars: 1,
          calibrated: true,
          reason: null,
        },
      },
    },
    {
      name: 'a market without quotes says so',
      in: {},
      out: {
        costs: SILENT,
      },
    },
    {
      name: 'as does one whose quotes are all too old',
      in: { tob: frame({ spread_bps: [NaN, NaN] }) },
      out: {
        costs: SILENT,
      },
    },
  ],
});
