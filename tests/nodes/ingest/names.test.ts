import { describe, expect, it } from '@jest/globals';
import { filesOf, sourcesOf } from '../../../nodes/ingest/files/find.js';
import market from '../../../nodes/ingest/market.js';
import { refusalLater } from '../../engine/frame/kit/refusal.js';
import { runNode } from '../../kit/node.js';
import { frameAt } from '../../kit/real.js';
import { FIVE, from, line, START, shipped } from './archives.js';

/** What names of files say: whose they are, and of when. */

const SPAN = { from: Date.UTC(2025, 1, 1), to: Date.UTC(2025, 2, 1) };
const found = (id: string, names: readonly string[], symbol = 'BTCUSDT') => {
  const spec = shipped(id);
  const sources = [...sourcesOf(spec, 'others'), ...sourcesOf(spec, 'funding')];
  return filesOf(spec, sources, names, symbol, SPAN).map(({ data }) => data);
};

describe('a file of another instrument is nobody’s', () => {
  const um = 'data/futures/um';
  it.each([
    ['binance_perp', `${um}/daily/klines/BTCUSDT/5m/BTCUSDT-5m-2025-02-01.csv`, 'bars'],
    ['binance_perp', `${um}/rest/klines/BTCUSDT/5m/BTCUSDT-5m-2025-02-01.csv`, 'bars'],
    ['binance_perp_1m', `${um}/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2025-02-01.zip`, 'bars'],
    ['binance_perp', 'data/spot/daily/klines/BTCUSDT/5m/BTCUSDT-5m-2025-02-01.zip', 'spot'],
    ['binance_spot', 'data/spot/daily/klines/BTCUSDT/5m/BTCUSDT-5m-2025-02-01.zip', 'bars'],
    [
      'binance_spot',
      'data/spot/daily/aggTrades/BTCUSDT/BTCUSDT-aggTrades-2025-02-01.zip',
      'trades',
    ],
    ['binance_perp', `${um}/daily/markPriceKlines/BTCUSDT/5m/BTCUSDT-5m-2025-02-01.zip`, 'mark'],
    [
      'binance_perp',
      `${um}/daily/premiumIndexKlines/BTCUSDT/5m/BTCUSDT-5m-2025-02-01.zip`,
      'premium',
    ],
    [
      'binance_perp',
      `${um}/monthly/fundingRate/BTCUSDT/BTCUSDT-fundingRate-2025-02.zip`,
      'funding',
    ],
    [
      'binance_perp_1m',
      `${um}/monthly/fundingRate/BTCUSDT/BTCUSDT-fundingRate-2025-02.zip`,
      'funding',
    ],
    [
      'binance_perp',
      `${um}/rest/fundingRate/BTCUSDT/BTCUSDT-fundingRate-2025-02-01.csv`,
      'funding',
    ],
    ['binance_perp', `${um}/daily/metrics/BTCUSDT/BTCUSDT-metrics-2025-02-01.zip`, 'open_interest'],
    ['binance_perp', `${um}/daily/bookTicker/BTCUSDT/BTCUSDT-bookTicker-2025-02-01.zip`, 'quotes'],
    ['binance_perp', `${um}/daily/aggTrades/BTCUSDT/BTCUSDT-aggTrades-2025-02-01.zip`, 'trades'],
    [
      'binance_perp',
      'data/futures/cm/daily/liquidationSnapshot/BTCUSD_PERP/BTCUSD_PERP-liquidationSnapshot-2025-02-01.zip',
      'liquidations',
    ],
    [
      'binance_lake',
      'binance/perp/BTCUSDT/ohlcv_5m/year=2025/month=02/ohlcv_5m_BTCUSDT_5m_2025-02.parquet',
      'bars',
    ],
    [
      'binance_lake',
      'perp/BTCUSDT/funding/year=2025/month=02/funding_BTCUSDT_8h_2025-02.parquet',
      'funding',
    ],
    ['freqtrade_futures', 'futures/BTC_USDT_USDT-5m-futures.feather', 'bars'],
    ['ohlcv', 'BTCUSDT.csv', 'bars'],
    ['ohlcv', 'BTCUSDT-2024.csv', 'bars'],
    ['ohlcv', 'BTCUSDT-2025-02.csv', 'bars'],
    ['ohlcv', 'BTCUSDT-5m.json', 'bars'],
    ['ohlcv', 'BTCUSDT-5m-2025-02.parquet', 'bars'],
  ])('%s: %s', (id, name, data) => {
    expect(found(id, [name])).toEqual([data]);
    const at = name.lastIndexOf('/') + 1;
    const other = name.slice(0, at) + name.slice(at).replace('BTC', 'ETH');
    expect(found(id, [other])).toEqual([]);
    expect(found(id, [name.slice(0, at) + name.slice(at).replace('BTC', 'XBTC')])).toEqual([]);
  });

  it('a symbol of which another one is the start has its own files only', () => {
    expect(found('ohlcv', ['BTC-ETH_RATIO.csv', 'BTC-USD.csv', 'BTC-1h.csv'], 'BTC')).toEqual([]);
  });
});

