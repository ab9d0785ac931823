import { describe, expect, it } from '@jest/globals';
import { compileAll } from './kit.js';
import { FEATURES, tables } from './market.js';

/** Reach of the onset of events: the column L of operators.md, appendix A. */
const REACH: readonly (readonly [id: string, formula: string, reach: number])[] = [
  [
    'vacuum',
    'rises(lag(abs_ret_1 >= past_quantile(abs_ret_1, 0.99, 8640, 2016) and lag(abs_ret_1, 1) < past_quantile(abs_ret_1, 0.99, 8640, 2016), 2) and holds(volume < 0.65 * median(volume, 480, min=120), 2))',
    8644,
  ],
  [
    'depth',
    'rises(depth_usd <= past_quantile(depth_usd, 0.05) and rv_z >= past_quantile(rv_z, 0.70))',
    960,
  ],
  ['blowout', 'rises(spread_z >= max(2, past_quantile(spread_z, 0.97)))', 672],
  [
    'imbalance_shock',
    'rises(abs(imbalance_z) >= max(2.5, past_quantile(abs(imbalance_z), 0.99)) and sign(imbalance) == sign(ret_1))',
    864,
  ],
  [
    'stoprun',
    'rises(range_1 >= past_quantile(range_1, 0.90) and high > lag(highest(high, 96), 1))',
    577,
  ],
  ['absorption', 'rises(abs_ret_1 <= past_quantile(abs_ret_1, 0.35))', 578],
  [
    'vol_shock',
    'rises(shock_ratio >= past_quantile(shock_ratio, 0.99, 8640, 2016) and lag(shock_ratio, 1) < past_quantile(shock_ratio, 0.99, 8640, 2016))',
    8940,
  ],
  ['vol_spike', 'rises(rv_z >= max(2, past_quantile(rv_z, 0.97)))', 960],
  [
    'relaxation',
    'rises(then(rv_z >= past_quantile(rv_z, 0.95), rv_z < past_quantile(rv_z, 0.70) and rv_z < lag(rv_z, 1), 96))',
    1056,
  ],
  ['cluster_shift', 'rises(abs(diff(rv_z)) >= past_quantile(abs(diff(rv_z)), 0.98))', 961],
  [
    'compression_end',
    'rises(lag(lowest(compression, 12), 1) <= 0.80 and crosses_above(compression, 0.95))',
    2987,
  ],
  [
    'breakout',
    'rises(close > lag(highest(close, 96, min=24), 1) and lag(compression, 1) <= 0.85)',
    2976,
  ],
  [
    'funding_onset',
    'arrives(funding) and asof(crosses_above(funding_rank, 95) and abs(funding.rate) * 1e4 >= 1.5)',
    26_016,
  ],
  [
    'funding_flip',
    'arrives(funding) and asof(sign(funding.rate) != sign(lag(fill(if(funding.rate != 0, funding.rate, missing), 90), 1)))',
    8832,
  ],
  [
    'funding_persists',
    'arrives(funding) and asof(rises(holds(if(funding_rank >= 85, sign(funding.rate), 0) == 1, 3)))',
    26_208,
  ],
  [
    'funding_calms',
    'arrives(funding) and asof(crosses_below(funding_rank, 50) and lag(highest(funding_rank, 9, min=1), 1) >= 95)',
    26_784,
  ],
  ['dislocated', 'arrives(funding) and asof(rises(abs(funding.rate) * 1e4 > 2))', 192],
  ['oi_spike', 'rises(zscore(diff(log(oi_notional)), 96, min=24) >= 2.5 and ret_1 > 0)', 97],
  ['oi_flush', 'rises(oi_notional / lag(oi_notional, 1) - 1 <= -0.005)', 2],
  [
    'deleveraging',
    'rises(oi_change_1h <= past_quantile(oi_change_1h, 0.05) and rv_z >= past_quantile(rv_z, 0.70))',
    960,
  ],
  [
    'exhausted_flow',
    'rises(lag(imbalance >= past_quantile(imbalance, 0.99), 12) and highest(high, 12) <= lag(high, 12))',
    589,
  ],
  [
    'divergence',
    'rises(high >= lag(highest(high, 96), 1) and rsi_14 <= at(rsi_14, 12 + lag(bars_since_highest(high, 85), 12), at_most=96) - 5)',
    485,
  ],
  ['climax', 'rises(abs_ret_96 >= past_quantile(abs_ret_96, 0.50))', 673],
  [
    'false_breakout',
    'rises(then(close > lag(high_96, 1), close <= latest(lag(high_96, 1), close > lag(high_96, 1), 3) and abs_ret_1 >= past_quantile(abs_ret_1, 0.40), 3))',
    581,
  ],
  ['acceleration', 'rises(diff(abs_ret_96, 3) >= past_quantile(diff(abs_ret_96, 3), 0.90))', 676],
  ['stretched', 'rises(abs(stretch) >= max(2, past_quantile(abs(stretch), 0.96)))', 876],
  ['band', 'rises(abs(close - lag(mean(close, 96), 1)) > 2.5 * lag(std(close, 96), 1))', 97],
  [
    'gap',
    'rises(abs(ret_3) >= past_quantile(abs(ret_3), 0.995) and highest(abs_ret_1, 3) >= 0.6 * sum(abs_ret_1, 3))',
    580,
  ],
  ['regime', 'rises(crosses_above(rv_96, past_quantile(rv_96, 0.66)))', 674],
  [
    'chop',
    'rises(lag(falls(latch(er_96 >= 0.30, er_96 <= 0.15)), 6) and holds(not latch(er_96 >= 0.30, er_96 <= 0.15), 7))',
    104,
  ],
  [
    'decoupled',
    'rises(bench_corr_288 <= min(0.3, past_quantile(bench_corr_288, 0.05, 2016, 288)))',
    2305,
  ],
  ['beta_spike', 'rises(bench_beta_288 >= past_quantile(bench_beta_288, 0.975, 2016, 288))', 2305],
  [
    'desync',
    'rises(holds(zscore(basis_bps, 96, min=24) >= max(3, past_quantile(abs(zscore(basis_bps, 96, min=24)), 0.99)), 3))',
    674,
  ],
  [
    'component',
    'rises(abs(zscore(ret_12 - index_beta_288 * index_ret_12, 288, min=72)) >= 2.5)',
    576,
  ],
  [
    'lead_lag',
    'rises(abs(zscore(ret_1 - (spot.close / lag(spot.close, 1) - 1), 288, min=72)) >= max(3, past_quantile(abs(zscore(ret_1 - (spot.close / lag(spot.close, 1) - 1), 288, min=72)), 0.99)))',
    865,
  ],
  ['session', 'minute == 0 and hour in [0, 8, 13]', 0],
];

describe('reach of the events of appendix A', () => {
  const formulas = Object.fromEntries(REACH.map(([id, text]) => [id, text]));
  const { program, problems } = compileAll({ ...FEATURES, ...formulas }, tables);

  it('all compile', () => expect(problems.map((p) => p.message)).toEqual([]));
  for (const [id, text, reach] of REACH)
    it(`${id}: ${reach} rows`, () => {
      const found = program.columns.find((c) => c.id === id);
      expect([text, found?.facts.reach]).toEqual([text, reach]);
    });
});
