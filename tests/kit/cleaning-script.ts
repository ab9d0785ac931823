import { stdout } from 'node:process';
import type { Frame } from '../../engine/frame/frame.js';
import { readParquet, sorted } from '../../engine/sdk/index.js';
import { bookOf } from '../../nodes/clean/book/quotes.js';
import { flagsOf } from '../../nodes/clean/flags/flags.js';
import { usualSize } from '../../nodes/clean/flags/sigma.js';
import { place } from '../../nodes/clean/grid/place.js';
import { cleanFunding, intervalsOf } from '../../nodes/clean/prints/funding.js';
import { cleanInterest, usualStep } from '../../nodes/clean/prints/interest.js';
import { coverageOfPrints } from '../../nodes/clean/quality/coverage.js';
import { ROOT } from './specs.js';

/** What cleaning makes of the real sets, as figures that Python can make too. */
const DATA = `${ROOT}../shared/data`;
const FIVE = 300_000;
const f64 = 'f64' as const;
const column = (name: string, from = name) => ({ name, from, dtype: f64 });
const time = (from: string) => ({ name: 'ts', from, dtype: 'time' as const });

async function book(file: string, stamp: string) {
  const quotes = await readParquet(`${DATA}/binance-top-of-book/${file}-bookTicker.parquet`, [
    time(stamp),
    column('update_id'),
    column('bid_price'),
    column('bid_base', 'bid_qty'),
    column('ask_price'),
    column('ask_base', 'ask_qty'),
  ]);
  const [first, last] = [quotes.column('ts')[0] ?? 0, quotes.column('ts')[quotes.length - 1] ?? 0];
  const from = Math.floor(first / FIVE) * FIVE;
  const grid = { from, bars: Math.floor((last - from) / FIVE) + 1, spacing: FIVE };
  const { frame, dropped } = bookOf(sorted(quotes, ['ts', 'update_id']), grid);
  return { rows: [...frame.rows()], dropped };
}

/** Rows of each symbol of a file that holds many. */
function bySymbol(table: Frame): ReadonlyMap<string, Frame> {
  const rows = new Map<string, number[]>();
  table.texts('symbol').forEach((symbol, row) => {
    rows.set(symbol ?? '', [...(rows.get(symbol ?? '') ?? []), row]);
  });
  return new Map([...rows].map(([symbol, at]) => [symbol, sorted(table.take(at), ['ts'])]));
}

async function interest() {
  const symbol = { name: 'symbol', dtype: 'text' as const };
  const value = column('value', 'sum_open_interest_value');
  const columns = [symbol, time('timestamp'), column('base', 'sum_open_interest'), value];
  const file = await readParquet(`${DATA}/binance-um-open-interest/oi_4h.parquet`, columns);
  const told = [...bySymbol(file)].map(([name, rows]) => {
    const none = new Float64Array(rows.length).fill(NaN);
    const full = ['top_account_ratio', 'top_position_ratio', 'account_ratio', 'taker_ratio'];
    const clean = cleanInterest(full.reduce((frame, ratio) => frame.with(ratio, none), rows));
    const step = usualStep(clean.frame.time('ts'));
    return { name, step, ...coverageOfPrints(clean, () => step) };
  });
  return {
    rows: told.reduce((sum, { rows }) => sum + rows, 0),
    steps: [...new Set(told.map(({ step }) => step))],
    missing: Object.fromEntries(
      told.flatMap(({ name, missing }) => (missing > 0 ? [[name, missing]] : [])),
    ),
  };
}

async function funding() {
  const symbol = { name: 'symbol', dtype: 'text' as const };
  const columns = [symbol, time('funding_time'), column('rate', 'funding_rate')];
  const file = await readParquet(`${DATA}/binance-um-funding/funding_rate.parquet`, columns);
  const told = [...bySymbol(file)].map(([name, rows]) => {
    const clean = cleanFunding(rows, 1);
    return { name, ...coverageOfPrints(clean, intervalsOf(clean.frame)) };
  });
  return {
    rows: told.reduce((sum, { rows }) => sum + rows, 0),
    dropped: told.reduce((sum, { dropped }) => sum + Object.keys(dropped).length, 0),
    missing: Object.fromEntries(
      told.flatMap(({ name, missing }) => (missing > 0 ? [[name, missing]] : [])),
    ),
  };
}

async function flags(symbol: string) {
  const prices = ['open', 'high', 'low', 'close', 'volume', 'quote_volume'].map((n) => column(n));
  const counts = [column('trade_count', 'count'), column('taker_base_volume', 'taker_buy_volume')];
  const columns = [time('open_time'), ...prices, ...counts];
  const raw = await readParquet(`${DATA}/binance-um-klines-5m/${symbol}.parquet`, columns);
  const grid = { from: raw.time('ts')[0] ?? 0, bars: raw.length, spacing: FIVE };
  const { frame } = place(raw, grid);
  const close = frame.column('close');
  const sigma = usualSize(close.map((c, t) => Math.log(c / (close[t - 1] ?? NaN))));
  const odd = flagsOf(frame);
  const at = (name: string) =>
    [...odd.flags(name)].flatMap((flag, t) => (flag === 1 ? [frame.time('ts')[t]] : []));
  return {
    sigma: sigma.reduce((sum, s) => sum + (Number.isNaN(s) ? 0 : s), 0),
    suspect: at('is_suspect'),
    wick: at('is_wick'),
    moved: at('is_moved'),
    stale: at('is_stale'),
  };
}

const result = {
  perp: await book('um-BTCUSDT-20240808', 'transaction_time_ms'),
  spot: await book('spot-BTCUSDT-20240809', 'local_time_ms'),
  interest: await interest(),
  funding: await funding(),
  SOLUSDT: await flags('SOLUSDT'),
  '1000PEPEUSDT': await flags('1000PEPEUSDT'),
};
stdout.write(JSON.stringify(result));
