import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../../../engine/expr/program.js';
import { Frame } from '../../../engine/frame/frame.js';
import { bars, barTable, compileAll, listsOf, run, START, type Values } from './kit.js';

type Numbers = readonly (number | null)[];
const at = (file: string) => new URL(`../../golden/${file}`, import.meta.url);

function read<T>(file: string): T {
  return JSON.parse(readFileSync(at(file), 'utf8'));
}

const cells = (values: Numbers): number[] => values.map((v) => v ?? Number.NaN);

/** Compare as the README of the golden files says. */
function near(found: Values, expected: Numbers, rel: number, abs: number): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, row) => {
    const own = found[row];
    const close =
      value !== null &&
      typeof own === 'number' &&
      Math.abs(own - value) <= abs + rel * Math.abs(value);
    if (!close) expect([row, own]).toEqual([row, value]);
  });
}

interface Rolling {
  readonly cases: readonly ({ readonly label: string; readonly x: Numbers } & Record<
    string,
    Numbers
  >)[];
}

describe('rolling primitives (pandas)', () => {
  const formulas: Readonly<Record<string, string>> = {
    mean_w10_min3: 'mean(x, 10, min=3)',
    std_ddof1_w10_min3: 'std(x, 10, min=3)',
    std_ddof0_w10_min3: 'std(x, 10, min=3, ddof=0)',
    median_w10_min3: 'median(x, 10, min=3)',
    quantile90_w10_min3: 'quantile(x, 0.9, 10, min=3)',
    past_quantile90_w10_min3: 'past_quantile(x, 0.9, 10, 3)',
    z_w10_min3: 'zscore(x, 10, min=3)',
    pct_rank_le_w10_min10: '100 * rank(x, 10)',
    rank_avg_pct_w10: 'rank(x, 10, ties=average)',
    simple_return_1: 'pct_change(x)',
    diff_1: 'diff(x)',
    roll_cov_lag1_w6: 'cov(diff(x), lag(diff(x), 1), 6)',
  };
  for (const each of read<Rolling>('event-research/rolling_primitives.json').cases)
    for (const [name, text] of Object.entries(formulas))
      it(`${each.label}: ${text}`, () => {
        const expected = each[name];
        if (expected === undefined) throw new Error(`The golden file has no ${name}.`);
        near(run(text, { x: cells(each.x) }), expected, 1e-9, 1e-12);
      });
});

interface Detectors {
  readonly cases: readonly {
    readonly label: string;
    readonly first_bar_open_utc: string;
    readonly frame: Record<string, Numbers>;
    readonly events: Record<
      string,
      {
        readonly min_gap_bars: number;
        readonly event_bar_index_onset: readonly number[];
        readonly event_bar_index_level: readonly number[];
      }
    >;
  }[];
}

