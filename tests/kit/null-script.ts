import { stdout } from 'node:process';
import { demo, placebo } from './markets.js';
import { installFormulas } from './specs.js';
import { onGrid, simulated } from './worlds.js';

/**
 * Mean forward returns after patterns that anybody can see, in the market without effects (or in a `loud` demo): pattern → horizon → mean, in bps,
 * and how many standard errors it is from 0. `YEARS` symbol-years, each of a world of its own, so that they are independent.
 */

const YEARS = Number(process.argv[2] ?? 8);
/** Effects four times as large as those of the demo: so few years show no smaller ones. */
const loud = demo.simulator.planted.map((effect) => ({ ...effect, drift: 4 * effect.drift }));
const MARKET =
  process.argv[3] === 'loud'
    ? { ...demo, simulator: { ...demo.simulator, planted: loud } }
    : placebo;
const HORIZONS = [1, 12, 48] as const;
/** Bars of a block: errors of occurrences in one block may be correlated, those of different ones are not. */
const BLOCK = 5 * 288;
const FROM = '2024-01-01';
const TO = '2024-12-31';
const DAYS = 365;
const BARS = DAYS * 288;
const EPOCH = Date.UTC(2023, 11, 1);

installFormulas();

/** Where each pattern is seen in one symbol-year, +1 or −1 by its side. */
function patternsOf(symbol: string, seed: number) {
  const whole = { gaps_per_month: 0, outages_per_month: 0, bad_ticks_per_month: 0, epoch: EPOCH };
  const made = simulated(symbol, FROM, TO, { seed, world: whole, market: MARKET });
  const grid = { from: Date.parse(FROM), bars: BARS };
  if (!made.spot || !made.tob || !made.liquidations || !made.open_interest)
    throw new Error('no table');
  const close = onGrid(made.raw, 'close', grid);
  const ret = close.map((c, i) => c / (close[i - 1] ?? Number.NaN) - 1);
  const volume = onGrid(made.raw, 'quote_volume', grid);
  const bought = onGrid(made.raw, 'taker_base_volume', grid);
  const base = onGrid(made.raw, 'volume', grid);
  const spread = onGrid(made.tob, 'spread_bps', grid);
  const imbalance = onGrid(made.tob, 'imbalance', grid);
  const spot = onGrid(made.spot, 'close', grid);
  const basis = close.map((c, i) => c / (spot[i] ?? Number.NaN) - 1);
  const interest = onGrid(made.open_interest, 'base', grid);
  const forced = forcedOf(made.liquidations, grid);
  const paid = onGrid(made.funding, 'rate', grid);
  // A reading at the open of the next bar tells of this one.
  const flush = interest.map((_, i) => (interest[i + 1] ?? NaN) / (interest[i - 11] ?? NaN) - 1);
  const by = (x: Float64Array, share: number, side: (i: number) => number) => {
    const limit = quantile(x, share);
    return x.map((v, i) => (v >= limit ? side(i) || 0 : 0));
  };
  const sign = (x: Float64Array) => (i: number) => Math.sign(x[i] ?? 0);
  const size = (x: Float64Array) => x.map(Math.abs);
  const always = () => 1;
  const patterns: Record<string, Float64Array> = {
    'large move': by(size(ret), 0.999, sign(ret)),
    'very large move': by(size(ret), 0.9999, sign(ret)),
    'volume spike': by(volume, 0.99, sign(ret)),
    'one-sided flow': by(
      bought.map((b, i) => Math.abs(b / (base[i] ?? NaN) - 0.5)),
      0.99,
      (i) => Math.sign((bought[i] ?? 0) / (base[i] ?? 1) - 0.5),
    ),
    'forced orders': by(size(forced), 0.99, sign(forced)),
    cascade: by(size(forced), 0.999, sign(forced)),
    'open interest flush': by(
      flush.map((x) => -x),
      0.99,
      sign(ret),
    ),
    'wide spread': by(spread, 0.99, always),
    'wide spread after a move': by(spread, 0.99, sign(ret)),
    'leaning book': by(size(imbalance.map((x) => x - 0.5)), 0.99, (i) =>
      Math.sign((imbalance[i] ?? 0.5) - 0.5),
    ),
    'wide basis': by(size(basis), 0.95, sign(basis)),
    'basis shock': by(size(basis.map((b, i) => b - (basis[i - 1] ?? NaN))), 0.999, (i) =>
      Math.sign((basis[i] ?? 0) - (basis[i - 1] ?? 0)),
    ),
    'extreme funding': by(size(paid), 0.95, sign(paid)),
    'quiet hour': by(
      volume.map((v) => -v),
      0.99,
      always,
    ),
  };
  return { close, patterns };
}

/** Worth of what is liquidated in each bar: longs −, since their orders sell. */
function forcedOf(
  ticks: NonNullable<ReturnType<typeof simulated>['liquidations']>,
  { from, bars }: { readonly from: number; readonly bars: number },
): Float64Array {
  const sums = new Float64Array(bars);
  const [ts, sell, value] = [ticks.time('ts'), ticks.flags('sell'), ticks.column('value')];
  for (let i = 0; i < ts.length; i++) {
    const at = Math.floor(((ts[i] ?? 0) - from) / 300_000);
    sums[at] = (sums[at] ?? 0) + (sell[i] === 1 ? -1 : 1) * (value[i] ?? 0);
  }
  return sums;
}

function quantile(x: Float64Array, q: number): number {
  const known = x.filter(Number.isFinite).sort();
  return known[Math.floor(q * (known.length - 1))] ?? Number.NaN;
}

/** Sums of one pattern and horizon in each block: how many, and of what. */
type Blocks = Map<string, { n: number; sum: number }>;
const tallies = new Map<string, Blocks>();

for (let year = 0; year < YEARS; year++) {
  const { close, patterns } = patternsOf(`S${year}USDT`, 1000 + year);
  for (const [name, sides] of Object.entries(patterns)) {
    for (const horizon of HORIZONS) {
      const key = `${name} ${horizon}`;
      const blocks: Blocks = tallies.get(key) ?? new Map();
      tallies.set(key, blocks);
      for (let i = 0; i + horizon < BARS; i++) {
        const side = sides[i] ?? 0;
        if (side === 0) continue;
        const at = `${year} ${Math.floor(i / BLOCK)}`;
        const block = blocks.get(at) ?? { n: 0, sum: 0 };
        block.n += 1;
        block.sum += side * ((close[i + horizon] ?? NaN) / (close[i] ?? NaN) - 1);
        blocks.set(at, block);
      }
    }
  }
}

const told = [...tallies].map(([name, blocks]) => {
  const all = [...blocks.values()];
  const n = all.reduce((s, b) => s + b.n, 0);
  const mean = all.reduce((s, b) => s + b.sum, 0) / n;
  const error =
    Math.sqrt(all.reduce((s, b) => s + (b.sum - b.n * mean) * (b.sum - b.n * mean), 0)) / n;
  return { name, n, bps: 1e4 * mean, errors: mean / error };
});
stdout.write(JSON.stringify(told));
