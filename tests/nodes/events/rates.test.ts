import { beforeAll, expect, it } from '@jest/globals';
import { inPlainNode } from '../../kit/plain.js';
import { describeReal } from '../../kit/real.js';
import { type Counted, PATIENCE, rateOf, tableOf } from './rate-table.js';

/**
 * Occurrences per 10,000 bars of 2025-01-01 … 09-30 (78,624 bars), as operators.md, appendix A states them for SOL and NEAR.
 * Funding rules differ a little there, since their ranks look further back than the span that is loaded here. Rules that appendix B
 * repairs have the rates of their repair.
 */
const RATES: Readonly<Record<string, readonly [sol: number, near: number]>> = {
  LIQUIDITY_VACUUM: [7.4, 6.1],
  ORDERFLOW_IMBALANCE_SHOCK: [20, 18],
  SWEEP_STOPRUN: [46, 33],
  ABSORPTION_EVENT: [4.1, 7.3],
  LIQUIDITY_GAP_PRINT: [4.3, 9.4],
  VOL_SHOCK: [12, 12],
  VOL_SPIKE: [24, 28],
  VOL_RELAXATION_START: [16, 19],
  VOL_CLUSTER_SHIFT: [175, 181],
  RANGE_COMPRESSION_END: [23, 21],
  BREAKOUT_TRIGGER: [141, 138],
  FUNDING_EXTREME_ONSET: [1.3, 1.6],
  FUNDING_FLIP: [6.9, 3.6],
  FUNDING_PERSISTENCE_TRIGGER: [1, 0.6],
  FUNDING_NORMALIZATION_TRIGGER: [3.1, 2.4],
  FND_DISLOC: [1.4, 1.1],
  FORCED_FLOW_EXHAUSTION: [22, 24],
  TREND_EXHAUSTION_TRIGGER: [179, 174],
  MOMENTUM_DIVERGENCE_TRIGGER: [92, 90],
  CLIMAX_VOLUME_BAR: [60, 52],
  FAILED_CONTINUATION: [218, 212],
  RANGE_BREAKOUT: [116, 122],
  FALSE_BREAKOUT: [169, 176],
  TREND_ACCELERATION: [237, 243],
  TREND_DECELERATION: [165, 168],
  PULLBACK_PIVOT: [265, 267],
  SUPPORT_RESISTANCE_BREAK: [65, 67],
  ZSCORE_STRETCH: [118, 125],
  BAND_BREAK: [155, 154],
  OVERSHOOT_AFTER_SHOCK: [29, 33],
  GAP_OVERSHOOT: [23, 18],
  VOL_REGIME_SHIFT_EVENT: [111, 121],
  TREND_TO_CHOP_SHIFT: [11, 10],
  CHOP_TO_TREND_SHIFT: [11, 10],
  CORRELATION_BREAKDOWN_EVENT: [6.1, 10.6],
  BETA_SPIKE_EVENT: [8.6, 12],
  INDEX_COMPONENT_DIVERGENCE: [71, 76],
  SESSION_OPEN_EVENT: [104, 104],
  SESSION_CLOSE_EVENT: [104, 104],
};

/** Printed rates are rounded to two digits and count known bars only, of which there are a few per cent fewer. */
const RELATIVE = 0.045;
const ROUNDED = 0.6;

/** Bars of each symbol of the set. */
const BARS = 78_624;

async function counted(set: string): Promise<readonly Counted[]> {
  const told = (await inPlainNode('rates-script', [set])) as readonly Counted[]; // as the script prints it
  if (process.env.RATES_TABLE) process.stdout.write(tableOf(set, told));
  return told;
}

describeReal('rates of events in real bars', () => {
  let told: readonly Counted[] = [];
  beforeAll(async () => {
    told = await counted('klines');
    if (process.env.RATES_TABLE) await counted('ohlcv');
  }, PATIENCE);

  it.each(Object.entries(RATES))('%s', (event, wanted) => {
    const { by_symbol = {} } = told.find((t) => t.event === event) ?? {};
    const rates = ['SOLUSDT', 'NEARUSDT'].map((symbol) => {
      return rateOf({ count: by_symbol[symbol] ?? Number.NaN, bars: BARS });
    });
    wanted.forEach((rate, i) => {
      expect(Math.abs((rates[i] ?? Number.NaN) - rate)).toBeLessThanOrEqual(
        ROUNDED + RELATIVE * rate,
      );
    });
  });
});
