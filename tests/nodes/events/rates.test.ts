import { beforeAll, expect, it } from '@jest/globals';
import { inPlainNode } from '../../kit/plain.js';
import { describeReal } from '../../kit/real.js';

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
  SESSION_OPEN_EVENT: [104, 104],
  SESSION_CLOSE_EVENT: [104, 104],
};

/** Printed rates are rounded to two digits and count known bars only, of which there are a few per cent fewer. */
const RELATIVE = 0.045;
const ROUNDED = 0.6;

interface Tally {
  readonly event: string;
  readonly bars: number;
  readonly count: number;
}

describeReal('rates of events in real bars', () => {
  let rates: readonly Readonly<Record<string, number>>[] = [];
  beforeAll(async () => {
    const found = await Promise.all(
      ['SOLUSDT', 'NEARUSDT'].map(async (symbol) => {
        const tallies = (await inPlainNode('rates-script', [symbol])) as readonly Tally[]; // as the script prints them
        return Object.fromEntries(tallies.map((t) => [t.event, (1e4 * t.count) / t.bars]));
      }),
    );
    rates = found;
  });

  it.each(Object.entries(RATES))('%s', (event, wanted) => {
    wanted.forEach((rate, i) => {
      const found = rates[i]?.[event] ?? Number.NaN;
      expect(Math.abs(found - rate)).toBeLessThanOrEqual(ROUNDED + RELATIVE * rate);
    });
  });
});
