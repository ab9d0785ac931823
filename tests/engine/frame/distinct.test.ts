import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { flagColumn } from '../../../engine/frame/build.js';
import { distinct } from '../../../engine/frame/distinct.js';
import { textColumn } from '../../../engine/frame/text.js';
import { frame } from '../../kit/frame.js';

const rows = fc.array(
  fc.record({
    name: fc.constantFrom('A', 'B', null),
    flag: fc.constantFrom(true, false, null),
    x: fc.constantFrom(0, -0, 1, 2, 3, 4, 5, Number.NaN),
  }),
  { maxLength: 12 },
);

it('tells as a set of all keys does', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const made = frame({
        name: textColumn(given.map((row) => row.name)),
        flag: flagColumn(given.map((row) => row.flag)),
        x: Float64Array.from(given, (row) => row.x),
      });
      const keys = given.map(({ name, flag, x }) => `${name} ${flag} ${x}`);
      expect(distinct(made, ['x', 'name', 'flag'])).toBe(new Set(keys).size === keys.length);
    }),
    { numRuns: 500 },
  );
});

it('says nothing of keys without exactly one column of numbers', () => {
  const made = frame({ name: ['A', 'B'], x: [1, 1], y: [1, 2] });
  expect(distinct(made, ['name'])).toBeUndefined();
  expect(distinct(made, ['x', 'y'])).toBeUndefined();
});
