import { stdout } from 'node:process';
import { compare, type Import, table } from './imports.js';

/** Imports real files that tell of the same bars, prints or readings, and prints where they differ. */
const OHLCV = ['open', 'high', 'low', 'close', 'volume'];
const ALL = [...OHLCV, 'quote_volume', 'trade_count', 'taker_base_volume'];

const bars = (
  symbol: string,
  spacing: string,
  name: string,
  layout: string,
  more = '',
): Import => ({
  symbol,
  spacing,
  files: [`{ data: bars, names: ["${name}"], layout: ${layout}${more} }`],
});
const klines = (symbol: string, spacing = '5m', folder = 'binance-um-klines-5m', interval = '5m') =>
  bars(symbol, spacing, `${folder}/{symbol}.parquet`, 'binance_klines', `, interval: ${interval}`);
const hourly = (symbol: string) =>
  bars(symbol, '1h', 'binance-um-open-interest/klines_1h.parquet', 'klines_table');
const daily = (symbol: string) =>
  bars(symbol, '1d', 'binance-um-daily-universe/klines_1d.parquet', 'klines_table');
const ohlcv = (symbol: string, spacing: string, file: string) =>
  bars(
    symbol,
    spacing,
    `binance-um-ohlcv-5m/${file}.parquet`,
    'ohlcv',
    ', interval: 5m, last: forming',
  );
const raw = (symbol: string, name: string, layout: string, more = '') =>
  bars(symbol, '5m', `raw-binance/${name}`, layout, more);

/** Funding needs bars beside it: any will do. */
const funding = (symbol: string, name: string, layout: string, more = ''): Import => ({
  ...klines('BTCUSDT'),
  symbol,
  files: [
    '{ data: bars, names: ["binance-um-klines-5m/BTCUSDT.parquet"], layout: binance_klines }',
    `{ data: funding, names: ["${name}"], layout: ${layout}${more} }`,
  ],
  layouts: {
    venues: `table: funding
columns:
  - { name: timestamp, as: ts, time: stamp }
  - { name: venue }
  - { name: coin, as: base_asset }
  - { name: funding_rate, as: rate }`,
  },
});
const venues: Pick<Import, 'layouts'> = {
  layouts: {
    candles: `table: bars
columns:
  - { name: timestamp, as: ts, time: stamp }
  - { name: venue }
  - { name: coin, as: base_asset }
  - { name: o, as: open }
  - { name: h, as: high }
  - { name: l, as: low }
  - { name: c, as: close }
  - { name: v, as: volume }`,
  },
};
const venue = (symbol: string): Import => ({
  ...bars(
    symbol,
    '1h',
    'multi-venue-hourly/candles.parquet',
    'spec/layouts/made/candles.yaml',
    ', only: { venue: binance }',
  ),
  ...venues,
});

async function crossing(a: Import, b: Import, columns: readonly string[], name = 'raw') {
  return compare(await table(a, name), await table(b, name), columns);
}
const rates = async (symbols: readonly string[], name: string, layout: string, more = '') => {
  let [common, differing] = [0, 0];
  for (const symbol of symbols) {
    const found = await crossing(
      funding(symbol, 'binance-um-funding/funding_rate.parquet', 'funding_rates'),
      funding(symbol, name, layout, more),
      ['rate'],
      'funding',
    );
    common += found.common;
    differing += found.differing.rate ?? 0;
  }
  return { common, differing };
};

const QUARTER =
  '1000SHIB AAVE ADA ALGO AVAX BCH DOGE DOT ENA ETH HBAR KAS LINK LTC RENDER SUI TON TRX XLM XMR XRP'
    .split(' ')
    .map((base) => `${base}USDT`);
const COINS = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'DOGEUSDT', 'HYPEUSDT'];
stdout.write(
  JSON.stringify({
    btc_csv: await crossing(
      raw('BTCUSDT', 'BTCUSDT-5m-2025-02.csv', 'binance_klines'),
      klines('BTCUSDT'),
      ALL,
    ),
    sol_csv: await crossing(
      raw('SOLUSDT', 'SOLUSDT-5m-2025-04.csv', 'binance_klines'),
      klines('SOLUSDT'),
      ALL,
    ),
    near_minutes: await crossing(
      klines('NEARUSDT', '5m', 'binance-um-klines-1m', '1m'),
      klines('NEARUSDT'),
      ALL,
    ),
    fil_minutes: await crossing(
      klines('FILUSDT', '5m', 'binance-um-klines-1m', '1m'),
      klines('FILUSDT'),
      ALL,
    ),
    fil_csv: await crossing(
      raw('FILUSDT', 'FILUSDT-1m-2023-02.csv', 'binance_klines', ', interval: 1m'),
      klines('FILUSDT'),
      ALL,
    ),
    feather: await crossing(
      raw('ADAUSDT', 'freqtrade-{base}_USDT_USDT-5m-futures.feather', 'freqtrade'),
      bars('ADAUSDT', '5m', 'binance-um-ohlcv-5m/ADAUSDT-2025Q1.parquet', 'ohlcv'),
      OHLCV,
    ),
    api: await crossing(
      raw('BTCUSDT', 'spot-{symbol}_5m-api.csv', 'binance_api_klines'),
      bars(
        'BTCUSDT',
        '5m',
        'binance-spot-klines-5m/BTCUSDT-2025-08.parquet',
        'binance_klines_live',
      ),
      ALL,
    ),
    eth_hours: await crossing(ohlcv('ETHUSDT', '1h', 'ETHUSDT'), hourly('ETHUSDT'), OHLCV),
    link_hours: await crossing(ohlcv('LINKUSDT', '1h', 'LINKUSDT'), hourly('LINKUSDT'), OHLCV),
    btc_venues: await crossing(klines('BTCUSDT', '1h'), venue('BTCUSDT'), ['close']),
    btc_days: await crossing(klines('BTCUSDT', '1d'), daily('BTCUSDT'), [
      'close',
      'quote_volume',
      'trade_count',
    ]),
    eth_venues: await crossing(venue('ETHUSDT'), hourly('ETHUSDT'), ['close']),
    hype_venues: await crossing(venue('HYPEUSDT'), hourly('HYPEUSDT'), ['close']),
    doge_venues: await crossing(venue('DOGEUSDT'), hourly('DOGEUSDT'), ['close']),
    funding_feather: await rates(
      ['ETHUSDT'],
      'raw-binance/freqtrade-{base}_USDT_USDT-8h-funding_rate.feather',
      'freqtrade_funding',
    ),
    funding_venues: await rates(
      COINS,
      'multi-venue-hourly/funding_rates.parquet',
      'spec/layouts/made/venues.yaml',
      ', only: { venue: binance }',
    ),
    funding_quarter: await rates(
      QUARTER,
      'binance-um-open-interest/funding_2026q1.parquet',
      'funding_rates',
    ),
  }),
);
