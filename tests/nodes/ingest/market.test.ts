import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import market from '../../../nodes/ingest/market.js';
import { frame } from '../../kit/frame.js';
import { demo } from '../../kit/markets.js';
import { nodeTable } from '../../kit/node.js';

const START = Date.UTC(2025, 1, 1);
const FIVE = 300_000;
const HEADER =
  'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore';
const SPAN = { span: { from: '2025-02-01', to: '2025-02-01' } };
const FILES = { id: 'files', source: 'binance_klines', spacing: FIVE };
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
function line(bar: number, o = 100, h = 110, l = 90, c = 105, v = 10, taker = 4, unit = 1): string {
  const open = (START + bar * FIVE) * unit;
  const close = open + FIVE * unit - 1;
  return `${open},${o},${h},${l},${c},${v},${close},${v * 100},7,${taker},${taker * 100},0`;
}

/** A folder with these files. */
function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const path = mkdtempSync(join(tmpdir(), 'dag-ingest-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

function bars(numbers: readonly number[]) {
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

const from =
  (files: Readonly<Record<string, string | Uint8Array>>, more = {}) =>
  () => ({
    market: FILES,
    symbol: 'BTCUSDT',
    ...SPAN,
    folder: folder(files),
    ...more,
  });
const one = (...lines: readonly string[]) =>
  from({ 'BTCUSDT-5m-2025-02.csv': `${lines.join('\n')}\n` });
const file = 'BTCUSDT-5m-2025-02.csv';

nodeTable(market, {
  gives: [
    {
      name: 'an archive with its header',
      params: one(HEADER, line(0), line(1)),
      out: { raw: bars([0, 1]) },
    },
    {
      name: 'an archive without header, a gap stays a gap',
      params: one(line(0), line(3)),
      out: { raw: bars([0, 3]) },
    },
    {
      name: 'microseconds, as spot archives carry from 2025 on',
      params: one(line(0, 100, 110, 90, 105, 10, 4, 1000), line(1, 100, 110, 90, 105, 10, 4, 1000)),
      out: { raw: bars([0, 1]) },
    },
    {
      name: 'several files, in any order, other lengths and symbols left alone',
      params: from({
        'BTCUSDT-5m-2025-02-02.csv': line(2),
        'BTCUSDT-5m-2025-02-01.csv': `${line(0)}\r\n${line(1)}\r\n`,
        'BTCUSDT-1m-2025-02.csv': 'not looked at',
        'BTCUSDTX.csv': 'not looked at',
      }),
      out: { raw: bars([0, 1, 2]) },
    },
    {
      name: 'only the span and its warmup',
      params: () => ({ ...one(line(-2), line(-1), line(0), line(288))(), warmup: '5m' }),
      out: { raw: bars([-1, 0]) },
    },
    {
      name: 'funding of the archive, from a folder of its own',
      params: () => ({
        ...one(line(0))(),
        funding: folder({
          'BTCUSDT-fundingRate-2025-02.csv': `calc_time,funding_interval_hours,last_funding_rate\n${START + 3},8,0.00010000\n${START + 28_800_000},8,-0.0002\n`,
        }),
      }),
      out: { funding: frame({ ts: [START + 3, START + 28_800_000], rate: [0.0001, -0.0002] }) },
    },
    {
      name: 'no funding file: an empty table',
      params: one(line(5)),
      out: { funding: frame({ ts: [], rate: [] }) },
    },
  ],
  refuses: [
    {
      name: 'no folder named',
      params: { market: FILES, symbol: 'BTCUSDT', ...SPAN },
      code: 'ingest/no-folder',
      data: { market: 'files' },
    },
    {
      name: 'a folder that is not there',
      params: { market: FILES, symbol: 'BTCUSDT', ...SPAN, folder: '/nowhere/at/all' },
      code: 'ingest/unreadable',
      data: { path: '/nowhere/at/all', reason: 'ENOENT' },
    },
    {
      name: 'only another bar length',
      params: from({ 'BTCUSDT-1m-2025-02.csv': line(0) }),
      code: 'ingest/no-files',
      data: { symbol: 'BTCUSDT', interval: '5m', found: ['BTCUSDT-1m-2025-02.csv'] },
    },
    { name: 'an empty file', params: one(), code: 'ingest/empty-file', data: { file } },
    {
      name: 'bytes that are no text',
      params: from({ [file]: Uint8Array.of(0xff, 0xfe, 0x00) }),
      code: 'ingest/not-text',
      data: { file },
    },
    {
      name: 'another header',
      params: one('time,price', line(0)),
      code: 'ingest/wrong-header',
      data: { file, found: 'time,price' },
    },
    {
      name: 'a line cut short',
      params: one(line(0), '1738368300000,1,2'),
      code: 'ingest/wrong-width',
      data: { file, row: 2, found: 3, expected: 12 },
    },
    {
      name: 'an empty cell',
      params: one(HEADER, line(0).replace(',105,', ',,')),
      code: 'ingest/not-a-number',
      data: { file, row: 2, column: 'close', found: 'empty' },
    },
    {
      name: 'NaN',
      params: one(line(0).replace(',105,', ',NaN,')),
      code: 'ingest/not-a-number',
      data: { found: 'NaN' },
    },
    {
      name: 'infinity',
      params: one(line(0).replace(',105,', ',1e999,')),
      code: 'ingest/not-a-number',
      data: { found: '1e999' },
    },
    {
      name: 'hexadecimal',
      params: one(line(0).replace(',105,', ',0x10,')),
      code: 'ingest/not-a-number',
      data: { found: '0x10' },
    },
    {
      name: 'seconds',
      params: one(line(0).replaceAll('1738368', '1')),
      code: 'ingest/bad-time',
      data: { file, row: 1 },
    },
    {
      name: 'a bar that opens between two',
      params: one(line(0.5)),
      code: 'ingest/off-grid',
      data: { file, row: 1, interval: '5m', time: '2025-02-01T00:02:30.000Z' },
    },
    {
      name: 'a bar of one minute',
      params: one(line(0).replace(`${START + FIVE - 1}`, `${START + 59_999}`)),
      code: 'ingest/wrong-interval',
      data: { file, row: 1, interval: '5m' },
    },
    {
      name: 'times that go back',
      params: one(line(1), line(0)),
      code: 'ingest/unordered',
      data: { file, row: 2, time: '2025-02-01T00:00:00.000Z', before: '2025-02-01T00:05:00.000Z' },
    },
    {
      name: 'a bar twice',
      params: one(line(0), line(0)),
      code: 'ingest/duplicate-bar',
      data: { file, row: 2, first: file },
    },
    {
      name: 'a bar in two files',
      params: from({ [file]: line(0), 'BTCUSDT.csv': line(0) }),
      code: 'ingest/duplicate-bar',
      data: { row: 1 },
    },
    {
      name: 'a negative price',
      params: one(line(0, 100, 110, -90)),
      code: 'ingest/bad-bar',
      data: { file, row: 1, rule: 'low > 0' },
    },
    {
      name: 'high below low',
      params: one(line(0, 100, 80, 90)),
      code: 'ingest/bad-bar',
      data: { rule: 'low <= high' },
    },
    {
      name: 'a close outside the range',
      params: one(line(0, 100, 110, 90, 120)),
      code: 'ingest/bad-bar',
      data: { rule: 'low <= close <= high' },
    },
    {
      name: 'takers bought more than traded',
      params: one(line(0, 100, 110, 90, 105, 10, 11)),
      code: 'ingest/bad-bar',
      data: { rule: 'taker_base_volume <= volume' },
    },
    {
      name: 'an absurd volume',
      params: one(line(0, 100, 110, 90, 105, 1e16, 4)),
      code: 'ingest/bad-bar',
      data: { rule: 'volume < 1e15' },
    },
    {
      name: 'funding in percent',
      params: from({ [file]: line(0), 'BTCUSDT-fundingRate-2025-02.csv': `${START},8,0.1` }),
      code: 'ingest/bad-rate',
      data: { file: 'BTCUSDT-fundingRate-2025-02.csv', row: 1, found: 0.1, limit: 0.05 },
    },
    {
      name: 'no bar in the span',
      params: one(line(-5)),
      code: 'ingest/no-rows',
      data: { symbol: 'BTCUSDT', from: '2025-02-01', to: '2025-02-02' },
    },
    {
      name: 'a simulated market without a world',
      params: { market: { ...FILES, source: 'simulator' }, symbol: 'BTCUSDT', ...SPAN, seed: 1 },
      code: 'ingest/no-world',
      data: { market: 'files' },
    },
    {
      name: 'before the world begins',
      params: { market: demo, symbol: 'BTCUSDT', span: { from: '2022-12-31', to: '2023-01-02' } },
      code: 'ingest/before-epoch',
      data: { market: 'demo', epoch: '2023-01-01', from: '2022-12-31' },
    },
  ],
});

describe('files named before the run', () => {
  it('are those that are read', () => {
    const names: Readonly<Record<string, readonly string[]>> = {
      bars: [
        'BTCUSDT-5m-2025-02.csv',
        'BTCUSDT-1m-2025-02.csv',
        'BTCUSDT.parquet',
        'ETHUSDT.parquet',
        'README.md',
      ],
      paid: [
        'funding_rate.parquet',
        'BTCUSDT-fundingRate-2025-02.csv',
        'ETHUSDT-fundingRate-2025-02.csv',
      ],
    };
    const world = { list: (where: string) => names[where] ?? [] };
    const files = (params: Readonly<Record<string, unknown>>) =>
      market.files?.({ market: FILES, symbol: 'BTCUSDT', ...params }, world);
    expect(files({ folder: 'bars', funding: 'paid' })).toEqual([
      'bars/BTCUSDT-5m-2025-02.csv',
      'bars/BTCUSDT.parquet',
      'paid/funding_rate.parquet',
      'paid/BTCUSDT-fundingRate-2025-02.csv',
    ]);
    expect(files({ market: demo, folder: 'bars' })).toEqual([]);
  });
});
