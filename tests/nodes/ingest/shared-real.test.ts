import { beforeAll, expect, it } from '@jest/globals';
import { inPlainNode } from '../../kit/plain.js';
import { readmeOf } from '../../kit/readme.js';
import { describeReal } from '../../kit/real.js';
import type { Compared, Shared } from '../../kit/tables-script.js';

/*
 * Files with rows of many symbols, and that of mark prices: 1. the figures of the README are those of the file, by SQL over all of it; 2. what is imported,
 * symbol by symbol, has the figures of the same rows by SQL. One symbol of some is imported where there are hundreds.
 */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Every market has bars; where a table beside them is looked at, the fewest that there are. */
const FEW = '{ data: bars, names: ["binance-um-ohlcv-5m/BREVUSDT.parquet"], layout: ohlcv }';
const FUNDING = { who: ['symbol'], time: 'funding_time', step: 8 * HOUR, table: 'funding' };
const INTEREST = { who: ['symbol'], time: 'timestamp', table: 'open_interest', spacing: '5m' };
const KLINES = { who: ['symbol'], time: 'open_time', volume: 'volume', table: 'raw' };
const VENUES = { who: ['venue', 'coin'], time: 'epoch_ms(timestamp)', every: 1, quote: 'USDT' };
/** The README counts bars that were still open; a market leaves them out unless it is told. */
const WHOLE = 'last: whole';

const FILES: readonly Shared[] = [
  {
    ...KLINES,
    file: 'binance-um-daily-universe/klines_1d.parquet',
    step: DAY,
    every: 24,
    spacing: '1d',
    quote: '',
    files: [
      '{ data: bars, names: ["binance-um-daily-universe/klines_1d.parquet"], layout: klines_table }',
    ],
  },
  {
    ...KLINES,
    file: 'binance-um-open-interest/klines_1h.parquet',
    step: HOUR,
    every: 1,
    spacing: '1h',
    quote: '',
    files: [
      `{ data: bars, names: ["binance-um-open-interest/klines_1h.parquet"], layout: klines_table, ${WHOLE} }`,
    ],
  },
  {
    ...INTEREST,
    file: 'binance-um-open-interest/oi_4h.parquet',
    step: 4 * HOUR,
    every: 24,
    also: ['SAFEUSDT', 'IOTAUSDT', 'HIVEUSDT'],
    quote: '',
    files: [
      FEW,
      '{ data: open_interest, names: ["binance-um-open-interest/oi_4h.parquet"], layout: open_interest_table }',
    ],
  },
  {
    ...INTEREST,
    file: 'binance-um-open-interest/oi_1d.parquet',
    step: DAY,
    every: 24,
    also: ['IOTAUSDT'],
    quote: '',
    files: [
      FEW,
      '{ data: open_interest, names: ["binance-um-open-interest/oi_1d.parquet"], layout: open_interest_table }',
    ],
  },
  {
    ...FUNDING,
    file: 'binance-um-open-interest/funding_2026q1.parquet',
    every: 24,
    spacing: '5m',
    quote: '',
    files: [
      FEW,
      '{ data: funding, names: ["binance-um-open-interest/funding_2026q1.parquet"], layout: funding_rates }',
    ],
  },
  {
    ...FUNDING,
    file: 'binance-um-funding/funding_rate.parquet',
    every: 1,
    spacing: '5m',
    quote: '',
    files: [
      FEW,
      '{ data: funding, names: ["binance-um-funding/funding_rate.parquet"], layout: funding_rates }',
    ],
  },
  {
    file: 'binance-um-mark-1h/BTCUSDT.parquet',
    who: ["'BTCUSDT'"],
    time: 'open_time',
    step: HOUR,
    every: 1,
    spacing: '1h',
    table: 'mark',
    quote: '',
    files: [
      FEW.replace('}', ', interval: 5m }'),
      '{ data: mark, names: ["binance-um-mark-1h/BTCUSDT.parquet"], layout: plain_marks }',
    ],
  },
  {
    ...VENUES,
    file: 'multi-venue-hourly/candles.parquet',
    step: HOUR,
    spacing: '1h',
    table: 'raw',
    files: [
      `{ data: bars, names: ["multi-venue-hourly/candles.parquet"], layout: venue_candles, only: { venue: "{venue}" }, ${WHOLE} }`,
    ],
  },
  {
    ...VENUES,
    file: 'multi-venue-hourly/funding_rates.parquet',
    step: 8 * HOUR,
    spacing: '5m',
    table: 'funding',
    files: [
      FEW,
      '{ data: funding, names: ["multi-venue-hourly/funding_rates.parquet"], layout: venue_funding, only: { venue: "{venue}" } }',
    ],
  },
  {
    file: 'us-equities-daily/prices_1d.parquet',
    who: ['symbol'],
    time: 'epoch_ms(date)',
    volume: 'volume',
    step: DAY,
    every: 48,
    also: ['BHF', 'DXC'],
    spacing: '1d',
    quote: '',
    table: 'raw',
    files: [
      '{ data: bars, names: ["us-equities-daily/prices_1d.parquet"], layout: stock_days, faulty: keep }',
    ],
  },
];

/** Where a README and its file disagree, with what the file holds. */
const DIFFERS: Readonly<Record<string, object>> = {
  // Hourly prints of DOGE, ETH and HYPE on Lighter break off for up to six days (2025-12-21 14:00 to 2025-12-27 14:00); the README has 0.
  'multi-venue-hourly/funding_rates.parquet': { gaps: 67, missing: 535 },
};

/** What the README of a file says of it; of what it does not count, nothing. */
function saidOf(file: string): object {
  const [set = '', name = ''] = file.split('/');
  const row = readmeOf(set).find((one) => one.file === name) ?? {};
  if (set === 'us-equities-daily') {
    expect(row.rows).toBe('470242 (2015-01-12 … 2018-12-31, 478 symbols)');
    // Zero-volume rows stand below "What to know".
    return {
      rows: 470_242,
      symbols: 478,
      first: '2015-01-12T00:00',
      last: '2018-12-31T00:00',
      still: 246,
    };
  }
  const counts = {
    rows: row.rows,
    symbols: row.symbols,
    gaps: row.gaps,
    missing: row['missing bars'],
    doubled: row.duplicates,
    still: row['volume-0 bars'],
  };
  const said = Object.entries(counts).filter(([, text]) => text !== '');
  const numbers = Object.fromEntries(said.map(([what, text]) => [what, Number(text)]));
  return { ...numbers, first: row['first (UTC)'], last: row['last (UTC)'] };
}

describeReal('files beside those of one symbol’s bars', () => {
  let found: Readonly<Record<string, Compared>> = {};
  beforeAll(async () => {
    found = (await inPlainNode('tables-script', [JSON.stringify(FILES)])) as typeof found; // as it prints
  }, 600_000);

  it.each(FILES.map(({ file }) => file))('%s has the figures of its README', (file) => {
    expect(found[file]?.whole).toMatchObject({ ...saidOf(file), ...DIFFERS[file] });
  });

  it.each(FILES.map(({ file }) => file))('%s is imported with the figures it has', (file) => {
    const { some, read } = found[file] ?? {};
    expect(some?.rows).toBeGreaterThan(0);
    expect(read).toEqual(some);
  });
});
