import { describe, expect, it } from '@jest/globals';
import { unsettledRows } from '../../../nodes/math/settle.js';

const HOUR = 3_600_000;
const hours = (list: readonly number[]) => list.map((hour) => hour * HOUR);
/** Rows of an hour each. */
const rows = (count: number) => hours(Array.from({ length: count }, (_, row) => row));
const marked = (count: number, prints: readonly number[]) => {
  const total = unsettledRows(rows(count), hours(prints));
  return [...total.keys()].filter((row) => (total[row] ?? 0) > (total[row - 1] ?? 0));
};
const span = (from: number, to: number) => Array.from({ length: to - from }, (_, k) => from + k);

describe('rows that may hold a settlement nobody printed', () => {
  it.each<[string, readonly number[], readonly number[]]>([
    ['none while prints come every eight hours or more often', [0, 8, 12, 16, 17, 24, 32], []],
    ['a late print', [0, 8.02, 16, 24, 32], []],
    ['before the first', [3, 11, 19, 28], span(0, 3)],
    ['a gap, from when the next was due', [0, 8, 24, 32], span(16, 24)],
    ['after the last, from when the next was due', [0, 8, 16], span(24, 36)],
    ['without a print all', [], span(0, 36)],
  ])('%s', (_, prints, expected) => {
    expect(marked(36, prints)).toEqual(expected);
  });
});
