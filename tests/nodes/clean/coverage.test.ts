import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { placeMarks } from '../../../nodes/clean/grid/marks.js';
import { coverageOf, coverageOnGrid } from '../../../nodes/clean/quality/coverage.js';
import { extentOf } from '../../../nodes/clean/quality/extent.js';
import { clock, frame } from '../../kit/frame.js';

const START = 1_704_067_200_000; // 2024-01-01
const FIVE = 300_000;
const MONTH = 31 * 288;

describe('coverage on the grid', () => {
  it('equals a count of every bar', () => {
    // Bars around the end of January; 0 no row, 1 a broken row, 2 a row.
    const state = fc.array(fc.constantFrom(0, 1, 2, 2, 2), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(state, (states) => {
        const from = START + (MONTH - 20) * FIVE;
        const ts = clock(states.length, FIVE, from);
        const rows = Int32Array.from(states, (s, bar) => (s === 0 ? -1 : bar));
        const table = { frame: frame({ ts }), extent: extentOf(rows), faults: {}, dropped: {} };
        const found = coverageOnGrid(table, FIVE, (bar) => states[bar] === 2);
        const [first, last] = [states.findIndex((s) => s > 0), states.findLastIndex((s) => s > 0)];
        const inside = first < 0 ? [] : states.slice(first, last + 1);
        const present = (list: readonly number[]) => list.filter((s) => s === 2).length;
        const january = inside.slice(0, Math.max(0, 20 - Math.max(first, 0)));
        const february = inside.slice(january.length);
        const runs =
          inside
            .map((s) => (s === 2 ? '.' : 'x'))
            .join('')
            .match(/x+/g) ?? [];
        const month = (name: string, list: readonly number[]) =>
          list.length === 0
            ? []
            : [{ month: name, expected: list.length, missing: list.length - present(list) }];
        expect(found).toMatchObject({
          first: first < 0 ? null : ts[first],
          last: last < 0 ? null : ts[last],
          rows: present(inside),
          expected: inside.length,
          missing: inside.length - present(inside),
          outside: states.length - inside.length,
          gap_count: runs.length,
          longest_gap_ms: Math.max(0, ...runs.map((run) => run.length * FIVE)),
          months: [...month('2024-01', january), ...month('2024-02', february)],
        });
      }),
      { numRuns: 200, seed: 8 },
    );
  });
});

describe('gaps that are told one by one', () => {
  const seconds = (...list: number[]) => Float64Array.from(list);
  const told = (times: Float64Array) =>
    coverageOf({
      times,
      first: times[0],
      last: times[times.length - 1],
      stepAt: () => 1,
      outside: 0,
      faults: {},
      dropped: {},
    });

  it('say when the first row is missing and how many are', () => {
    expect(told(seconds(0, 1, 4, 5, 7)).gaps).toEqual([
      { from: 2, rows: 2, step: 1 },
      { from: 6, rows: 1, step: 1 },
    ]);
  });

  it('are the twenty longest, the earlier of equal ones, in order of time', () => {
    const times = Float64Array.from({ length: 32 }, (_, i) => (i <= 30 ? 2 * i : 2 * i + 5));
    const { gaps, gap_count, missing } = told(times);
    expect(gap_count).toBe(31);
    expect(missing).toBe(36);
    expect(gaps.map((g) => g.from)).toEqual([
      ...Array.from({ length: 19 }, (_, i) => 2 * i + 1),
      61,
    ]);
  });
});

describe('marks on the grid', () => {
  const marks = (...rows: readonly (readonly number[])[]) =>
    frame({
      ts: rows.map((_, i) => START + i * FIVE),
      open: rows.map((r) => r[0] ?? NaN),
      high: rows.map((r) => r[1] ?? NaN),
      low: rows.map((r) => r[2] ?? NaN),
      close: rows.map((r) => r[3] ?? NaN),
    });
  const grid = { from: START, bars: 3, spacing: FIVE };

  it('a mark is above 0, a premium need not be; a broken row is missing in all', () => {
    const raw = marks([1, 2, -1, 1], [1, 1, 1, NaN], [1, 0.5, 0.5, 1]);
    const premium = placeMarks(raw, grid, false);
    expect([...premium.frame.column('low')]).toEqual([-1, NaN, NaN]);
    expect(premium.faults).toEqual({ price: 1, range: 1 });
    const mark = placeMarks(raw, grid, true);
    expect([...mark.frame.column('high')]).toEqual([NaN, NaN, NaN]);
    expect(mark.faults).toEqual({ price: 2, range: 1 });
    expect(mark.extent).toEqual({ first: 0, last: 2 });
  });
});
