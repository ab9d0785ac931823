import { describe, expect, it } from '@jest/globals';
import { run } from '../engine/expr/kit.js';
import * as slow from './slow-indicators.js';

/** Formulas and their slow versions; windows are small, so that gaps and flat stretches fill them. */
const PAIRS: readonly (readonly [string, (bars: slow.Bars) => slow.Column])[] = [
  ['rsi(close, 5)', (b) => slow.rsi(b, 5)],
  ['cci(5)', (b) => slow.cci(b, 5)],
  ['stochastic_k(5, 2)', (b) => slow.stochasticK(b, 5, 2)],
  ['stochastic_d(5, 2, 3)', (b) => slow.stochasticD(b, 5, 2, 3)],
  ['williams_r(4)', (b) => slow.williamsR(b, 4)],
  ['rvi(3)', (b) => slow.rvi(b, 3)],
  ['fisher(4, 3)', (b) => slow.fisher(b, 4, 3)],
  ['fisher_signal(4, 3)', (b) => slow.lag(slow.fisher(b, 4, 3), 1)],
  ['aroon_up(4)', (b) => slow.aroonUp(b, 4)],
  ['atr(4)', (b) => slow.atr(b, 4, 'wilder')],
  ['atr(4, method=sma)', (b) => slow.atr(b, 4, 'sma')],
  ['bbands_upper(close, 4, 1.5, 0)', (b) => slow.bbandsUpper(b, 4, 1.5, 0)],
  ['keltner_upper(4, 3, 1.5)', (b) => slow.keltnerUpper(b, 4, 3, 1.5)],
  ['macd_signal(close, 3, 5, 2)', (b) => slow.macdSignal(b, 3, 5, 2)],
  ['adx(3)', (b) => slow.adx(b, 3, 'wilder')],
  ['adx(3, method=ema)', (b) => slow.adx(b, 3, 'ema')],
  ['plus_di(3)', (b) => slow.plusDi(b, 3)],
  ['obv', slow.obv],
  ['mfi(4)', (b) => slow.mfi(b, 4)],
  ['cmf(4)', (b) => slow.cmf(b, 4)],
  ['ad_line', slow.adLine],
  ['vwap(4)', (b) => slow.vwap(b, 4)],
  ['volume_ratio(4)', (b) => slow.volumeRatio(b, 4)],
  ['squeeze_intensity(close, 4, 2, 3, 2, 4)', (b) => slow.squeeze(b, 4, 3, 4)],
];

/** Numbers in [0, 1), the same ones for a seed. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** Bars that walk at random in steps of a tick, with flat stretches without volume and rows that are missing. */
function bars(seed: number, rows: number): slow.Bars {
  const draw = draws(seed);
  const out = { open: [], high: [], low: [], close: [], volume: [] } as Record<
    keyof slow.Bars,
    (number | null)[]
  >; // filled below
  let price = 1000;
  for (let t = 0; t < rows; t += 1) {
    const missing = draw() < 0.04;
    const flat = t % 60 >= 48;
    const open = price;
    if (!flat) price += Math.round((draw() - 0.5) * 8);
    const [up, down] = flat ? [0, 0] : [Math.round(draw() * 3), Math.round(draw() * 3)];
    const bar = {
      open,
      high: Math.max(open, price) + up,
      low: Math.min(open, price) - down,
      close: price,
      volume: flat ? 0 : Math.round(draw() * 1000) / 7,
    };
    for (const name of ['open', 'high', 'low', 'close', 'volume'] as const)
      out[name].push(missing && t > 0 ? null : bar[name]);
  }
  return out;
}

describe('indicators on bars with gaps, ties and flat stretches', () => {
  it.each(PAIRS)('%s', (call, of) => {
    for (const seed of [1, 2, 3]) {
      const rows = bars(seed, 400);
      const columns = Object.fromEntries(
        Object.entries(rows).map(([name, cells]) => [
          name,
          cells.map((v: number | null) => v ?? Number.NaN),
        ]),
      );
      const found = run(call, columns);
      const wanted = of(rows);
      const off = wanted.findIndex((value, t) => {
        const own = found[t] ?? null;
        if (value === null || typeof own !== 'number') return own !== value;
        return !(Math.abs(own - value) <= 1e-9 + 1e-9 * Math.abs(value));
      });
      if (off >= 0) expect([seed, off, found[off]]).toEqual([seed, off, wanted[off]]);
      expect(wanted.filter((v) => v !== null).length).toBeGreaterThan(50);
    }
  });
});
