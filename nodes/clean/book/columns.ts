import { Frame } from '../../../engine/sdk/index.js';
import { type Grid, opensOf } from '../grid/grid.js';

const UNITS = {
  spread_bps: 'bps',
  spread_bps_max: 'bps',
  spread_bps_std: 'bps',
  bid_depth_usd: 'quote',
  ask_depth_usd: 'quote',
  imbalance: undefined,
  mid_close: 'quote / base',
  coverage: undefined,
} as const;
export type BookColumn = keyof typeof UNITS;
export const BOOK_COLUMNS = Object.keys(UNITS) as readonly BookColumn[]; // the keys of a constant

/** Columns of the top of book by bar, missing everywhere but in coverage, which is a fact about the source. */
export type Book = Readonly<Record<BookColumn, Float64Array>>;

export function emptyBook(bars: number): Book {
  const none = () => new Float64Array(bars).fill(Number.NaN);
  return {
    spread_bps: none(),
    spread_bps_max: none(),
    spread_bps_std: none(),
    bid_depth_usd: none(),
    ask_depth_usd: none(),
    imbalance: none(),
    mid_close: none(),
    coverage: new Float64Array(bars),
  };
}

/** Least share of a bar's seconds with a quote for its means to say something of the bar. */
const LEAST = 0.5;
const MEANS: readonly BookColumn[] = [
  'spread_bps',
  'spread_bps_max',
  'spread_bps_std',
  'bid_depth_usd',
  'ask_depth_usd',
];

/** Where less than half of a bar was quoted, spread and depth are missing: the half that was not is when the book was thin. */
export function withoutThin(book: Book): Book {
  book.coverage.forEach((share, bar) => {
    if (share >= LEAST) return;
    for (const name of MEANS) book[name][bar] = Number.NaN;
  });
  return book;
}

/** The table of a book on a grid. */
export function bookFrame(book: Book, grid: Grid): Frame {
  const units = Object.entries(UNITS).flatMap(([name, unit]) => (unit ? [[name, unit]] : []));
  return Frame.of(
    { ts: { dtype: 'time', values: opensOf(grid) }, ...book },
    Object.fromEntries(units),
  );
}
