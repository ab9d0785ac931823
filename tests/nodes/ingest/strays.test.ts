import { describe, expect, it } from '@jest/globals';
import { strays } from '../../../nodes/ingest/files/strays.js';
import market from '../../../nodes/ingest/market.js';
import { refusalLater } from '../../engine/frame/kit/refusal.js';
import { runNode } from '../../kit/node.js';
import { FIVE, folder, line, reading, START, shipped } from './archives.js';

/** What lies in a folder and is not read, and what is counted in other units, is told. */

const SPAN = { from: '2025-02-01', to: '2025-02-01' };
const asked = (files: Readonly<Record<string, string>>, spec = shipped('binance_perp')) => {
  return { market: spec, symbol: 'BTCUSDT', span: SPAN, folder: folder(files) };
};

describe('files that no entry fits', () => {
  const um = 'data/futures/um';
  it.each([
    ['no date in the name', 'binance_lake', 'perp/BTCUSDT/ohlcv_5m/year=2025/ohlcv.parquet', true],
    ['its own date', 'binance_lake', 'perp/BTCUSDT/ohlcv_5m/a_BTCUSDT_5m_2025-02.parquet', false],
    ['an underscore', 'binance_perp', 'BTCUSDT_5m.csv', true],
    ['small letters', 'binance_perp', 'btcusdt-5m-2025-02.csv', true],
    ['another length of bars', 'binance_perp', 'BTCUSDT-1h-2025-02.zip', true],
    ['another form', 'ohlcv', 'BTCUSDT.feather', true],
    ['freqtrade’s name elsewhere', 'binance_perp', 'BTC_USDT-5m.feather', true],
    ['nobody’s name', 'binance_lake', 'bars.parquet', true],
    ['a table of all symbols', 'binance_perp', 'funding_rate.parquet', false],
    ['another symbol', 'binance_perp', 'ETHUSDT_5m.csv', false],
    ['a longer symbol', 'binance_perp', '1000BTCUSDT_5m.csv', false],
    ['a checksum', 'binance_perp', 'BTCUSDT-5m-2025-02.zip.CHECKSUM', false],
    ['a note', 'binance_perp', 'BTCUSDT.md', false],
    ['in quarantine', 'binance_perp', '.quarantine/BTCUSDT_5m.csv', false],
    [
      'a list of symbols',
      'binance_perp',
      `${um}/rest/exchangeInfo/exchangeInfo-2025-02-01.json`,
      false,
    ],
    ['a month that is not asked for', 'binance_perp', 'BTCUSDT-5m-2019-02.zip', false],
  ])('%s: %s, %s', (_name, id, file, told) => {
    expect(strays(shipped(id), 'BTCUSDT', [file])).toEqual(told ? [file] : []);
  });

  it('are counted and named, with the name that is expected', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'].map((x) => [`BTCUSDT_5m_${x}.csv`, 'x']);
    const files = { 'BTCUSDT-5m-2025-02.csv': line(0), ...Object.fromEntries(names) };
    const { warnings } = await runNode(market, {}, asked(files));
    const first = ['a', 'b', 'c', 'd', 'e'].map((x) => `BTCUSDT_5m_${x}.csv`).join(', ');
    expect(warnings.slice(0, 1)).toMatchObject([
      {
        code: 'ingest/stray-files',
        facts: {
          count: 6,
          files: `${first} and 1 more`,
          market: 'binance_perp',
          expected: 'BTCUSDT-5m.csv',
        },
      },
    ]);
  });

  it('where nothing can be read, the nearest names are told', async () => {
    const params = asked({ 'x.csv': '', 'BTC-5m-2025-02.csv': '' });
    const [problem] = await refusalLater(async () => runNode(market, {}, params));
    expect(problem).toMatchObject({
      code: 'ingest/no-files',
      facts: { expected: 'BTCUSDT-5m-YYYY-MM.csv', found: 'BTC-5m-2025-02.csv, x.csv' },
    });
  });

  it('a folder that is not there is told with the one that may be meant', async () => {
    const path = folder({ 'klines/BTCUSDT.csv': '' });
    const params = { ...asked({}), folder: `${path}/kline` };
    const [problem] = await refusalLater(async () => runNode(market, {}, params));
    expect(problem).toMatchObject({
      code: 'ingest/no-such-folder',
      facts: { path: `${path}/kline`, hint: ' (did you mean "klines"?)' },
    });
  });
});

describe('units of time', () => {
  const row = (bar: number, unit: number) =>
    `${(START + bar * FIVE) * unit},100,110,90,105,10`.replace(/(\.\d+)/, '');
  const entry = '- { data: bars, names: ["{symbol}-*.csv"], layout: ohlcv, last: whole }';
  const made = reading(entry);

  it('several in one folder are told with files', async () => {
    const files = {
      'BTCUSDT-a.csv': row(0, 1e-3),
      'BTCUSDT-b.csv': row(1, 1),
      'BTCUSDT-c.csv': `${row(2, 1000)}\n${row(3, 1)}`,
      'BTCUSDT-d.csv': `${START + 4 * FIVE}000000,100,110,90,105,10`,
    };
    const { outs, warnings } = await runNode(market, {}, asked(files, made));
    expect(outs).toMatchObject({ raw: { length: 5 } });
    expect(warnings).toMatchObject([
      {
        code: 'ingest/mixed-units',
        facts: {
          data: 'bars',
          units: [
            's in 1 file (first: BTCUSDT-a.csv)',
            'ms in 2 files (first: BTCUSDT-b.csv)',
            'µs in 1 file (first: BTCUSDT-c.csv)',
            'ns in 1 file (first: BTCUSDT-d.csv)',
          ],
        },
      },
    ]);
  });

  it('one is not worth a word', async () => {
    const files = { 'BTCUSDT-a.csv': row(0, 1000), 'BTCUSDT-b.csv': row(1, 1000) };
    expect((await runNode(market, {}, asked(files, made))).warnings).toEqual([]);
  });
});
