import { describe, expect, it } from '@jest/globals';
import type { Cell } from '../../../../engine/expr/op-case.js';
import { uniform } from '../information/series.js';
import { FIVE_MINUTES, START } from '../kit.js';
import { workedOut } from '../worked.js';
import { RUNS } from './calls.js';
import { wrong } from './cells.js';

/* The calendar, and rows of other tables, against their definitions: each bar looks through all rows of the table. */

const ROWS = 60;

describe('the calendar', () => {
  const parts: Readonly<Record<string, (open: Date) => number>> = {
    minute: (open) => open.getUTCMinutes(),
    hour: (open) => open.getUTCHours(),
    weekday: (open) => ((open.getUTCDay() + 6) % 7) + 1,
    hour_of_week: (open) => ((open.getUTCDay() + 6) % 7) * 24 + open.getUTCHours(),
    day: (open) => open.getUTCDate(),
    month: (open) => open.getUTCMonth() + 1,
  };
  for (const [call, of] of Object.entries(parts))
    it(call, () => {
      const x = Array.from({ length: 9_500 }, (_, i) => i);
      const expected = x.map((i) => of(new Date(START + i * FIVE_MINUTES)));
      expect(wrong(workedOut({ call, rows: { x }, gives: [] }), expected, 0)).toBeUndefined();
    });
});

/** A row of a table: when it is stamped, when it is seen, both in minutes, and what it says. */
interface Print {
  readonly minute: number;
  readonly seen: number;
  readonly weight: number | null;
}
type Oracle = (visible: readonly Print[], close: number, before: readonly Print[]) => Cell;

const heavy = (p: Print): boolean => p.weight !== null && p.weight > 1;
const top = (values: readonly number[]): number | null =>
  values.length === 0 ? null : Math.max(...values);
const since =
  (takes: (p: Print) => boolean): Oracle =>
  (visible, close) => {
    const last = top(visible.filter((p) => p.minute <= close && takes(p)).map((p) => p.minute));
    return last === null ? null : close - last;
  };
const until =
  (takes: (p: Print) => boolean): Oracle =>
  (visible, close) => {
    const next = top(visible.filter((p) => p.minute > close && takes(p)).map((p) => -p.minute));
    return next === null ? null : -next - close;
  };
const newest = (visible: readonly Print[], close: number, within: number): Cell => {
  const last = visible.at(-1);
  return last === undefined || close - last.minute > within ? null : last.weight;
};

const ORACLES: Readonly<Record<string, Oracle>> = {
  'asof(news.weight, within=30m)': (visible, close) => newest(visible, close, 30),
  'asof(news.weight, within=1d)': (visible, close) => newest(visible, close, 1_440),
  'arrives(news)': (visible, _, before) => visible.length > before.length,
  'minutes_since(news)': since(() => true),
  'minutes_since(news, where=news.weight > 1)': since(heavy),
  'minutes_until(news)': until(() => true),
  'minutes_until(news, where=news.weight > 1)': until(heavy),
};

function printsOf(seed: number): readonly Print[] {
  const next = uniform(seed);
  const prints: Print[] = [];
  for (let minute = -20; minute < ROWS * 5 + 40; minute += 1 + Math.floor(next() * 25)) {
    const late = next();
    const after = late < 0.3 ? -Math.floor(next() * 60) : late < 0.6 ? Math.floor(next() * 30) : 0;
    const weight = next() < 0.15 ? null : Math.floor(next() * 4);
    prints.push({ minute, seen: minute + after, weight });
  }
  return prints;
}

describe('rows of other tables', () => {
  for (const [call, of] of Object.entries(ORACLES))
    it(call, () => {
      let known = 0;
      for (let seed = 1; seed <= 8 * RUNS; seed += 1) {
        const prints = printsOf(seed);
        const seenBy = (close: number): readonly Print[] => prints.filter((p) => p.seen <= close);
        const expected = Array.from({ length: ROWS }, (_, t) => {
          const close = (t + 1) * 5;
          // What was there before the first bar does not arrive in it.
          return of(seenBy(close), close, seenBy(t === 0 ? close : close - 5));
        });
        const table = {
          minute: prints.map((p) => p.minute),
          seen: prints.map((p) => p.seen),
          weight: prints.map((p) => p.weight),
        };
        const rows = { close: Array.from({ length: ROWS }, (_, i) => i) };
        const found = workedOut({ call, rows, tables: { news: table }, gives: [] });
        expect(wrong(found, expected, 0)).toBeUndefined();
        known += expected.filter((cell) => cell !== null && cell !== false).length;
      }
      expect(known).toBeGreaterThan(50);
    });
});
