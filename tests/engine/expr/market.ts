import type { TableFacts } from '../../../engine/expr/program.js';
import { barTable, column } from './kit.js';

const BAR = ['open', 'high', 'low', 'close', 'volume', 'quote_volume', 'taker_base_volume'];
export const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const funding: TableFacts = {
  clock: 'funding',
  nominal: 8 * HOUR,
  within: 24 * HOUR,
  columns: new Map([
    ['ts', column('time')],
    ['rate', column('f64', { delay: MINUTE })],
    ['interval_hours', column('f64', { delay: MINUTE, unit: 'hours' })],
  ]),
};
/** A symbol's bars with every kind of column, other markets, and funding prints. */
export const tables: Readonly<Record<string, TableFacts>> = {
  self: barTable([...BAR, 'spread_bps', 'depth_usd', 'oi_notional', 'liquidation_notional'], {
    ...Object.fromEntries(
      BAR.map((n) => [n, column('f64', { instant: n === 'close', unit: unit(n) })]),
    ),
    late: column('f64', { delay: 7 * MINUTE }),
    future: column('f64', { taint: 'outcome' }),
    fitted: column('f64', {
      facts: { reach: 0, warmup: 0, kind: 'whole-sample', scope: 'symbol', dims: '' },
    }),
    VOL_SHOCK: column('bool', {
      facts: { reach: 10, warmup: 3, kind: 'resetting', scope: 'symbol', dims: '' },
    }),
    name: column('text'),
  }),
  spot: barTable(['close']),
  benchmark: barTable(['close']),
  pair: barTable(['close']),
  funding,
};

function unit(name: string): string {
  return name.includes('volume') ? (name === 'quote_volume' ? 'quote' : 'base') : 'quote / base';
}

/** The features that the events of operators.md, appendix A, are written in. */
export const FEATURES: Readonly<Record<string, string>> = {
  ret_1: 'pct_change(close, 1)',
  ret_3: 'pct_change(close, 3)',
  ret_12: 'pct_change(close, 12)',
  ret_96: 'pct_change(close, 96)',
  logret_1: 'log(close / lag(close, 1))',
  abs_ret_1: 'abs(ret_1)',
  abs_ret_96: 'abs(ret_96)',
  range_1: '(high - low) / close',
  rv_96: 'std(logret_1, 96, min=72)',
  rv_z: 'zscore(rv_96, 288, min=72)',
  rv_12: 'sqrt(mean(logret_1 ^ 2, 12))',
  shock_ratio: 'rv_12 / median(rv_12, 288, min=72)',
  high_96: 'highest(high, 96, min=72)',
  low_96: 'lowest(low, 96, min=72)',
  range_96: 'high_96 - low_96',
  range_med_2880: 'median(range_96, 2880, min=2160)',
  compression: 'range_96 / range_med_2880',
  imbalance: '2 * taker_base_volume / volume - 1',
  imbalance_z: 'zscore(imbalance, 288, min=72)',
  stretch: 'zscore(ret_12, 288, min=72)',
  er_96: 'efficiency(close, 96)',
  rsi_14: 'rsi(close, 14)',
  basis_bps: '1e4 * (close / spot.close - 1)',
  basis_z: 'zscore(basis_bps, 96, min=24, ddof=0)',
  spread_z: 'zscore(spread_bps, 96, min=24, ddof=0)',
  oi_delta_1h: 'diff(oi_notional, 12)',
  oi_change_1h: 'oi_delta_1h / lag(oi_notional, 12)',
  funding_rank: '100 * rank(abs(funding.rate), 270, min=90)',
  bench_corr_288: 'corr(logret_1, benchmark.logret_1, 288, min=144)',
  bench_beta_288: 'beta(logret_1, benchmark.logret_1, 288, min=144)',
  index_ret_12: 'xs_mean(ret_12, others=true, at_least=3)',
  index_beta_288: 'beta(logret_1, xs_mean(logret_1, others=true, at_least=3), 288, min=144)',
};
