import type { Frame } from '../../../engine/sdk/index.js';
import type { Grid } from '../grid/grid.js';
import type { Extent } from '../quality/extent.js';
import type { Handled } from '../quality/handled.js';
import { type Book, bookFrame, emptyBook, withoutThin } from './columns.js';
import { FRESH, type Quotes, quoteAt, SECOND, validQuotes } from './seconds.js';

const BPS = 1e4;

/*
 * 1. Rows that are no quote are left out and counted.
 * 2. At each whole second of a bar, from its open to the last before its close, stands the last quote no older than five seconds.
 * 3. A bar's columns are means over its seconds that have one; too few of them say nothing of spread and depth.
 */

/** Top of book by bar, from quotes. */
export function bookOf(raw: Frame, grid: Grid): Handled {
  const quotes = validQuotes(raw);
  const book = emptyBook(grid.bars);
  const seconds = Math.floor(grid.spacing / SECOND);
  const [at, spreads] = [quoteAt(quotes.ts), new Float64Array(seconds)];
  const quoted = barsWith(quotes, grid);
  let extent: Extent;
  for (let bar = 0; bar < grid.bars; bar++) {
    if (quoted[bar] === 0) continue;
    const open = grid.from + bar * grid.spacing;
    let found = 0;
    const sums = { bid: 0, ask: 0, share: 0, shares: 0, mid: Number.NaN };
    for (let second = 0; second < seconds; second++) {
      const quote = at(open + second * SECOND);
      if (quote === -1) continue;
      spreads[found++] = added(sums, quotes, quote);
    }
    if (found === 0) continue;
    extent = { first: extent?.first ?? bar, last: bar };
    settle(book, bar, spreads.subarray(0, found), seconds);
    book.bid_depth_usd[bar] = sums.bid / found;
    book.ask_depth_usd[bar] = sums.ask / found;
    book.imbalance[bar] = sums.share / sums.shares;
    book.mid_close[bar] = sums.mid;
  }
  const frame = bookFrame(withoutThin(book), grid);
  return { frame, extent, faults: {}, dropped: { invalid: quotes.invalid } };
}

interface Sums {
  bid: number;
  ask: number;
  share: number;
  shares: number;
  mid: number;
}

/** Add one second's quote; gives its spread over mid in basis points. */
function added(sums: Sums, quotes: Quotes, row: number): number {
  const at = (values: Readonly<Float64Array>) => values[row] ?? Number.NaN;
  const [bid, ask, bidBase, askBase] = [
    at(quotes.bid),
    at(quotes.ask),
    at(quotes.bidBase),
    at(quotes.askBase),
  ];
  sums.bid += bid * bidBase;
  sums.ask += ask * askBase;
  sums.mid = (bid + ask) / 2;
  if (bidBase + askBase > 0) {
    sums.share += bidBase / (bidBase + askBase);
    sums.shares += 1;
  }
  return (BPS * (ask - bid)) / sums.mid;
}

/** Mean, largest and standard deviation (ddof 1) of the spreads of a bar, and its coverage. */
function settle(book: Book, bar: number, spreads: Readonly<Float64Array>, seconds: number): void {
  const mean = spreads.reduce((sum, x) => sum + x, 0) / spreads.length;
  const squares = spreads.reduce((sum, x) => sum + (x - mean) * (x - mean), 0);
  book.spread_bps[bar] = mean;
  book.spread_bps_max[bar] = spreads.reduce((most, x) => Math.max(most, x), 0);
  book.spread_bps_std[bar] = Math.sqrt(squares / (spreads.length - 1));
  book.coverage[bar] = spreads.length / seconds;
}

/** 1 for bars in which a quote can stand: its own and, until it is too old, the next. */
function barsWith({ ts }: Quotes, grid: Grid): Uint8Array {
  const quoted = new Uint8Array(grid.bars);
  for (const time of ts) {
    // What lies outside of an array is not written.
    quoted[Math.floor((time - grid.from) / grid.spacing)] = 1;
    quoted[Math.floor((time + FRESH - grid.from) / grid.spacing)] = 1;
  }
  return quoted;
}
