import { describe, expect, it } from '@jest/globals';
import { operators } from '../../engine/expr/index.js';
import { refusals, run, shipped } from '../engine/expr/kit.js';

const composed = shipped();

/** The composed operators of the language's definition, and the outputs of the indicators that are not one series. */
const NAMES = `
  diff pct_change median past_quantile zscore robust_zscore beta efficiency variance_ratio autocorr wilder wma hull
  true_range typical_price atr rsi adx plus_di minus_di plus_dm minus_dm
  macd macd_signal macd_histogram bbands_upper bbands_middle bbands_lower bb_width bb_percent
  keltner_upper keltner_middle keltner_lower donchian_upper donchian_middle donchian_lower
  stochastic_k stochastic_d williams_r cci mfi cmf vwap obv ad_line volume_ratio
  ichimoku_tenkan ichimoku_kijun ichimoku_senkou_a ichimoku_senkou_b aroon_up aroon_down aroon_oscillator
  fisher fisher_signal rvi rvi_signal squeeze_intensity supertrend_direction sma roc momentum distance_from_ma
  rises falls crosses_above crosses_below count holds within latest fill xs_zscore xs_demean`
  .trim()
  .split(/\s+/);

describe('composed operators', () => {
  it('are all there', () => {
    expect(NAMES.filter((name) => !composed.has(name))).toEqual([]);
    expect(['ema', 'psar', 'supertrend'].filter((name) => !operators.has(name))).toEqual([]);
  });

  it.each([...composed.values()])('$name says what it is and what it takes', ({ doc, args }) => {
    expect(doc).toMatch(/\.$/);
    expect(args.filter((a) => a.doc === '')).toEqual([]);
  });

  it.each(['zigzag', 'fractals', 'ichimoku_chikou', 'dpo', 'bfill'])(
    '%s is none, as it would look ahead',
    (name) => expect(composed.has(name) || operators.has(name)).toBe(false),
  );
});

describe('windows that are worked out', () => {
  const x = [1, 2, 3, 4, 5, 9, 2, 6, 5, 3, 5, 8];
  it.each([
    ['hull(x, 9)', 'wma(2 * wma(x, 4) - wma(x, 9), 3)'],
    ['hull(x, 30m)', 'hull(x, 6)'],
    ['mean(x, 7, min=ceil(0.75 * 7))', 'mean(x, 7, min=6)'],
    ['zscore(x, 2 * 3, min=floor(7 / 2))', 'zscore(x, 6, min=3)'],
    ['macd(x, 5, 3)', '-macd(x, 3, 5)'],
  ])('%s is %s', (one, other) => expect(run(one, { x })).toEqual(run(other, { x })));

  it.each([
    ['wma(x, 5 / 2)', 'The argument "n" of `wma` is 2.5 rows'],
    ['median(x, 7m)', 'a row lasts 5 minutes'],
    ['hull(x, 1)', 'The argument "n" of `hull` is 1; it must be at least 2'],
    ['atr(14, method=rma)', 'must be one of wilder, sma'],
  ])('%s is refused', (text, said) => {
    expect(refusals(text, ['x', 'high', 'low', 'close'])[0]?.message).toContain(said);
  });
});
