import { Frame } from '../../engine/frame/frame.js';
import { stream } from '../../engine/sdk/random.js';

const START = Date.UTC(2024, 0, 1);
const FIVE = 300_000;
const SECOND = 1_000;

/** Raw tables of one symbol by the names that `clean.market` takes them under. */
export type RawMarket = Readonly<Record<RawTable, Frame>>;
export type RawTable =
  | 'raw'
  | 'funding'
  | 'spot'
  | 'open_interest'
  | 'liquidations'
  | 'quotes'
  | 'tob'
  | 'mark'
  | 'premium';

/**
 * A made-up symbol with all that real ones have wrong with them: bars that are absent, doubled, off the grid and broken, wild prints
 * that are taken back, outages, late stamps, days without a word. Quotes come in one hour of each day.
 */
export function rawMarket(bars: number, seed = 1): RawMarket {
  const random = stream([seed, 17]);
  const draw = () => random.uniform();
  const prices = walk(bars, draw);
  return {
    raw: rawBars(prices, draw),
    funding: prints(bars, draw),
    spot: rawBars(
      prices.map((p) => p * (1 + 0.001 * (draw() - 0.5))),
      draw,
    ),
    open_interest: readings(bars, draw),
    liquidations: orders(bars, draw),
    quotes: quotes(prices, draw),
    tob: books(prices, draw),
    mark: marks(prices, draw),
    premium: marks(
      prices.map(() => 0.001 * (draw() - 0.5)),
      draw,
    ),
  };
}

/** Closes; now and then a wild one that the next takes back, and a market that stands still. */
function walk(bars: number, draw: () => number): readonly number[] {
  let price = 100;
  let still = 0;
  return Array.from({ length: bars }, () => {
    still = still > 0 ? still - 1 : draw() < 0.002 ? 15 : 0;
    if (still === 0) price *= 1 + 0.002 * (draw() - 0.5);
    return draw() < 0.01 ? price * 1.2 : price;
  });
}

function rawBars(closes: readonly number[], draw: () => number): Frame {
  const rows = closes.flatMap((close, bar): (readonly number[])[] => {
    const open = closes[bar - 1] ?? close;
    const flat = open === close;
    const [high, low] = [Math.max(open, close), Math.min(open, close)];
    const volume = flat ? 0 : 10 * draw();
    const ts = START + bar * FIVE;
    const row = [ts, open, high, low, close, volume, volume * close, 5, volume / 2];
    const lot = draw();
    if (lot < 0.01) return [];
    if (lot < 0.02) return [row, row.with(4, close * 2)];
    if (lot < 0.03) return [row, row.with(0, ts + 1)];
    if (lot < 0.04) return [row.with(2, low / 2)];
    return lot < 0.05 ? [row.with(8, volume + 1)] : [row];
  });
  const names = 'ts open high low close volume quote_volume trade_count taker_base_volume';
  return tableOf(names.split(' '), rows);
}

function prints(bars: number, draw: () => number): Frame {
  const rows = Array.from({ length: Math.ceil(bars / 48) }, (_, i) => [
    START + i * 48 * FIVE + Math.floor(20 * draw()),
    draw() < 0.3 ? 0.3 : 0.0003 * (draw() - 0.4),
  ]).filter(() => draw() > 0.1);
  return tableOf(['ts', 'rate'], rows);
}

function readings(bars: number, draw: () => number): Frame {
  const rows = Array.from({ length: bars }, (_, bar) => {
    const base = draw() < 0.01 ? -1 : 1000 + draw();
    return [START + bar * FIVE, base, base * 100, 1, NaN, 2, 3];
  });
  const kept = rows.flatMap((row) => (draw() < 0.02 ? [row, row.with(1, 7)] : [row]));
  const ratios = ['top_account_ratio', 'top_position_ratio', 'account_ratio', 'taker_ratio'];
  return tableOf(['ts', 'base', 'value', ...ratios], kept);
}

function orders(bars: number, draw: () => number): Frame {
  const rows: (readonly number[])[] = [];
  for (let bar = 0; bar < bars; bar++) {
    const silent = Math.floor(bar / 288) % 3 === 2;
    if (silent || draw() > 0.05) continue;
    const ts = START + bar * FIVE + Math.floor(draw() * FIVE);
    const row = [ts, draw() < 0.5 ? 1 : 0, 100, 1, draw() < 0.3 ? NaN : 100 * draw()];
    rows.push(row, ...(draw() < 0.1 ? [row] : []));
  }
  const table = tableOf(['ts', 'side', 'price', 'base', 'value'], rows);
  const sell = { dtype: 'bool', values: Uint8Array.from(table.column('side')) } as const;
  return table.with('sell', sell).select(['ts', 'sell', 'price', 'base', 'value']);
}

function quotes(prices: readonly number[], draw: () => number): Frame {
  const rows: (readonly number[])[] = [];
  prices.forEach((price, bar) => {
    if (bar % 288 >= 12) return;
    let ms = 0;
    while (ms < FIVE) {
      ms += Math.floor(draw() * 8 * SECOND);
      const crossed = draw() < 0.02;
      const spread = crossed ? -1 : draw();
      rows.push([
        START + bar * FIVE + Math.min(ms, FIVE - 1),
        price,
        draw(),
        price + spread,
        draw(),
      ]);
    }
  });
  return tableOf(['ts', 'bid_price', 'bid_base', 'ask_price', 'ask_base'], rows);
}

function books(prices: readonly number[], draw: () => number): Frame {
  const rows = prices.flatMap((price, bar) =>
    draw() < 0.05 ? [] : [[START + bar * FIVE, 1, 2, 0.5, 100, 200, 0.4, price, draw()]],
  );
  const spreads = ['spread_bps', 'spread_bps_max', 'spread_bps_std'];
  const rest = ['bid_depth_usd', 'ask_depth_usd', 'imbalance', 'mid_close', 'coverage'];
  return tableOf(['ts', ...spreads, ...rest], rows);
}

function marks(closes: readonly number[], draw: () => number): Frame {
  const rows = closes.flatMap((close, bar) => {
    const [high, low] = [close + Math.abs(close) / 9, close - Math.abs(close) / 9];
    const row = [START + bar * FIVE, close, draw() < 0.02 ? low : high, low, close];
    return draw() < 0.02 ? [] : [draw() < 0.02 ? row.with(4, NaN) : row];
  });
  return tableOf(['ts', 'open', 'high', 'low', 'close'], rows);
}

function tableOf(names: readonly string[], rows: readonly (readonly number[])[]): Frame {
  const columns = names.map((name, at) => {
    const values = Float64Array.from(rows, (row) => row[at] ?? NaN);
    return { name, column: { dtype: name === 'ts' ? 'time' : 'f64', values } as const };
  });
  return Frame.from(columns);
}
