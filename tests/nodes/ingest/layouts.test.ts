import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { Frame } from '../../../engine/frame/frame.js';
import market from '../../../nodes/ingest/market.js';
import { RAW_TABLES } from '../../../nodes/kinds/raw-tables.js';
import { runNode } from '../../kit/node.js';
import { frameAt } from '../../kit/real.js';
import { ROOT } from '../../kit/specs.js';
import { zip } from '../../kit/zip.js';
import { FILES, FIVE, from, line, reading, START, shipped } from './archives.js';

/** A row of each kind of file of Binance's archive (methods.md, section 15, gives their columns), and what it becomes. */
const BARS = { 'BTCUSDT-5m-2025-02.csv': line(0) };
const CLOCK = '2025-02-01 00:05:00';

async function table(
  name: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  spec = FILES,
) {
  const { outs, warnings } = await runNode(
    market,
    {},
    { ...from({ ...BARS, ...files })(), market: spec },
  );
  return {
    rows: rowsOf(frameAt(outs, name)),
    warnings: warnings.filter((w) => w.facts.data === name),
  };
}

/** A frame as rows of its values; a flag is 1, 0 or 255. */
function rowsOf(frame: Frame): readonly (readonly number[])[] {
  const columns = frame.names.map((name) => {
    const column = frame.get(name);
    if (column.dtype === 'text') throw new Error('no raw table has texts');
    return column.values;
  });
  return Array.from(frame.time('ts'), (_t, i) => columns.map((values) => values[i] ?? Number.NaN));
}

describe('files of the public archive', () => {
  it('metrics: open interest and ratios, empty ones missing; those of the next day once', async () => {
    const head =
      'create_time,symbol,sum_open_interest,sum_open_interest_value,count_toptrader_long_short_ratio,sum_toptrader_long_short_ratio,count_long_short_ratio,sum_taker_long_short_vol_ratio';
    const row = `${CLOCK},BTCUSDT,100.5,10050000,1.1,1.2,1.3,0.9`;
    const { rows, warnings } = await table('open_interest', {
      'BTCUSDT-metrics-2025-01-31.csv': `${head}\n2025-02-01 00:00:00,BTCUSDT,100,10000000,,,1.3,\n${row}\n`,
      'BTCUSDT-metrics-2025-02-01.csv': `${head}\n${row}\n`,
    });
    expect(rows).toEqual([
      [START, 100, 10_000_000, NaN, NaN, 1.3, NaN],
      [START + FIVE, 100.5, 10_050_000, 1.1, 1.2, 1.3, 0.9],
    ]);
    expect(warnings.map(({ code, facts }) => [code, facts.count])).toEqual([
      ['ingest/empty-cells', 1],
      ['ingest/duplicate-rows', 1],
    ]);
  });

  it('metrics given again with other values: the later file stands', async () => {
    const row = (value: number) => `${CLOCK},BTCUSDT,${value},1,1,1,1,1\n`;
    const { rows, warnings } = await table('open_interest', {
      'BTCUSDT-metrics-2025-01-31.csv': row(100),
      'BTCUSDT-metrics-2025-02-01.csv': row(101),
    });
    expect(rows.map((r) => r[1])).toEqual([101]);
    expect(warnings[0]).toMatchObject({
      code: 'ingest/replaced-rows',
      facts: { count: 1, row: 1 },
    });
  });

  it('bookTicker: the time of the transaction, or of the event; in the order of their numbers', async () => {
    const { rows, warnings } = await table('quotes', {
      'BTCUSDT-bookTicker-2025-02-01.csv': [
        `12,100,1,101,2,${START + 5},${START + 6}`,
        `11,99,1,101,2,${START + 5},${START + 6}`,
        `13,98,1,101,2,,${START + 7}`,
        `13,98,1,101,2,,${START + 7}`,
      ].join('\n'),
    });
    expect(rows).toEqual([
      [START + 5, 99, 1, 101, 2],
      [START + 5, 100, 1, 101, 2],
      [START + 7, 98, 1, 101, 2],
    ]);
    expect(warnings).toMatchObject([
      { code: 'ingest/duplicate-rows', facts: { count: 1, row: 4 } },
    ]);
  });

  it('aggTrades: a buyer who is the maker means that the taker sold; True and true are the same', async () => {
    const { rows } = await table('trades', {
      'BTCUSDT-aggTrades-2025-02.csv': `1,100,0.5,1,1,${START},True\n2,101,0.25,2,3,${START},false\n`,
    });
    expect(rows).toEqual([
      [START, 100, 0.5, 1],
      [START, 101, 0.25, 0],
    ]);
  });

  it('aggTrades of spot: one column more, and microseconds', async () => {
    const { rows } = await table(
      'trades',
      { 'BTCUSDT-aggTrades-2025-02.csv': `1,100,0.5,1,1,${START}123,True,True\n` },
      shipped('binance_spot'),
    );
    expect(rows).toEqual([[START, 100, 0.5, 1]]);
  });

  it.each([
    ['BTCUSDT', 'BTCUSD_PERP', 3, 50_000, 300, 300 / 50_000],
    ['ETHUSDT', 'ETHUSD_PERP', 3, 2500, 30, 30 / 2500],
  ])(
    'forced orders of %s margined in coin: contracts at their value',
    async (symbol, name, count, price, value, base) => {
      const files = {
        [`${symbol}-5m-2025-02.csv`]: line(0),
        [`${name}-liquidationSnapshot-2025-02-01.csv`]: `time,side,order_type,time_in_force,original_quantity,price,average_price,order_status,last_fill_quantity,accumulated_fill_quantity\n${START},SELL,LIMIT,IOC,9,1,${price},FILLED,1,${count}\n${START},SELL,LIMIT,IOC,9,1,${price},FILLED,1,${count}\n`,
      };
      const { outs, warnings } = await runNode(market, {}, { ...from(files)(), symbol });
      expect(rowsOf(frameAt(outs, 'liquidations'))).toEqual([[START, 1, price, base, value]]);
      expect(warnings.map(({ code }) => code)).toContain('ingest/duplicate-rows');
    },
  );

  it('forced orders margined in USDT: base units times price', async () => {
    const { rows } = await table('liquidations', {
      'BTCUSDT-liquidationSnapshot-2025-02-01.csv': `${START},BUY,LIMIT,IOC,9,1,50000,FILLED,1,0.5\n${START},BUY,LIMIT,IOC,9,1,50000,FILLED,1,0.25\n`,
    });
    expect(rows).toEqual([
      [START, 0, 50_000, 0.5, 25_000],
      [START, 0, 50_000, 0.25, 12_500],
    ]);
  });

  it('mark and premium: one name in different folders, told apart by them; a premium may be below zero', async () => {
    const path = (kind: string) =>
      `data/futures/um/daily/${kind}/BTCUSDT/5m/BTCUSDT-5m-2025-02-01.zip`;
    const csv = (o: number, h: number, l: number, c: number) =>
      `${START},${o},${h},${l},${c},0,${START + FIVE - 1},0,0,0,0,0\n`;
    const files = {
      [path('klines')]: zip({ name: 'BTCUSDT-5m-2025-02-01.csv', bytes: line(1) }),
      [path('markPriceKlines')]: zip({
        name: 'BTCUSDT-5m-2025-02-01.csv',
        bytes: csv(100, 102, 99, 101),
      }),
      [path('premiumIndexKlines')]: zip({
        name: 'BTCUSDT-5m-2025-02-01.csv',
        bytes: csv(-0.001, 0, -0.002, -0.001),
      }),
      'data/spot/daily/klines/BTCUSDT/5m/BTCUSDT-5m-2025-02-01.csv': line(2),
    };
    const params = { ...from(files)() };
    const { outs } = await runNode(market, {}, params);
    expect([...frameAt(outs, 'raw').time('ts')]).toEqual([START + FIVE]);
    expect([...frameAt(outs, 'spot').time('ts')]).toEqual([START + 2 * FIVE]);
    expect(rowsOf(frameAt(outs, 'mark'))).toEqual([[START, 100, 102, 99, 101]]);
    expect(rowsOf(frameAt(outs, 'premium'))).toEqual([[START, -0.001, 0, -0.002, -0.001]]);
  });

  it('a data set of which only another symbol has files is an empty table, and told', async () => {
    const { rows, warnings } = await table('open_interest', {
      'ETHUSDT-metrics-2025-02-01.csv': `${CLOCK},ETHUSDT,1,1,1,1,1,1\n`,
    });
    expect(rows).toEqual([]);
    expect(warnings).toMatchObject([{ code: 'ingest/no-data-file', facts: { symbol: 'BTCUSDT' } }]);
  });

  it('no file of funding is told as that, and a file without a print of the span as no row', async () => {
    const facts = { data: 'funding', symbol: 'BTCUSDT', from: '2025-02-01T00:00:00.000Z' };
    const none = await table('funding', {});
    const expected = 'BTCUSDT-fundingRate-YYYY-MM.csv';
    expect(none.warnings).toMatchObject([
      { code: 'ingest/no-data-file', facts: { ...facts, expected } },
    ]);
    const print = `calc_time,funding_interval_hours,last_funding_rate\n${START + 864_000_000},8,0.0001\n`;
    const later = await table('funding', { 'BTCUSDT-fundingRate-2025-02.csv': print });
    expect(later.warnings).toMatchObject([{ code: 'ingest/no-data', facts }]);
  });
});