const FEATURES = {
  ret_1: 'pct_change(close, 1)',
  ret_12: 'pct_change(close, 12)',
  ret_96: 'pct_change(close, 96)',
  abs_ret_1: 'abs(ret_1)',
  abs_ret_96: 'abs(ret_96)',
  range_1: '(high - low) / close',
  rv_z: 'zscore(rv_96, 288, min=72)',
  compression: 'range_96 / range_med_2880',
  stretch: 'zscore(ret_12, 288, min=72)',
};
/** The masks of operators.md, appendix A, with their clauses. */
const MASKS: Readonly<Record<string, string>> = {
  VOL_SPIKE: 'rv_z >= max(2, past_quantile(rv_z, 0.97))',
  vcs_jump: 'abs(diff(rv_z))',
  VOL_CLUSTER_SHIFT: 'vcs_jump >= past_quantile(vcs_jump, 0.98)',
  BREAKOUT_TRIGGER:
    '(close > lag(highest(close, 96, min=24), 1) or close < lag(lowest(close, 96, min=24), 1)) and lag(compression, 1) <= 0.85',
  RANGE_BREAKOUT:
    '(close > lag(high_96, 1) or close < lag(low_96, 1)) and rv_96 >= past_quantile(rv_96, 0.50)',
  speed: 'diff(abs_ret_96, 3)',
  TREND_ACCELERATION:
    'abs_ret_96 >= past_quantile(abs_ret_96, 0.70) and speed >= past_quantile(speed, 0.90) and sign(mean(ret_1, 3)) == sign(ret_96)',
  trend: 'abs_ret_96 >= past_quantile(abs_ret_96, 0.70)',
  TREND_DECELERATION:
    'lag(trend, 1) and speed <= past_quantile(speed, 0.10) and ret_1 * lag(ret_96, 1) <= 0',
  modest:
    'abs_ret_1 >= past_quantile(abs_ret_1, 0.40) and abs_ret_1 <= past_quantile(abs_ret_1, 0.75)',
  PULLBACK_PIVOT:
    'lag(trend, 1) and ret_1 * lag(ret_96, 1) < 0 and modest and range_1 <= past_quantile(range_1, 0.80)',
  SUPPORT_RESISTANCE_BREAK:
    '(close > lag(highest(high, 288, min=96), 1) or close < lag(lowest(low, 288, min=96), 1)) and rv_96 >= past_quantile(rv_96, 0.60)',
  TREND_EXHAUSTION_TRIGGER:
    'abs_ret_96 >= past_quantile(abs_ret_96, 0.85) and ret_1 * ret_96 <= 0 and rv_z >= past_quantile(rv_z, 0.50)',
  big: 'abs_ret_1 >= past_quantile(abs_ret_1, 0.95)',
  FAILED_CONTINUATION: 'lag(big, 1) and ret_1 * lag(ret_1, 1) < 0',
  ZSCORE_STRETCH: 'abs(stretch) >= max(2, past_quantile(abs(stretch), 0.96))',
  OVERSHOOT_AFTER_SHOCK:
    'lag(rv_z >= past_quantile(rv_z, 0.95), 1) and abs(stretch) >= past_quantile(abs(stretch), 0.95)',
  VOL_REGIME_SHIFT_EVENT:
    'crosses_above(rv_96, past_quantile(rv_96, 0.66)) or crosses_below(rv_96, past_quantile(rv_96, 0.33))',
};
/** These fire on every bar of their mask. */
const LEVELS: Readonly<Record<string, string>> = {
  SESSION_OPEN_EVENT: 'minute == 0 and hour in [0, 8, 13]',
  SESSION_CLOSE_EVENT: 'minute >= 55 and hour in [7, 12, 23]',
  FUNDING_TIMESTAMP_EVENT: 'minute == 0 and hour in [0, 8, 16]',
};
/** The golden fills the warm-up of the stretch with 0; from here on the two agree (operators.md, appendix A). */
const WARM_FROM: Readonly<Record<string, number>> = { ZSCORE_STRETCH: 300 };

describe('detectors (public, causal ones)', () => {
  const [each] = read<Detectors>('event-research/detectors.json').cases;
  if (each === undefined) throw new Error('The golden file has no case.');
  const names = Object.keys(each.frame);
  const onsets = Object.keys(MASKS).filter((id) => id in each.events);
  const gap = (id: string): number => each.events[id]?.min_gap_bars ?? 1;
  const fires = Object.fromEntries([
    ...onsets.map((id) => [`fires_${id}`, `cooldown(rises(${id}), ${gap(id)})`]),
    ...Object.keys(LEVELS).map((id) => [`fires_${id}`, `cooldown(${id}, ${gap(id)})`]),
  ]);
  const { program, problems } = compileAll(
    { ...FEATURES, ...MASKS, ...LEVELS, ...fires },
    { self: barTable(names) },
  );
  const frame = Frame.of(
    Object.fromEntries(Object.entries(each.frame).map(([name, values]) => [name, cells(values)])),
  ).with('ts', { dtype: 'time', values: bars(1600) });
  const found = problems.length > 0 ? {} : listsOf(evaluate(program, { self: frame }));

  it('compile without a word', () => {
    expect(problems).toEqual([]);
    expect(Date.parse(each.first_bar_open_utc)).toBe(START);
    expect(Object.keys(each.events).sort()).toEqual([...onsets, ...Object.keys(LEVELS)].sort());
  });

  for (const id of [...onsets, ...Object.keys(LEVELS)])
    it(`${id} fires on the same bars`, () => {
      const golden = each.events[id];
      const expected = id in LEVELS ? golden?.event_bar_index_level : golden?.event_bar_index_onset;
      const from = WARM_FROM[id] ?? 0;
      const rows = (found[`fires_${id}`] ?? []).flatMap((v, i) => (v === true ? [i] : []));
      expect(rows.filter((i) => i >= from)).toEqual((expected ?? []).filter((i) => i >= from));
      expect(rows.length).toBeGreaterThan(0);
    });
});

