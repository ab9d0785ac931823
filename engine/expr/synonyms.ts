/**
 * Names that other tools give to operators (pandas, TA-Lib, pandas-ta, Pine, alpha formulas), and what stands for them here.
 * Whoever types one knows well what is meant, and no list sorted by letters would lead there.
 */
const SAME: Readonly<Record<string, string | readonly string[]>> = {
  accumulation_distribution: 'ad_line',
  ad: 'ad_line',
  adl: 'ad_line',
  ago: 'lag',
  aroon: ['aroon_up', 'aroon_down', 'aroon_oscillator'],
  aroonosc: 'aroon_oscillator',
  avg: 'mean',
  barssince: 'bars_since',
  bbands: ['bbands_upper', 'bbands_middle', 'bbands_lower', 'bb_width', 'bb_percent'],
  bbands_width: 'bb_width',
  bbp: 'bb_percent',
  bbw: 'bb_width',
  bollinger: ['bbands_upper', 'bbands_middle', 'bbands_lower', 'bb_width', 'bb_percent'],
  chaikin_money_flow: 'cmf',
  correlation: 'corr',
  covariance: 'cov',
  crosses: ['crosses_above', 'crosses_below'],
  crossover: 'crosses_above',
  crossunder: 'crosses_below',
  cs_rank: 'xs_rank',
  cummax: 'highest',
  cummin: 'lowest',
  decay_linear: 'wma',
  delay: 'lag',
  delta: 'diff',
  dmi: ['plus_di', 'minus_di', 'adx'],
  donchian: ['donchian_upper', 'donchian_middle', 'donchian_lower'],
  er: 'efficiency',
  ewm: 'ema',
  ewma: 'ema',
  expanding_max: 'highest',
  expanding_mean: 'mean',
  fillna: 'coalesce',
  fishert: 'fisher',
  hhv: 'highest',
  hlc3: 'typical_price',
  hma: 'hull',
  ichimoku: ['ichimoku_tenkan', 'ichimoku_kijun', 'ichimoku_senkou_a', 'ichimoku_senkou_b'],
  iff: 'if',
  isna: 'known',
  isnan: 'known',
  isnull: 'known',
  kc: ['keltner_upper', 'keltner_middle', 'keltner_lower'],
  keltner: ['keltner_upper', 'keltner_middle', 'keltner_lower'],
  linearreg_slope: 'slope',
  llv: 'lowest',
  ln: 'log',
  ma: 'mean',
  macdext: ['macd', 'macd_signal', 'macd_histogram'],
  macdhist: 'macd_histogram',
  mom: 'momentum',
  notna: 'known',
  nz: 'coalesce',
  percentile: 'quantile',
  percentrank: 'rank',
  prev: 'lag',
  previous: 'lag',
  ref: 'lag',
  relative_volume: 'volume_ratio',
  returns: 'pct_change',
  rma: 'wilder',
  rocp: 'pct_change',
  rolling_max: 'highest',
  rolling_mean: 'mean',
  rolling_median: 'median',
  rolling_min: 'lowest',
  rolling_quantile: 'quantile',
  rolling_rank: 'rank',
  rolling_std: 'std',
  rolling_sum: 'sum',
  rolling_var: 'var',
  rvgi: 'rvi',
  rvol: 'volume_ratio',
  sar: 'psar',
  shift: 'lag',
  squeeze: 'squeeze_intensity',
  st_direction: 'supertrend_direction',
  stddev: 'std',
  stdev: 'std',
  stdev_samp: 'std',
  stoch: ['stochastic_k', 'stochastic_d'],
  stochastic: ['stochastic_k', 'stochastic_d'],
  trange: 'true_range',
  ts_max: 'highest',
  ts_mean: 'mean',
  ts_min: 'lowest',
  ts_rank: 'rank',
  ts_std: 'std',
  ts_sum: 'sum',
  typprice: 'typical_price',
  variance: 'var',
  where: 'if',
  willr: 'williams_r',
  winsorize: 'clip',
};

