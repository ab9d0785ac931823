import { describe, expect, it } from '@jest/globals';
import { run } from '../kit.js';
import { RUNS } from './calls.js';
import { columnsOf, wrong } from './cells.js';

/* Rolling operators that `oracle.test.ts` does not hold against their definitions. */

const WINDOWS: readonly (readonly [window: number, min: number])[] = [
  [1, 1],
  [5, 3],
  [12, 12],
  [Number.POSITIVE_INFINITY, 2],
];

describe('windows and their definitions', () => {
  for (const [window, min] of WINDOWS) {
    const wide = Number.isFinite(window) ? String(window) : 'all';
    for (const [name, ends] of [
      ['bars_since_lowest', Math.min],
      ['bars_since_highest', Math.max],
    ] as const)
      it(`${name}(x, ${wide}, min=${min}) is to the latest of equals`, () => {
        for (let seed = 1; seed <= 4 * RUNS; seed += 1) {
          const { x } = columnsOf(seed, 120);
          const expected = x.map((_, row) => {
            const rows = x
              .map((value, i) => ({ value, i }))
              .slice(Math.max(0, row - window + 1), row + 1)
              .filter(({ value }) => !Number.isNaN(value));
            const end = ends(...rows.map(({ value }) => value));
            const last = rows.filter(({ value }) => value === end).at(-1);
            return rows.length < min || last === undefined ? null : row - last.i;
          });
          expect(wrong(run(`${name}(x, ${wide}, min=${min})`, { x }), expected, 0)).toBeUndefined();
        }
      });
  }
});
