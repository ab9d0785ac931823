import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { concat } from '../../../engine/frame/concat.js';
import { Frame } from '../../../engine/frame/frame.js';
import { groupBy } from '../../../engine/frame/group.js';
import { sorted, sortedRows } from '../../../engine/frame/sort.js';
import { textColumn } from '../../../engine/frame/text.js';
import { expectFrame, frame, plainFrame } from '../../kit/frame.js';
import { anyColumn } from './kit/columns.js';
import { expectRefusal } from './kit/refusal.js';

const anyFrame = fc
  .integer({ min: 0, max: 12 })
  .chain((rows) => fc.tuple(anyColumn(rows), anyColumn(rows)))
  .map(([a, b]) => Frame.of({ a, b }));

describe('groupBy', () => {
  it('numbers groups by first appearance', () => {
    const table = frame({ s: ['b', 'a', null, 'b', null], k: [1, 1, 2, 1, 2] });
    const groups = groupBy(table, ['s', 'k']);
    expect(groups.count).toBe(3);
    expect([...groups.ids]).toEqual([0, 1, 2, 0, 2]);
    expect([...groups.first]).toEqual([0, 1, 2]);
    expect([...groups.rows(2)]).toEqual([2, 4]);
  });

  it('takes missing for a value and −0 for 0', () => {
    expect([...groupBy(frame({ k: [Number.NaN, 0, -0, Number.NaN] }), ['k']).ids]).toEqual([
      0, 1, 1, 0,
    ]);
    expect([...groupBy(frame({ k: [true, null, false, null] }), ['k']).ids]).toEqual([0, 1, 2, 1]);
  });

  it('gives one group for no columns, none for no rows', () => {
    expect(groupBy(frame({ k: [1, 2] }), []).count).toBe(1);
    expect(groupBy(frame({ k: [] }), ['k']).count).toBe(0);
  });

  it('agrees with grouping by printed values', () => {
    fc.assert(
      fc.property(anyFrame, (table) => {
        const groups = groupBy(table, ['a', 'b']);
        const printed = [...table.rows()].map((row) => JSON.stringify([row.a, row.b]));
        const order = [...new Set(printed)];
        expect([...groups.ids]).toEqual(printed.map((text) => order.indexOf(text)));
        const all = Array.from({ length: groups.count }, (_, g) => [...groups.rows(g)]).flat();
        expect(all.sort((x, y) => x - y)).toEqual(printed.map((_, row) => row));
      }),
      { seed: 3, numRuns: 150 },
    );
  });
});

describe('sort', () => {
  it('is stable, with missing last in both directions', () => {
    const table = frame({ x: [2, Number.NaN, 1, 2, 1] });
    expect([...sortedRows(table, ['x'])]).toEqual([2, 4, 0, 3, 1]);
    expect([...sortedRows(table, [{ column: 'x', descending: true }])]).toEqual([0, 3, 2, 4, 1]);
  });

  it('sorts texts by code units, flags false first, then the next key', () => {
    const table = frame({ s: ['b', 'Z', 'b', null, 'ä'], f: [true, null, false, true, false] });
    expect([...sortedRows(table, ['s', 'f'])]).toEqual([1, 2, 0, 4, 3]);
  });

  it('gives the same frame when it is sorted', () => {
    const table = frame({ ts: [1, 2, 2] });
    expect(sorted(table, ['ts'])).toBe(table);
    expectFrame(sorted(frame({ ts: [2, 1] }), ['ts'])).toEqual(frame({ ts: [1, 2] }));
  });

  it('is a permutation in order', () => {
    fc.assert(
      fc.property(anyFrame, (table) => {
        const rows = [...sortedRows(table, ['a', 'b'])];
        expect([...rows].sort((x, y) => x - y)).toEqual(rows.map((_, i) => i));
        expect([...sortedRows(table.take(rows), ['a', 'b'])]).toEqual(rows.map((_, i) => i));
      }),
      { seed: 4, numRuns: 150 },
    );
  });
});

describe('concat', () => {
  it('merges dictionaries', () => {
    const joined = concat([frame({ s: ['a', null, 'b'] }), frame({ s: ['c', 'b', 'a'] })]);
    expect(joined.get('s')).toEqual(textColumn(['a', null, 'b', 'c', 'b', 'a']));
  });

  it('undoes slicing', () => {
    fc.assert(
      fc.property(anyFrame, fc.integer({ min: 0, max: 12 }), (table, at) => {
        const whole = concat([table.slice(0, at), table.slice(at)]);
        expect(plainFrame(whole)).toEqual(plainFrame(table));
      }),
      { seed: 5, numRuns: 150 },
    );
  });

  it.each([
    [
      'another unit',
      frame({ a: [1] }, { a: 'usd' }),
      { index: 1, column: 'a', found: 'f64 (usd)', expected: 'f64' },
    ],
    ['another type', frame({ a: ['x'] }), { column: 'a', found: 'text', expected: 'f64' }],
    ['an absent column', frame({}), { column: 'a', found: 'no such column' }],
    ['a further column', frame({ a: [1], b: [1] }), { column: 'b', expected: 'no such column' }],
  ])('refuses %s', (_, other, facts) => {
    expectRefusal(() => concat([frame({ a: [1] }), other]), 'frame/unlike-schemas', facts);
  });

  it('refuses nothing at all', () => {
    expectRefusal(() => concat([]), 'frame/nothing-to-concat');
  });
});