/** Names under which other tools look into the future; `shift` does so with a negative count. */
const AHEAD: ReadonlySet<string> = new Set(['forward', 'future', 'lead', 'next', 'shift']);

const LOOKING = 'looking ahead exists only in targets, as ahead(x, n); lag(x, n) looks back';

const REPAINTS =
  'it repaints: what it says of a bar is known only bars later; highest, lowest and bars_since_highest say what is known at the bar';
const BACKWARDS =
  'it fills from rows to come; fill(x, n) and coalesce(a, b) fill from what is known';
const CENTRED =
  'a centred window holds rows to come; windows here end at the bar, as mean(x, n) does';

/** What other tools have and this language does not on purpose, and why. */
const REFUSED: Readonly<Record<string, string>> = {
  backfill: BACKWARDS,
  bfill: BACKWARDS,
  centered_mean: CENTRED,
  centred: CENTRED,
  centred_mean: CENTRED,
  chikou: 'the lagging span is the close drawn bars back: it needs prices to come',
  detrended_price: CENTRED,
  dpo: CENTRED,
  fractal: REPAINTS,
  fractals: REPAINTS,
  ichimoku_chikou: 'the lagging span is the close drawn bars back: it needs prices to come',
  interpolate: 'it draws a line to a row to come; fill(x, n) carries what is known',
  pivot_high: REPAINTS,
  pivot_low: REPAINTS,
  pivothigh: REPAINTS,
  pivotlow: REPAINTS,
  savgol: CENTRED,
  swing_high: REPAINTS,
  swing_low: REPAINTS,
  zig_zag: REPAINTS,
  zigzag: REPAINTS,
};

/** What to write in place of another tool's operator; undefined for a name that no tool known here has. */
export function synonym(name: string): string | undefined {
  const written = name.toLowerCase();
  const same = called(written);
  const parts = [
    ...(same.length > 1 ? [`here it is one of ${same.join(', ')}`] : []),
    ...(same.length === 1 ? [`here it is called ${same[0]}`] : []),
    ...(AHEAD.has(written) ? [LOOKING] : []),
    ...(Object.hasOwn(REFUSED, written) ? [REFUSED[written]] : []),
  ];
  return parts.length > 0 ? parts.join('; ') : undefined;
}

/** The operators that a name of another tool stands for; none where no tool has it. */
function called(name: string): readonly string[] {
  const same = Object.hasOwn(SAME, name) ? SAME[name] : undefined;
  return same === undefined ? [] : typeof same === 'string' ? [same] : same;
}

/** Modules that people are used to name. */
const MODULES: ReadonlySet<string> = new Set([
  'math',
  'np',
  'numpy',
  'pandas',
  'pd',
  'scipy',
  'ta',
  'talib',
]);

/** What to write in place of a method, as in `close.rolling(12).mean()` or `close.shift(1)`. */
export function methodAdvice(of: string, method: string): string {
  if (['ewm', 'expanding', 'rolling'].includes(method))
    return `operators are called as functions, and a window is one of their arguments: mean(${of}, 12)`;
  if (MODULES.has(of)) {
    const plain = method.toLowerCase();
    const [same = plain] = called(plain);
    return `operators belong to no module: ${same}(…)`;
  }
  if (Object.hasOwn(REFUSED, method)) return `${method} is not offered: ${REFUSED[method]}`;
  const [same = method] = called(method);
  const ahead = AHEAD.has(method) ? `; ${LOOKING}` : '';
  return `operators are called as functions: ${same}(${of}, …)${ahead}`;
}

/** Every name of another tool and the operators that stand for it. */
export const SYNONYMS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.keys(SAME).map((name) => [name, called(name)]),
);

/** The names that are refused on purpose. */
export const REFUSALS: ReadonlySet<string> = new Set(Object.keys(REFUSED));
