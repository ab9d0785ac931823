import { beforeAll, expect, it } from '@jest/globals';
import { inPlainNode } from '../../kit/plain.js';
import { readmeOf } from '../../kit/readme.js';
import { describeReal } from '../../kit/real.js';

/*
 * Short captures of a stream: rows, span, and rows at the millisecond of the one before. The README counts by the clock of the
 * receiver, which is 1.27 s behind; the exchange's own clock, where a row has it, is what a layout should read.
 */

interface Counted {
  readonly rows: number;
  readonly first: string;
  readonly last: string;
  readonly doubled: number;
}

const SET = 'binance-top-of-book';
const LAYOUTS = {
  quotes: `table: quotes
columns:
  - { name: local_time_ms, as: ts_else }
  - { name: transaction_time_ms, as: ts, empty: true }
  - { name: update_id, as: id }
  - { name: bid_price, as: bid_price }
  - { name: bid_qty, as: bid_base }
  - { name: ask_price, as: ask_price }
  - { name: ask_qty, as: ask_base }`,
  ticks: `table: trades
columns:
  - { name: local_time_ms, as: ts_else }
  - { name: trade_time_ms, as: ts, empty: true }
  - { name: trade_id, as: id }
  - { name: price, as: price }
  - { name: qty, as: base }
  - { name: is_buyer_maker, as: sell }`,
};
const byReceiver = (layout: string) =>
  layout.replace(/^.*as: ts,.*\n/m, '').replace('as: ts_else', 'as: ts');
const RECEIVED = { quotes: byReceiver(LAYOUTS.quotes), ticks: byReceiver(LAYOUTS.ticks) };
const BARS = '{ data: bars, names: ["binance-um-ohlcv-5m/BREVUSDT.parquet"], layout: ohlcv }';

describeReal('captures', () => {
  const rows = readmeOf(SET).map((row) => [row.file ?? '', row] as const);
  const found: Record<string, Counted> = {};
  beforeAll(async () => {
    const imports = rows.flatMap(([file]) => {
      const [data, layout] = file.includes('trades') ? ['trades', 'ticks'] : ['quotes', 'quotes'];
      return Object.entries({ exchange: LAYOUTS, receiver: RECEIVED }).map(([clock, layouts]) => {
        const path = `spec/layouts/made/${layout}.yaml`;
        const files = [BARS, `{ data: ${data}, names: ["${SET}/${file}"], layout: ${path} }`];
        return { id: `${file} ${clock}`, symbol: 'BTCUSDT', table: data, files, layouts };
      });
    });
    Object.assign(found, await inPlainNode('imports-script', [JSON.stringify(imports)]));
  }, 300_000);

  it('are six', () => expect(rows).toHaveLength(6));

  it.each(rows)('%s', (file, row) => {
    expect(found[`${file} receiver`]).toMatchObject({
      rows: Number(row.rows),
      first: row['first (UTC)'],
      last: row['last (UTC)'],
      doubled: Number(row['same-ms rows']),
    });
    expect(found[`${file} exchange`]?.rows).toBe(Number(row.rows));
  });
});
