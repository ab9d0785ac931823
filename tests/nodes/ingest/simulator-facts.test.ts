import { beforeAll, describe, expect, it } from '@jest/globals';
import { inPlainNode } from '../../kit/plain.js';
import { DATA, describeReal } from '../../kit/real.js';

interface Facts {
  readonly kurtosis: number;
  /** Autocorrelation of returns at lags 1, 2 and 12; of absolute returns at 1, 12 and 288; of log volume at 1 and 288. */
  readonly direction: readonly number[];
  readonly size: readonly number[];
  readonly volume: readonly number[];
  /** Correlation of log volume with the log of absolute returns. */
  readonly moving: number;
}
interface Told {
  readonly facts: Readonly<Record<string, Facts>>;
  readonly pairs: Readonly<Record<string, number>>;
}

/**
 * Least and largest of 20 perpetuals of Binance, 5-minute bars from 2025-07-04 to 2025-12-31 (set binance-um-ohlcv-5m, files of
 * 51,840 bars, last bar and the crash of 2025-10-10 left out), measured by `tests/kit/facts-script.ts` and, independently,
 * with pandas 2: the same to three digits.
 */
const REAL: readonly (readonly [string, (facts: Facts) => number, number, number])[] = [
  ['kurtosis', (f) => f.kurtosis, 12.39, 61.97],
  ['memory of direction, 1 bar', (f) => f.direction[0] ?? NaN, -0.049, 0.02],
  ['memory of direction, 2 bars', (f) => f.direction[1] ?? NaN, -0.033, -0.008],
  ['memory of direction, 12 bars', (f) => f.direction[2] ?? NaN, -0.004, 0.013],
  ['memory of size, 1 bar', (f) => f.size[0] ?? NaN, 0.21, 0.339],
  ['memory of size, 12 bars', (f) => f.size[1] ?? NaN, 0.126, 0.225],
  ['memory of size, 288 bars', (f) => f.size[2] ?? NaN, 0.067, 0.156],
  ['memory of volume, 1 bar', (f) => f.volume[0] ?? NaN, 0.621, 0.79],
  ['memory of volume, 288 bars', (f) => f.volume[1] ?? NaN, 0.191, 0.45],
  ['volume with size', (f) => f.moving, 0.413, 0.508],
];
/** ETH, XRP, DOGE, ADA, AVAX, LINK and BNB among each other, same span. */
const PAIRS = { least: 0.673, mean: 0.769, most: 0.851 } as const;

/** What a world may stray from the real ranges: they are of one half-year, in which volatility was what it was. */
const SLACK: Readonly<Record<string, number>> = {
  'memory of direction, 1 bar': 0.01,
  'memory of direction, 2 bars': 0.025,
  'memory of direction, 12 bars': 0.01,
  'memory of volume, 1 bar': 0.03,
  'memory of volume, 288 bars': 0.1,
  'volume with size': 0.03,
};

const mean = (values: readonly number[]) => values.reduce((s, x) => s + x, 0) / values.length;

describe('stylised facts of simulated 5-minute bars', () => {
  let worlds: readonly Told[] = [];
  beforeAll(async () => {
    worlds = (await inPlainNode('facts-script', ['simulated'])) as readonly Told[]; // as the script prints it
  }, 120_000);

  it.each(REAL)('%s: the mean symbol of a year is as real ones are', (name, of, least, most) => {
    const slack = SLACK[name] ?? 0;
    expect(worlds.length).toBe(2);
    for (const { facts } of worlds) {
      const value = mean(Object.values(facts).map(of));
      expect(value).toBeGreaterThan(least - slack);
      expect(value).toBeLessThan(most + slack);
    }
  });

  it('returns do not remember their direction: no symbol’s autocorrelation is beyond what real ones have', () => {
    for (const { direction } of worlds.flatMap(({ facts }) => Object.values(facts)))
      for (const memory of direction) expect(Math.abs(memory)).toBeLessThan(0.02);
  });

  it('symbols move together, a little less than real majors did', () => {
    for (const { pairs } of worlds) {
      const values = Object.values(pairs);
      expect(Math.min(...values)).toBeGreaterThan(0.5);
      expect(mean(values)).toBeGreaterThan(0.6);
      expect(Math.max(...values)).toBeLessThan(PAIRS.most);
    }
  });
});

describeReal('the same facts of real bars', () => {
  let told: Told = { facts: {}, pairs: {} };
  beforeAll(async () => {
    const found = (await inPlainNode('facts-script', [`${DATA}/binance-um-ohlcv-5m`])) as Told[]; // as the script prints it
    told = found[0] ?? told;
  }, 120_000);

  it.each(REAL)('%s is between %#: what is written here', (_name, of, least, most) => {
    const values = Object.values(told.facts).map(of);
    expect(values.length).toBe(20);
    expect(Math.abs(Math.min(...values) - least)).toBeLessThan(0.005);
    expect(Math.abs(Math.max(...values) - most)).toBeLessThan(0.005);
  });

  it('majors correlate as is written here', () => {
    const majors = ['ETH', 'XRP', 'DOGE', 'ADA', 'AVAX', 'LINK', 'BNB'].map((s) => `${s}USDT`);
    const values = Object.entries(told.pairs)
      .filter(([pair]) => pair.split(' ').every((symbol) => majors.includes(symbol)))
      .map(([, value]) => value);
    expect(values.length).toBe(21);
    expect(Math.min(...values)).toBeCloseTo(PAIRS.least, 3);
    expect(mean(values)).toBeCloseTo(PAIRS.mean, 3);
    expect(Math.max(...values)).toBeCloseTo(PAIRS.most, 3);
  });
});
