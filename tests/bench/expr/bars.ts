import { Frame } from '../../../engine/frame/frame.js';

/** Rows of one symbol-year of 5-minute bars. */
export const YEAR = 105_120;
const FIVE_MINUTES = 300_000;
/** 2024-01-01 00:00 UTC. */
const START = 1_704_067_200_000;

/** Uniform numbers in [0, 1), the same in every run (mulberry32). */
export function uniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Standard normal numbers, as far as a sum of four uniform ones is. */
export function normal(seed: number): () => number {
  const next = uniform(seed);
  return () => (next() + next() + next() + next() - 2) * Math.sqrt(3);
}

/** Bars of a random walk with clusters of volatility, ticks of 0.1, and a gap of a few bars a week. */
export function syntheticBars(rows: number, seed: number): Frame {
  const [shock, size] = [normal(seed), uniform(seed + 1)];
  const names = ['open', 'high', 'low', 'close', 'volume', 'taker_base_volume'] as const;
  const columns = Object.fromEntries(names.map((n) => [n, new Float64Array(rows)]));
  let close = 60_000;
  let calm = 1e-3;
  for (let i = 0; i < rows; i += 1) {
    calm = 0.98 * calm + 0.02 * 1e-3 * (0.2 + 1.6 * size());
    const open = close;
    close = Math.round(close * (1 + calm * shock()) * 10) / 10;
    const spread = Math.abs(close * calm * shock());
    const volume = Math.round(1e4 * (0.1 + size())) / 100;
    const bar = [
      open,
      Math.round((Math.max(open, close) + spread) * 10) / 10,
      Math.round((Math.min(open, close) - spread) * 10) / 10,
      close,
      volume,
      Math.round(volume * size() * 100) / 100,
    ];
    const gap = i % 2016 > 2010;
    for (const [c, name] of names.entries()) {
      const column = columns[name];
      if (column !== undefined) column[i] = gap ? Number.NaN : (bar[c] ?? Number.NaN);
    }
  }
  return Frame.of(columns).with('ts', {
    dtype: 'time',
    values: Float64Array.from({ length: rows }, (_, i) => START + i * FIVE_MINUTES),
  });
}