describe('the day or month in a name', () => {
  const read = async (files: Readonly<Record<string, string>>, span = {}) => {
    const { outs } = await runNode(market, {}, { ...from(files)(), ...span });
    return [...frameAt(outs, 'raw').time('ts')];
  };
  const refused = async (files: Readonly<Record<string, string>>) => {
    const [problem] = await refusalLater(async () => runNode(market, {}, from(files)()));
    expect(problem?.message).not.toMatch(/\{\w+\}/);
    return { code: problem?.code, ...problem?.facts };
  };
  const day = (from: number) =>
    Array.from({ length: 288 }, (_, bar) => line(from + bar)).join('\n');
  const hour = 3_600_000 / FIVE;

  it.each([
    ['a day with a bar before it', '02-02', line(287), 1, '2025-02-01T23:55:00.000Z'],
    ['a day with a bar after it', '02-01', day(1), 288, '2025-02-02T00:00:00.000Z'],
    ['a day of another clock', '02-01', day(8 * hour), 193, '2025-02-02T00:00:00.000Z'],
    ['the day before', '02-02', day(0), 1, '2025-02-01T00:00:00.000Z'],
    ['a month with a bar after it', '01', line(0), 1, '2025-02-01T00:00:00.000Z'],
  ])('bars do not leave it: %s', async (_what, date, text, row, time) => {
    const file = `BTCUSDT-5m-2025-${date}.csv`;
    const facts = { code: 'ingest/wrong-period', file, row, time, beside: '' };
    expect(await refused({ [file]: text })).toMatchObject(facts);
  });

  it.each([
    ['readings of 00:00 and a little', 'metrics', 1, '2025-02-02 00:09:59', undefined],
    ['readings of the next hour', 'metrics', 1, '2025-02-02 00:10:00', 'ingest/wrong-period'],
    ['a print some seconds late', 'fundingRate', 0, String(START + 288 * FIVE + 59_999), undefined],
    [
      'a print of the next hour',
      'fundingRate',
      0,
      String(START + 300 * FIVE),
      'ingest/wrong-period',
    ],
  ])('others leave it by a little: %s', async (_what, kind, isText, time, code) => {
    const name = `BTCUSDT-${kind}-2025-02-01.csv`;
    const row = isText ? `${time},BTCUSDT,1,1,1,1,1,1` : `${time},8,0.0001`;
    const files = { [name]: row, 'BTCUSDT-5m-2025-02-01.csv': line(0) };
    if (code === undefined) expect(await read(files)).toEqual([START]);
    else expect(await refused(files)).toMatchObject({ code, file: name, row: 1 });
  });

  it('tells the period', async () => {
    expect(await refused({ 'BTCUSDT-5m-2025-01.csv': line(3000) })).toMatchObject({
      from: '2025-01-01',
      to: '2025-01-31',
    });
  });

  it('two years are no month', async () => {
    const files = { 'BTCUSDT-5m-2024-25.csv': line(0) };
    expect(await read(files)).toEqual([START]);
  });
});

it('a bar in milliseconds and the same in microseconds is one', async () => {
  const [ms, micros] = [line(0), line(0, 100, 110, 90, 105, 10, 4, 1000)]; // ends one microsecond before the next
  const { outs, warnings } = await runNode(
    market,
    {},
    from({ 'BTCUSDT-5m-2025-02.csv': ms, 'BTCUSDT-5m-2025-02-01.csv': micros })(),
  );
  expect(frameAt(outs, 'raw').length).toBe(1);
  expect(warnings.map(({ code }) => code)).toContain('ingest/duplicate-rows');
});

describe('the symbol in a name', () => {
  const head = (symbol: string, bar: number) => `2025-02-01 00:0${bar}:00,${symbol},1,1,1,1,1,1`;
  const name = 'BTCUSDT-metrics-2025-02-01.csv';
  const dayOf = (...symbols: readonly string[]) =>
    from({ 'BTCUSDT-5m-2025-02.csv': line(0), [name]: symbols.map(head).join('\n') })();

  it.each([['ETHUSDT'], ['btcusdt']])(
    'is that of some row; all of %s are refused',
    async (other) => {
      const [problem] = await refusalLater(async () => runNode(market, {}, dayOf(other, other)));
      const facts = { file: name, column: 'symbol', symbol: 'BTCUSDT', rows: 2 };
      expect(problem).toMatchObject({ code: 'ingest/other-symbol', facts });
      expect(problem?.message).not.toMatch(/\{\w+\}/);
    },
  );

  it('others beside it are left alone', async () => {
    const { outs } = await runNode(market, {}, dayOf('ETHUSDT', 'BTCUSDT'));
    expect(frameAt(outs, 'open_interest').length).toBe(1);
  });
});
