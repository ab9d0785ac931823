/** Operators with a window, each as a call of it over `W` rows. */
const WINDOWED: readonly string[] = [
  'sum(close, W)',
  'mean(close, W)',
  'var(close, W)',
  'std(close, W)',
  'skew(close, W)',
  'kurtosis(close, W, excess=true)',
  'cov(close, volume, W)',
  'corr(close, volume, W)',
  'slope(close, W)',
  'highest(high, W)',
  'bars_since_lowest(low, W)',
  'quantile(close, 0.9, W)',
  'quantile(volume, 0.9, W)',
  'rank(volume, W)',
  'mad(volume, W)',
  'mean_abs_dev(volume, W)',
  'tail_mean(volume, 0.05, W)',
];
const WINDOWS = [96, 576, 2016, 8640];

/** Operators without a window, or whose cost does not hang on it. */
const OTHERS: readonly string[] = [
  'close + volume',
  'close / volume',
  'close ^ 3',
  'close > open',
  'close > open and volume > 50',
  'if(close > open, high, low)',
  'coalesce(close, open)',
  'average(open, close)',
  'abs(close)',
  'log(close)',
  'exp(close / 1e6)',
  'sqrt(close)',
  'normal_cdf(close / open - 1)',
  'lag(close, 96)',
  'ema(close, span=96)',
  'psar(high, low, close)',
  'supertrend(high, low, close)',
  'hour',
  'bars_since(close > open, 96)',
  'latch(close > 2 * open, close < open)',
  'then(close > open, close < open, 12)',
  'permutation_entropy(close, 120, order=5, min=24)',
  'haar_energy(close, 64)',
  'kendall(close, volume, 96)',
  'adf_p(close, 576)',
  'ljung_box_p(close, 10, 576)',
];

/** Calls to time: each windowed operator in every window and over all rows, and the others. A third of a window may be missing. */
export function calls(): readonly string[] {
  const windowed = WINDOWED.flatMap((call) => [
    ...WINDOWS.map((w) => call.replace('W', `${w}, min=${Math.ceil((2 / 3) * w)}`)),
    call.replace('W', 'all'),
  ]);
  return [...windowed, ...OTHERS];
}
