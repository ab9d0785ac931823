import { textColumn } from '../../../engine/frame/text.js';
import { clock, frame } from '../../kit/frame.js';

/** Raw and clean bars at the start of 2024, and what is told of them. */

export const START = 1_704_067_200_000; // 2024-01-01
export const FIVE = 300_000;
export const HOUR = 3_600_000;
const PRICES = {
  open: 'quote / base',
  high: 'quote / base',
  low: 'quote / base',
  close: 'quote / base',
};
const UNITS = {
  ...PRICES,
  volume: 'base',
  quote_volume: 'quote',
  trade_count: 'trades',
  taker_base_volume: 'base',
};
export const NONE = Number.NaN;

type Row = readonly [
  ts: number,
  o: number,
  h: number,
  l: number,
  c: number,
  v: number,
  taker: number,
];

export function raw(...rows: readonly Row[]) {
  const column = (at: number) => rows.map((row) => row[at] ?? NONE);
  const numbers = {
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
  const turnover = rows.map((row) => row[4] * row[5]);
  const flow = { quote_volume: turnover, trade_count: column(5), taker_base_volume: column(6) };
  return frame({ ts: column(0), ...numbers, ...flow }, UNITS);
}

/** Bars at the start of 2024; null is a bar that is missing for the reason given beside it. */
export function bars(prices: readonly (number | null)[], faults: readonly (string | null)[]) {
  const value = (scale: number) => prices.map((p) => (p === null ? NONE : p * scale));
  const volume = prices.map((p) => (p === null ? NONE : 10));
  return frame(
    {
      ts: clock(prices.length),
      open: value(1),
      high: value(2),
      low: value(0.5),
      close: value(1),
      volume,
      quote_volume: prices.map((p) => (p === null ? NONE : p * 10)),
      trade_count: volume,
      taker_base_volume: prices.map((p) => (p === null ? NONE : 4)),
      is_gap: prices.map((p) => p === null),
      fault: textColumn(faults),
    },
    UNITS,
  );
}

export const good = (bar: number, price: number): Row => [
  START + bar * FIVE,
  price,
  price * 2,
  price / 2,
  price,
  10,
  4,
];
export const noFunding = frame(
  { ts: [], rate: [], interval_hours: [] },
  { interval_hours: 'hours' },
);

/** Coverage of a data set that is not there. */
export const NOTHING = {
  first: null,
  last: null,
  rows: 0,
  expected: 0,
  missing: 0,
  outside: 0,
  gap_count: 0,
  longest_gap_ms: 0,
  gaps: [],
  faults: {},
  dropped: {},
  months: [],
};
export const EVEN = { flat: 0, suspect: 0, wick: 0, moved: 0, stale: 0, flagged: 0 };

/** Coverage of so many bars at the start of 2024, one after the other. */
export function whole(rows: number) {
  return {
    ...NOTHING,
    first: START,
    last: START + (rows - 1) * FIVE,
    rows,
    expected: rows,
    months: [{ month: '2024-01', expected: rows, missing: 0 }],
  };
}