interface Indicators {
  readonly bars: { readonly t: readonly number[] } & Record<string, readonly number[]>;
  readonly indicators: readonly {
    readonly id: string;
    readonly outputs: Record<string, Numbers>;
  }[];
}

/** Indicators by id and output of the golden files, written with primitives and composed operators. */
const INDICATORS: Readonly<Record<string, string>> = {
  'sma_20.value': 'mean(close, 20)',
  'ema_20_adj.value': 'ema(close, span=20, adjust=true, warm=20)',
  'ema_20_rec.value': 'ema(close, span=20, warm=20)',
  'wma_20.value': 'wma(close, 20)',
  'rsi_14.value': 'rsi(close, 14)',
  'rsi_5.value': 'rsi(close, 5)',
  'atr_14_sma.value': 'mean(true_range, 14)',
  'atr_14_wilder.value': 'atr(14)',
  'macd_12_26_9.line': 'macd(close)',
  'macd_12_26_9.signal': 'ema(ema(close, span=12) - ema(close, span=26), span=9, warm=34)',
  'bbands_20_2.upper': 'mean(close, 20) + 2 * std(close, 20)',
  'bbands_20_2.lower': 'mean(close, 20) - 2 * std(close, 20)',
  'bbands_20_2_pop.upper': 'mean(close, 20) + 2 * std(close, 20, ddof=0)',
  'bbwidth_20.value': '4 * std(close, 20) / mean(close, 20)',
  'stoch_14_3_3.k': 'stochastic_k(14)',
  'stoch_14_3_3.d': 'mean(stochastic_k(14), 3)',
  'willr_14.value': 'williams_r(14)',
  'cci_20.value': 'cci(20)',
  'roc_10.value': '100 * pct_change(close, 10)',
  'mom_10.value': 'diff(close, 10)',
  'mfi_14.value': 'mfi(14)',
  'obv.value': 'obv',
  'cmf_21.value': 'cmf(21)',
  'ad_line.value': 'cumsum(volume * if(high == low, 0, (2 * close - high - low) / (high - low)))',
  'vwap_20.value': 'vwap(20)',
  'volratio_20.value': 'volume / mean(volume, 20)',
  'donchian_20.upper': 'donchian_high(20)',
  'donchian_20.lower': 'donchian_low(20)',
  'keltner_20_10_2.upper': 'ema(close, span=20, warm=20) + 2 * mean(true_range, 10)',
  'aroon_14.up': 'aroon_up(14)',
  'aroon_14.down': 'aroon_down(14)',
  'ichimoku.senkou_a':
    'lag(((highest(high, 9) + lowest(low, 9)) / 2 + (highest(high, 26) + lowest(low, 26)) / 2) / 2, 26)',
  'fisher_10_3.fisher': 'fisher(10)',
  'fisher_10_3.signal': 'lag(fisher(10), 1)',
  'dist_sma_20.value': '100 * (close - mean(close, 20)) / mean(close, 20)',
  'adx_14_wilder.plus_di': 'plus_di(14)',
  'adx_14_wilder.minus_di': 'minus_di(14)',
  'adx_14_wilder.adx': 'adx(14)',
  'psar.value': 'psar(high, low, close)',
  'supertrend_10_3.trend': 'supertrend(high, low, close)',
};

describe('indicators (independent reference)', () => {
  const golden = read<Indicators>('model-backtest/indicators_seed8_60.json');
  const { t, ...columns } = golden.bars;
  expect(t.length).toBe(60);
  for (const [key, text] of Object.entries(INDICATORS))
    it(`${key}: ${text}`, () => {
      const dot = key.indexOf('.');
      const one = golden.indicators.find((i) => i.id === key.slice(0, dot));
      const expected = one?.outputs[key.slice(dot + 1)];
      if (expected === undefined) throw new Error(`The golden file has no ${key}.`);
      near(run(text, columns), expected, 1e-9, 1e-9);
    });
});
