import { describe, expect, it } from '@jest/globals';
import { refusals, run } from '../kit.js';
import { golden, type Numbers, near } from './kit.js';

type Params = Readonly<Record<string, number | string | boolean>>;

interface Indicators {
  readonly bars: { readonly t: readonly number[] } & Readonly<Record<string, readonly number[]>>;
  readonly indicators: readonly {
    readonly id: string;
    readonly type: string;
    readonly params: Params;
    readonly outputs: Readonly<Record<string, Numbers>>;
  }[];
}

/** How each output of an indicator is called here. */
const CALLS: Readonly<Record<string, (p: Params) => Readonly<Record<string, string>>>> = {
  sma: (p) => ({ value: `sma(${p.source}, ${p.period})` }),
  ema: (p) => ({
    value: `ema(${p.source}, span=${p.period}, adjust=${p.adjust}, warm=${p.period})`,
  }),
  wma: (p) => ({ value: `wma(${p.source}, ${p.period})` }),
  rsi: (p) => ({ value: `rsi(${p.source}, ${p.period})` }),
  roc: (p) => ({ value: `roc(${p.source}, ${p.period})` }),
  momentum: (p) => ({ value: `momentum(${p.source}, ${p.period})` }),
  cci: (p) => ({ value: `cci(${p.period})` }),
  williams_r: (p) => ({ value: `williams_r(${p.period})` }),
  stochastic: (p) => ({
    k: `stochastic_k(${p.k_period}, ${p.smooth_k})`,
    d: `stochastic_d(${p.k_period}, ${p.smooth_k}, ${p.d_period})`,
  }),
  rvi: (p) => ({
    rvi: `rvi(${p.period})`,
    signal: `rvi_signal(${p.period}, ${p.signal_period})`,
  }),
  fisher: (p) => ({
    fisher: `fisher(${p.period}, ${p.smoothing})`,
    signal: `fisher_signal(${p.period}, ${p.smoothing})`,
  }),
  aroon: (p) => ({
    up: `aroon_up(${p.period})`,
    down: `aroon_down(${p.period})`,
    oscillator: `aroon_oscillator(${p.period})`,
  }),
  atr: (p) => ({ value: `atr(${p.period}, method=${p.smoothing})` }),
  bbands: (p) => ({
    upper: `bbands_upper(${p.source}, ${p.period}, ${p.multiplier}, ddof=${p.ddof})`,
    middle: `bbands_middle(${p.source}, ${p.period})`,
    lower: `bbands_lower(${p.source}, ${p.period}, ${p.multiplier}, ddof=${p.ddof})`,
  }),
  bb_width: (p) => ({
    value: `bb_width(${p.source}, ${p.period}, ${p.multiplier}, ddof=${p.ddof})`,
  }),
  keltner: (p) => ({
    upper: `keltner_upper(${p.period}, ${p.atr_period}, ${p.multiplier})`,
    middle: `keltner_middle(${p.period})`,
    lower: `keltner_lower(${p.period}, ${p.atr_period}, ${p.multiplier})`,
  }),
  donchian: (p) => ({
    upper: `donchian_upper(${p.period})`,
    middle: `donchian_middle(${p.period})`,
    lower: `donchian_lower(${p.period})`,
  }),
  supertrend: (p) => ({
    trend: `supertrend(high, low, close, n=${p.period}, k=${p.multiplier})`,
    direction: `supertrend_direction(${p.period}, ${p.multiplier})`,
  }),
  macd: (p) => {
    const spans = `${p.source}, ${p.fast_period}, ${p.slow_period}`;
    return {
      line: `macd(${spans})`,
      signal: `macd_signal(${spans}, ${p.signal_period})`,
      histogram: `macd_histogram(${spans}, ${p.signal_period})`,
    };
  },
  adx: (p) => ({
    adx: `adx(${p.period}, method=${p.method})`,
    plus_di: `plus_di(${p.period}, method=${p.method})`,
    minus_di: `minus_di(${p.period}, method=${p.method})`,
  }),
  psar: (p) => ({
    value: `psar(high, low, close, start=${p.initial_af}, step=${p.step_af}, limit=${p.max_af})`,
  }),
  ichimoku: (p) => ({
    tenkan: `ichimoku_tenkan(${p.tenkan_period})`,
    kijun: `ichimoku_kijun(${p.kijun_period})`,
    senkou_a: `ichimoku_senkou_a(${p.tenkan_period}, ${p.kijun_period}, ${p.displacement})`,
    senkou_b: `ichimoku_senkou_b(${p.senkou_b_period}, ${p.displacement})`,
  }),
  obv: () => ({ value: 'obv' }),
  vwap: (p) => ({ value: `vwap(${p.period}, typical=${p.use_typical_price})` }),
  mfi: (p) => ({ value: `mfi(${p.period})` }),
  cmf: (p) => ({ value: `cmf(${p.period})` }),
  ad_line: () => ({ value: 'ad_line' }),
  volume_ratio: (p) => ({ value: `volume_ratio(${p.period})` }),
  distance_from_ma: (p) => ({
    value: `distance_from_ma(${p.source}, ${p.period}, method=${p.ma_type ?? 'sma'})`,
  }),
  squeeze_intensity: (p) => ({
    value: `squeeze_intensity(${p.source}, ${p.bb_period}, ${p.bb_multiplier}, ${p.kc_period}, ${p.kc_multiplier}, ${p.kc_atr_period})`,
  }),
};

/** The 30 indicators of the reference against its independent plain-Python values: every output, its masked warm-up included. */
describe.each([
  ['indicators_seed8_60.json', 60],
  ['indicators_seed42_500.json', 500],
])('%s', (file, length) => {
  const { bars, indicators } = golden<Indicators>(`model-backtest/${file}`);
  const { t, ...columns } = bars;
  const outputs = indicators.flatMap(({ id, type, params, outputs }) => {
    const calls = CALLS[type]?.(params) ?? {};
    return Object.entries(outputs).map(([name, values]) => ({
      name: `${id}.${name}`,
      call: calls[name] ?? '',
      values,
    }));
  });

  it('has all 30 indicators, and every output is asked for', () => {
    expect(t).toHaveLength(length);
    expect([...new Set(indicators.map((i) => i.type))].sort()).toEqual(Object.keys(CALLS).sort());
    expect(outputs.filter((o) => o.call === '')).toEqual([]);
  });

  it.each(outputs)('$name: $call', ({ call, values }) =>
    near(run(call, columns), values, 1e-9, 1e-9),
  );
});

describe('zigzag', () => {
  it('is refused, as it repaints', () => {
    const [problem] = refusals('zigzag(x, 0.05)');
    expect(problem?.code).toBe('expr/unknown-operator');
    expect(problem?.hint).toContain('repaint');
  });
});