describe('the raw tables', () => {
  it.each(Object.entries(RAW_TABLES))(
    '%s has the columns and units of its contract',
    (name, columns) => {
      const text = readFileSync(`${ROOT}spec/contracts/raw_${name}.yaml`, 'utf8');
      const declared: Record<string, { readonly unit?: string }> = parse(text).columns;
      const told = Object.entries(declared).map(([column, { unit }]) => [column, unit]);
      expect([['ts', undefined], ...Object.entries(columns)]).toEqual(told);
    },
  );
});

describe('times', () => {
  it('in seconds, milli-, micro- and nanoseconds mixed in one folder are told one by one', async () => {
    const at = (bar: number, unit: string) => {
      const ms = START + bar * FIVE;
      const text =
        unit === 's'
          ? `${ms / 1000}`
          : `${ms}${unit === 'us' ? '000' : unit === 'ns' ? '000000' : ''}`;
      return `${text},100,110,90,105,10\n`;
    };
    const spec = reading('- { data: bars, names: ["{symbol}*.csv"], layout: ohlcv, last: whole }');
    const files = {
      'BTCUSDT-a.csv': at(0, 's') + at(1, 'ms'),
      'BTCUSDT-b.csv': at(2, 'us') + at(3, 'ns'),
    };
    const { outs } = await runNode(market, {}, { ...from(files)(), market: spec });
    expect([...frameAt(outs, 'raw').time('ts')]).toEqual(
      [0, 1, 2, 3].map((bar) => START + bar * FIVE),
    );
  });
});
