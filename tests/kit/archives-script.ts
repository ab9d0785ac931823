import { stdout } from 'node:process';
import { type Frame, isFrame } from '../../engine/frame/frame.js';
import clean from '../../nodes/clean/market.js';
import ingest from '../../nodes/ingest/market.js';
import { bare } from './bare.js';
import { ROOT } from './specs.js';

/** What ingest and clean make of real archives: counts by symbol, and whether CSV and Parquet agree. */
const DATA = `${ROOT}../shared/data`;
const FIVE = 300_000;
const ALL = { from: Date.UTC(2023, 0, 1), to: Date.UTC(2026, 0, 1) };
const KLINES = 'binance-um-klines-5m';

async function raw(
  folder: string,
  symbol: string,
  span: { from: number; to: number },
  spacing = FIVE,
) {
  const market = { id: 'binance_perp', source: 'binance_klines', spacing };
  const folders = { folder: `${DATA}/${folder}`, funding: `${DATA}/binance-um-funding` };
  const outs = await bare(ingest, {}, { market, symbol, span, warmup: 0, ...folders });
  return { raw: frameOf(outs.raw), funding: frameOf(outs.funding) };
}

async function counts(symbol: string, span = ALL) {
  const ins = await raw(KLINES, symbol, span);
  const { quality, funding } = await bare(clean, ins, { spacing: FIVE, warmup: 0 });
  const still = ins.raw.column('volume').filter((v) => v === 0).length;
  const prints = frameOf(funding);
  return {
    rows: ins.raw.length,
    still,
    quality,
    hours: [...new Set(prints.column('interval_hours').slice(1))],
  };
}

async function differing(symbol: string, from: number, to: number) {
  const [csv, parquet] = [
    await raw('raw-binance', symbol, { from, to }),
    await raw(KLINES, symbol, { from, to }),
  ];
  const same = (name: string) => {
    const other = parquet.raw.column(name);
    return csv.raw.column(name).every((v, i) => v === other[i]);
  };
  return {
    rows: [csv.raw.length, parquet.raw.length],
    columns: csv.raw.names.filter((n) => !same(n)),
  };
}

function frameOf(value: unknown): Frame {
  if (!isFrame(value)) throw new Error('no frame');
  return value;
}

const month = (year: number, m: number) =>
  [Date.UTC(year, m - 1, 1), Date.UTC(year, m, 1)] as const;
const result = {
  SOLUSDT: await counts('SOLUSDT', { from: Date.UTC(2025, 0, 1), to: Date.UTC(2025, 9, 1) }),
  ALGOUSDT: await counts('ALGOUSDT'),
  LINKUSDT: await counts('LINKUSDT'),
  NEARUSDT: await counts('NEARUSDT', { from: Date.UTC(2024, 10, 1), to: Date.UTC(2025, 1, 1) }),
  btc: await differing('BTCUSDT', ...month(2025, 2)),
  sol: await differing('SOLUSDT', ...month(2025, 4)),
  minutes: (await raw('raw-binance', 'FILUSDT', ALL, 60_000)).raw.length,
};
stdout.write(JSON.stringify(result));
