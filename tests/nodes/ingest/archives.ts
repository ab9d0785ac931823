import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { market } from '../../../nodes/kinds/market.js';
import { frame } from '../../kit/frame.js';
import { specsOf, written } from '../../kit/specs.js';

/** Archives of one symbol in temporary folders, and the bars they should become. */

export const START = Date.UTC(2025, 1, 1);
export const FIVE = 300_000;
export const HEADER =
  'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore';
export const SPAN = { span: { from: '2025-02-01', to: '2025-02-01' } };
/** The shipped market that reads Binance's files. */
export const FILES = shipped('binance_perp');

/** A market of `spec/markets/`, as a node receives it. */
export function shipped(id: string) {
  const [found] = specsOf(market, id);
  if (!found) throw new Error(`there is no market ${id}`);
  return found;
}

/** A market that reads files as `entries` (YAML below `files:`) say. */
export function reading(entries: string, fields = '') {
  const lines = entries
    .trim()
    .split('\n')
    .map((line) => `  ${line}`);
  const [found] = written(
    market,
    'made',
    `source: files\ncalendar: crypto\n${fields}\nfiles:\n${lines.join('\n')}`,
  );
  if (!found) throw new Error('no market was made');
  return found;
}

const UNITS = {
  open: 'quote / base',
  high: 'quote / base',
  low: 'quote / base',
  close: 'quote / base',
  volume: 'base',
  quote_volume: 'quote',
  trade_count: 'trades',
  taker_base_volume: 'base',
};

/** One line of an archive: bar number, open, high, low, close, volume, taker volume. */
export function line(
  bar: number,
  o = 100,
  h = 110,
  l = 90,
  c = 105,
  v = 10,
  taker = 4,
  unit = 1,
): string {
  const open = (START + bar * FIVE) * unit;
  const close = open + FIVE * unit - 1;
  return `${open},${o},${h},${l},${c},${v},${close},${v * 100},7,${taker},${taker * 100},0`;
}

/** A folder with these files. */
export function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const path = mkdtempSync(join(tmpdir(), 'dag-ingest-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}

export function bars(numbers: readonly number[]) {
  const same = (value: number) => numbers.map(() => value);
  return frame(
    {
      ts: numbers.map((bar) => START + bar * FIVE),
      open: same(100),
      high: same(110),
      low: same(90),
      close: same(105),
      volume: same(10),
      quote_volume: same(1000),
      trade_count: same(7),
      taker_base_volume: same(4),
    },
    UNITS,
  );
}

/** Prints of funding as files give them. */
export function prints(ts: readonly number[], rate: readonly number[], hours: readonly number[]) {
  return frame({ ts, rate, interval_hours: hours }, { interval_hours: 'hours' });
}

export const from =
  (files: Readonly<Record<string, string | Uint8Array>>, more = {}) =>
  () => ({
    market: FILES,
    symbol: 'BTCUSDT',
    ...SPAN,
    folder: folder(files),
    ...more,
  });
export const one = (...lines: readonly string[]) =>
  from({ 'BTCUSDT-5m-2025-02.csv': `${lines.join('\n')}\n` });
/** The file that `one` writes. */
export const file = 'BTCUSDT-5m-2025-02.csv';
