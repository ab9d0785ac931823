import { beforeAll, expect, it } from '@jest/globals';
import { inPlainNode } from '../../kit/plain.js';
import { readmeOf } from '../../kit/readme.js';
import { describeReal } from '../../kit/real.js';

/** Every real file in a form of Binance, of freqtrade or of plain bars, through a market that ships. */

interface Counted {
  readonly rows: number;
  readonly first: string;
  readonly last: string;
  readonly gaps: number;
  readonly missing: number;
  readonly warnings: readonly {
    readonly code: string;
    readonly facts: { readonly count?: number };
  }[];
}

/** Folders with a table of files in their README, and the market that reads them. */
const FOLDERS = {
  'binance-um-klines-5m': 'binance_perp',
  'binance-um-klines-1m': 'binance_perp_1m',
  'binance-um-ohlcv-5m': 'ohlcv',
  'binance-spot-klines-5m': 'binance_spot_rest',
  'binance-spot-ohlcv-5m': 'ohlcv',
} as const;

/** Symbols of a folder with the rows of all their files together, as its README counts them. */
function symbolsOf(folder: keyof typeof FOLDERS) {
  const rows = new Map<string, number>();
  for (const row of readmeOf(folder)) {
    const symbol = /^[A-Z0-9]+/.exec(row.file ?? '')?.[0] ?? '';
    rows.set(symbol, (rows.get(symbol) ?? 0) + Number(row.rows));
  }
  const finer = FOLDERS[folder] === 'binance_perp_1m' ? 5 : 1;
  return [...rows].map(([symbol, count]) => [folder, symbol, count / finer] as const);
}

const OTHERS = [
  // Rows of the README where a file has one symbol, else of `select count(*) … where symbol = …` by DuckDB; less an open bar.
  ['binance_perp', 'raw-binance', 'BTCUSDT', 'raw', 8064, {}],
  ['binance_perp', 'raw-binance', 'SOLUSDT', 'raw', 8640, {}],
  ['binance_perp_1m', 'raw-binance', 'FILUSDT', 'raw', 40_320 / 5, {}],
  ['binance_spot_rest', 'raw-binance', 'BTCUSDT', 'raw', 9118 - 1, {}],
  ['freqtrade_futures', 'raw-binance', 'ADAUSDT', 'raw', 25_920, {}],
  ['ohlcv', 'binance-um-ohlcv-5m', 'ETHUSDT', 'funding', 2155, { funding: 'raw-binance' }],
  [
    'binance_perp',
    'binance-um-klines-5m',
    'BTCUSDT',
    'funding',
    6638,
    { funding: 'binance-um-funding' },
  ],
  ['binance_tables_1d', 'binance-um-daily-universe', '1000PEPEUSDT', 'raw', 722, {}],
  ['binance_tables_1h', 'binance-um-open-interest', 'ETHUSDT', 'raw', 4500 - 1, {}],
  ['binance_tables_1h', 'binance-um-open-interest', 'ETHUSDT', 'open_interest', 168, {}],
  ['binance_tables_1h', '', 'BTCUSDT', 'mark', 16_056, {}],
  ['venues_1h', 'multi-venue-hourly', 'ETHUSDT', 'raw', 8736 - 1, {}],
  ['venues_1h', 'multi-venue-hourly', 'ETHUSDT', 'funding', 1092, {}],
  ['us_stocks_1d', 'us-equities-daily', 'AAPL', 'raw', 1000, {}],
  ['us_stocks_1d', 'us-equities-daily', 'BHF', 'raw', 482, {}],
  ['pandas_1d', 'classic', 'GOOG', 'raw', 2148, {}],
  ['pandas_1h', 'classic', 'EURUSD', 'raw', 5000, {}],
  ['pandas_1mo', 'classic', 'BTCUSD', 'raw', 156, {}],
] as const;

describeReal('real files through markets that ship', () => {
  const folders = Object.keys(FOLDERS).flatMap(
    (folder) => symbolsOf(folder as keyof typeof FOLDERS), // the keys of a constant
  );
  const found: Record<string, Counted> = {};
  beforeAll(async () => {
    const whole = folders.map(([folder, symbol]) => {
      return { id: `${folder} ${symbol}`, market: FOLDERS[folder], folder, symbol, table: 'raw' };
    });
    const others = OTHERS.map(([market, folder, symbol, table, _rows, more]) => {
      return {
        id: `${market} ${folder} ${symbol} ${table}`,
        market,
        folder,
        symbol,
        table,
        ...more,
      };
    });
    const asked = JSON.stringify([...whole, ...others]);
    Object.assign(found, await inPlainNode('imports-script', [asked]));
  }, 300_000);

  it.each(folders)(
    '%s %s: rows of the README but for open bars, which are told',
    (folder, symbol, rows) => {
      const { rows: read, warnings } = found[`${folder} ${symbol}`] ?? { rows: 0, warnings: [] };
      const left = warnings.filter(({ code }) => code === 'ingest/unsure-bar');
      expect(read + left.reduce((sum, { facts }) => sum + (facts.count ?? 0), 0)).toBe(rows);
      expect(warnings.filter(({ code }) => code === 'ingest/stray-files')).toEqual([]);
    },
  );

  it.each(OTHERS)('%s %s %s %s: %d', (market, folder, symbol, table, rows, _more) => {
    expect(found[`${market} ${folder} ${symbol} ${table}`]?.rows).toBe(rows);
  });

  it('days of GOOG from the first to the last that the README of the classics has', () => {
    const { first, last } = found['pandas_1d classic GOOG raw'] ?? {};
    expect([first, last]).toEqual(['2004-08-19T00:00', '2013-03-01T00:00']);
  });

  it('months of BTCUSD by the calendar: each opens on its first day, and none is missing', () => {
    const { first, last, gaps, missing } = found['pandas_1mo classic BTCUSD raw'] ?? {};
    expect({ first, last, gaps, missing }).toEqual({
      first: '2012-01-01T00:00',
      last: '2024-12-01T00:00',
      gaps: 0,
      missing: 0,
    });
  });
});
