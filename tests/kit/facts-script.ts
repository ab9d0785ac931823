import { readdirSync } from 'node:fs';
import { stdout } from 'node:process';
import { readParquet } from '../../engine/store/codecs/parquet-read.js';
import { installFormulas } from './specs.js';
import { onGrid, simulated } from './worlds.js';

/**
 * Stylised facts of 5-minute bars: `simulated` → of the built-in market without effects, else of the Parquet files of a folder
 * that hold half a year. Symbol → facts, and the correlation of each pair.
 */

const [asked = ''] = process.argv.slice(2);
const FIVE = 300_000;
const SYMBOLS = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'XRPUSDT', 'DOGEUSDT'];
const SEEDS = [7, 3];
const LONG = 50_000;
/** The crash of 2025-10-10 and the night after it: one bar of it would be most of a kurtosis. */
const CRASH = { from: Date.UTC(2025, 9, 10, 20), to: Date.UTC(2025, 9, 11, 12) };

interface Series {
  readonly ret: Float64Array;
  readonly volume: Float64Array;
}

function correlation(a: Float64Array, b: Float64Array): number {
  let [n, sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? NaN, b[i] ?? NaN];
    if (!Number.isFinite(x + y)) continue;
    n += 1;
    sa += x;
    sb += y;
    saa += x * x;
    sbb += y * y;
    sab += x * y;
  }
  const cov = sab / n - (sa / n) * (sb / n);
  return cov / Math.sqrt((saa / n - (sa / n) * (sa / n)) * (sbb / n - (sb / n) * (sb / n)));
}

const memory = (x: Float64Array, lag: number) => correlation(x.subarray(lag), x.subarray(0, -lag));
const logOf = (x: Float64Array) => x.map((v) => (v > 0 ? Math.log(v) : Number.NaN));

function factsOf({ ret, volume }: Series) {
  const known = ret.filter(Number.isFinite);
  const mean = known.reduce((s, x) => s + x, 0) / known.length;
  const [second, fourth] = [2, 4].map((power) => {
    return (
      known.reduce(
        (s, x) => s + (power === 2 ? 1 : (x - mean) * (x - mean)) * (x - mean) * (x - mean),
        0,
      ) / known.length
    );
  });
  const size = ret.map(Math.abs);
  return {
    kurtosis: (fourth ?? NaN) / ((second ?? NaN) * (second ?? NaN)),
    direction: [1, 2, 12].map((lag) => memory(ret, lag)),
    size: [1, 12, 288].map((lag) => memory(size, lag)),
    volume: [1, 288].map((lag) => memory(logOf(volume), lag)),
    moving: correlation(logOf(volume), logOf(size)),
  };
}

function logReturns(close: Float64Array): Float64Array {
  return close.map((c, i) => Math.log(c / (close[i - 1] ?? Number.NaN)));
}

function simulatedSeries(symbol: string, seed: number): Series {
  const [from, to] = ['2024-01-01', '2024-12-31'];
  const { raw } = simulated(symbol, from, to, {
    seed,
    world: { bad_ticks_per_month: 0, tables: [] },
  });
  const grid = { from: Date.parse(from), bars: (Date.parse(to) - Date.parse(from)) / FIVE };
  return { ret: logReturns(onGrid(raw, 'close', grid)), volume: onGrid(raw, 'volume', grid) };
}

async function realSeries(path: string): Promise<Series | undefined> {
  const columns = ['open_time', 'close', 'volume'].map((name) => ({ name, dtype: 'f64' }) as const);
  const whole = await readParquet(path, columns);
  if (whole.length < LONG) return undefined;
  // The last bar was still forming when the file was made.
  const frame = whole.slice(0, whole.length - 1);
  const time = frame.column('open_time');
  const ret = logReturns(frame.column('close')).map((r, i) => {
    const at = time[i] ?? 0;
    return at >= CRASH.from && at < CRASH.to ? Number.NaN : r;
  });
  // On one grid for all: files begin up to an hour apart.
  const first = Date.UTC(2025, 6, 4, 11);
  const place = (values: Float64Array) => {
    const out = new Float64Array(52_000).fill(Number.NaN);
    values.forEach((v, i) => {
      out[((time[i] ?? 0) - first) / FIVE] = v;
    });
    return out;
  };
  return { ret: place(ret), volume: place(frame.column('volume')) };
}

async function realSets(folder: string): Promise<ReadonlyMap<string, Series>> {
  const found = new Map<string, Series>();
  for (const name of readdirSync(folder).sort()) {
    if (!/^[A-Z0-9]+USDT\.parquet$/.test(name)) continue;
    const series = await realSeries(`${folder}/${name}`);
    if (series) found.set(name.replace('.parquet', ''), series);
  }
  return found;
}

function told(sets: ReadonlyMap<string, Series>) {
  const names = [...sets.keys()];
  const pairs = names.flatMap((a, i) =>
    names.slice(i + 1).map((b) => {
      return [
        `${a} ${b}`,
        correlation(sets.get(a)?.ret ?? new Float64Array(), sets.get(b)?.ret ?? new Float64Array()),
      ] as const;
    }),
  );
  const facts = [...sets].map(([name, series]) => [name, factsOf(series)] as const);
  return { facts: Object.fromEntries(facts), pairs: Object.fromEntries(pairs) };
}

if (asked === 'simulated') {
  installFormulas();
  const worlds = SEEDS.map((seed) =>
    told(new Map(SYMBOLS.map((s) => [s, simulatedSeries(s, seed)]))),
  );
  stdout.write(JSON.stringify(worlds));
} else {
  stdout.write(JSON.stringify([told(await realSets(asked))]));
}
