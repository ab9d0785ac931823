import type { TableFacts } from '../../../engine/expr/program.js';
import type { ColumnFacts } from '../../../engine/expr/types.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const column = (more: Partial<ColumnFacts> = {}): ColumnFacts => ({
  dtype: 'f64',
  taint: 'feature',
  delay: 0,
  ...more,
});
const PRICE = 'quote / base';
const stamp: ColumnFacts = { dtype: 'time', taint: 'feature', delay: 0 };
const bars = (more: Readonly<Record<string, ColumnFacts>> = {}): TableFacts => ({
  clock: 'bars',
  spacing: 5 * MINUTE,
  columns: new Map(
    Object.entries({
      ts: stamp,
      open: column({ unit: PRICE }),
      high: column({ unit: PRICE }),
      low: column({ unit: PRICE }),
      close: column({ unit: PRICE, instant: true }),
      volume: column(),
      ...more,
    }),
  ),
});

/**
 * Tables that formulas of the corpus read: bars with columns that come late, that were fitted and that are outcomes; other markets;
 * prints, open interest, releases and an agenda on clocks of their own.
 */
export const TABLES: Readonly<Record<string, TableFacts>> = {
  self: bars({
    /** Reported seven minutes after the bar. */
    oi_notional: column({ delay: 7 * MINUTE }),
    /** The outcome of a target. */
    forward_return: column({ taint: 'outcome' }),
    /** Scores of a scaler that saw every row. */
    fitted_score: column({
      facts: { reach: 0, warmup: 0, kind: 'whole-sample', scope: 'symbol', dims: '' },
    }),
  }),
  spot: bars(),
  benchmark: bars(),
  funding: {
    clock: 'funding',
    nominal: 8 * HOUR,
    within: DAY,
    columns: new Map([
      ['ts', stamp],
      ['rate', column({ delay: MINUTE })],
    ]),
  },
  open_interest: {
    clock: 'open_interest',
    nominal: 5 * MINUTE,
    within: HOUR,
    columns: new Map([
      ['ts', stamp],
      ['value', column({ delay: 10 * MINUTE })],
    ]),
  },
  /** Economic figures: stamped by the month they are about, visible when published. */
  releases: {
    clock: 'releases',
    nominal: 30 * DAY,
    within: 60 * DAY,
    available: 'published',
    columns: new Map([
      ['ts', stamp],
      ['published', stamp],
      ['actual', column()],
    ]),
  },
  /** Scheduled news: stamped when it comes, visible since it was announced. */
  news: {
    clock: 'news',
    nominal: 30 * DAY,
    within: 60 * DAY,
    available: 'announced',
    columns: new Map([
      ['ts', stamp],
      ['announced', stamp],
    ]),
  },
};
