import { stdout } from 'node:process';
import ingest from '../../nodes/ingest/market.js';
import { market as kind } from '../../nodes/kinds/market.js';
import { bare } from './bare.js';
import { cleaned, crossed, events, featured, features, registered } from './registries.js';
import { installFormulas, ROOT, specsOf } from './specs.js';

/** Counts of every event in a set of real bars: `SET` → tallies. */

const DATA = `${ROOT}../shared/data`;
const TWENTY =
  'AAVE ADA AVAX BCH BNB DOGE DOT ENA ETH HBAR HYPE LINK LTC SUI TRUMP TRX UNI WIF XLM XRP';
const SETS = {
  klines: {
    market: 'binance_perp',
    folders: { folder: `${DATA}/binance-um-klines-5m`, funding: `${DATA}/binance-um-funding` },
    symbols: ['1000PEPEUSDT', 'BTCUSDT', 'NEARUSDT', 'SOLUSDT'],
    benchmark: 'BTCUSDT',
    span: { from: Date.UTC(2025, 0, 1), to: Date.UTC(2025, 9, 1) },
  },
  /** Bars without turnover, trades and flow, and nothing beside them; the last day, half formed, is left out. */
  ohlcv: {
    market: 'ohlcv',
    folders: { folder: `${DATA}/binance-um-ohlcv-5m` },
    symbols: TWENTY.split(' ').map((base) => `${base}USDT`),
    benchmark: 'ETHUSDT',
    span: { from: Date.UTC(2025, 6, 5), to: Date.UTC(2025, 11, 31) },
  },
};

const [asked] = process.argv.slice(2);
const { symbols, benchmark, folders, span, ...set } = SETS[asked === 'ohlcv' ? 'ohlcv' : 'klines'];
const [market] = specsOf(kind, set.market);

installFormulas();
const specs = features();
const clean = new Map<string, Awaited<ReturnType<typeof cleaned>>>();
for (const symbol of symbols) {
  const raw = await bare(ingest, {}, { market, symbol, span, warmup: 0, ...folders });
  clean.set(symbol, await cleaned(raw as Parameters<typeof cleaned>[0], span)); // frames by the names cleaning has them under
}
const lived = [];
for (const [symbol, own] of clean) {
  lived.push(await featured(symbol, own, { benchmark: clean.get(benchmark)?.bars }, specs));
}
const cross = await crossed(lived, specs);
const told = [];
for (const spec of events()) {
  const { tally } = await registered(spec, lived, cross);
  told.push({ ...tally, bounds: spec.prevalence.per_10k_bars });
}
stdout.write(JSON.stringify(told));
