import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from '@jest/globals';
import { Frame } from '../../../engine/frame/frame.js';
import { textColumn } from '../../../engine/frame/text.js';
import { writeParquet } from '../../../engine/store/codecs/parquet.js';
import market from '../../../nodes/ingest/market.js';
import { runNode } from '../../kit/node.js';
import { frameAt } from '../../kit/real.js';
import { FIVE, folder, START, shipped } from './archives.js';

/** The lake of the reference: `<root>/<market>/<SYM>/<dataset>/year=…/month=…/<dataset>_<SYM>_<interval>_YYYY-MM.parquet`. */
const partition = (kind: string, dataset: string, interval: string, month: string) =>
  `binance/${kind}/BTCUSDT/${dataset}/year=2025/month=${month}/${dataset}_BTCUSDT_${interval}_2025-${month}.parquet`;

const bars = (...numbers: readonly number[]) => {
  const same = (value: number) => Float64Array.from(numbers, () => value);
  return Frame.of({
    timestamp: { dtype: 'time', values: Float64Array.from(numbers, (i) => START + i * FIVE) },
    open: same(100),
    high: same(110),
    low: same(90),
    close: same(105),
    volume: same(10),
    quote_volume: same(1000),
    taker_base_volume: same(4),
    symbol: textColumn(numbers.map(() => 'BTCUSDT')),
    source: textColumn(numbers.map(() => 'archive_monthly')),
  });
};
const stamp = { dtype: 'time', values: Float64Array.of(START) } as const;

it('monthly partitions of a lake are read: bars, spot, funding, open interest, forced orders, quotes', async () => {
  const root = folder({});
  const files: Readonly<Record<string, Frame>> = {
    [partition('perp', 'ohlcv_5m', '5m', '02')]: bars(0, 1),
    [partition('perp', 'ohlcv_5m', '5m', '03')]: bars(28 * 288),
    [partition('spot', 'ohlcv_5m', '5m', '02')]: bars(1),
    [partition('perp', 'funding', '8h', '02')]: Frame.of({
      timestamp: stamp,
      funding_rate: [0.0001],
    }),
    [partition('perp', 'open_interest/5m', '5m', '02').replace(
      'open_interest/5m_',
      'open_interest_',
    )]: Frame.of({
      timestamp: stamp,
      sum_open_interest: [5],
      sum_open_interest_value: [500],
    }),
    [partition('perp', 'liquidation_snapshot', 'tick', '02')]: Frame.of({
      timestamp: stamp,
      side: textColumn(['SELL']),
      price: [50_000],
      qty: [3],
      notional: [150_000],
    }),
    [partition('perp', 'book_ticker', 'tick', '02')]: Frame.of({
      timestamp: stamp,
      bid_price: [99],
      bid_qty: [1],
      ask_price: [101],
      ask_qty: [2],
    }),
  };
  for (const [name, frame] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    await writeParquet(frame, join(root, name));
  }
  const span = { from: '2025-02-01', to: '2025-03-31' };
  const params = { market: shipped('binance_lake'), symbol: 'BTCUSDT', span, folder: root };
  const { outs, warnings } = await runNode(market, {}, params);
  expect([...frameAt(outs, 'raw').time('ts')]).toEqual([
    START,
    START + FIVE,
    START + 28 * 288 * FIVE,
  ]);
  expect([...frameAt(outs, 'raw').column('trade_count')]).toEqual([NaN, NaN, NaN]);
  expect([...frameAt(outs, 'spot').time('ts')]).toEqual([START + FIVE]);
  expect([...frameAt(outs, 'funding').column('rate')]).toEqual([0.0001]);
  expect([...frameAt(outs, 'open_interest').column('value')]).toEqual([500]);
  expect([...frameAt(outs, 'liquidations').column('value')]).toEqual([300]); // three contracts of 100 USD, not 150,000
  expect([...frameAt(outs, 'quotes').column('ask_price')]).toEqual([101]);
  expect(warnings).toEqual([]);
});
