import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coverageOf } from '../../../nodes/events/rows/coverage.js';

const HOUR = 3_600_000;

it('has a row where what is known changes and at the first bar of each day, and nowhere else', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(0, 1, 255), { maxLength: 60 }),
      fc.integer({ min: 0, max: 23 }),
      (kept, start) => {
        const ts = kept.map((_, row) => (start + row) * HOUR);
        const told = coverageOf('E', [{ symbol: 'AAA', ts, kept: Uint8Array.from(kept) }]);
        const expected = kept.flatMap((flag, row) => {
          const day = row === 0 || (start + row) % 24 === 0;
          const turns = row > 0 && (flag === 255) !== (kept[row - 1] === 255);
          return day || turns ? [[ts[row], flag === 255 ? 0 : 1]] : [];
        });
        const flags = told.flags('E');
        expect(Array.from(told.time('ts'), (time, row) => [time, flags[row]])).toEqual(expected);
      },
    ),
  );
});
