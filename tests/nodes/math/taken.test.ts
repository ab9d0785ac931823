import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fundingHeld } from '../../../nodes/math/funding-held.js';
import { taken } from '../../../nodes/math/taken.js';
import { refused } from './refused.js';

const FIVE = 300_000;

describe('taken', () => {
  const decision = fc.record({
    symbol: fc.integer({ min: 0, max: 2 }),
    row: fc.integer({ min: 0, max: 40 }),
    outcome: fc.oneof({ weight: 4, arbitrary: fc.constant(0.1) }, fc.constant(NaN)),
  });
  it('takes whatever no taken one of its symbol holds, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(decision), fc.integer({ min: 1, max: 9 }), (list, reach) => {
        const all = list.toSorted((a, b) => a.row - b.row);
        const of = (key: 'symbol' | 'row' | 'outcome') => all.map((d) => d[key]);
        const places = taken(of('symbol'), of('row'), of('outcome'), reach);
        all.forEach((d, i) => {
          const held = places.some((k) => {
            const other = all[k];
            if (!other || k >= i || other.symbol !== d.symbol) return false;
            return d.row < other.row + reach;
          });
          expect(places.includes(i)).toBe(!Number.isNaN(d.outcome) && !held);
        });
      }),
    );
  });
  it('refuses a reach of nothing', () => {
    expect(refused(() => taken([0], [0], [1], 0))).toMatchObject({ code: 'math/out-of-range' });
  });
});

describe('fundingHeld', () => {
  it('is paid by who holds the position when the row opens that it settles in', () => {
    const times = [0, 1, 2, 3, 4, 5].map((k) => k * FIVE);
    const paid = fundingHeld(times, [0, 3 * FIVE], [1, 10], { lag: 1, hold: 2 });
    // From row 0 it is entered at the close of row 1 and left at that of row 3; row 3 settles 10.
    expect(Array.from(paid)).toEqual([10, 10, 0, NaN, NaN, NaN]);
  });
  it('is not known before the first print', () => {
    const times = [0, 1, 2, 3, 4, 5, 6].map((k) => k * FIVE);
    const paid = fundingHeld(times, [3 * FIVE], [10], { lag: 1, hold: 2 });
    expect(Array.from(paid)).toEqual([NaN, 10, 0, 0, NaN, NaN, NaN]);
    expect(Array.from(fundingHeld([0, FIVE, 2 * FIVE], [], [], { lag: 0, hold: 1 }))).toEqual([
      NaN,
      NaN,
      NaN,
    ]);
  });
  it('equals the sum over the rows held', () => {
    const prints = fc.uniqueArray(fc.integer({ min: 0, max: 29 }), { minLength: 1, maxLength: 8 });
    const held = fc.record({
      lag: fc.integer({ min: 0, max: 3 }),
      hold: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(prints, held, (rows, { lag, hold }) => {
        const settled = rows.toSorted((a, b) => a - b);
        const times = Array.from({ length: 30 }, (_, k) => k * FIVE);
        const rates = settled.map((row) => 2 ** -(row % 5));
        const got = fundingHeld(
          times,
          settled.map((row) => row * FIVE + 7),
          rates,
          { lag, hold },
        );
        for (const row of times.keys()) {
          const within = (k: number) => k > row + lag && k <= row + lag + hold;
          const known = row + lag + hold < 30 && row + lag + 1 >= (settled[0] ?? NaN);
          const want = settled.reduce((sum, k, i) => sum + (within(k) ? (rates[i] ?? NaN) : 0), 0);
          expect(got[row]).toBe(known ? want : NaN);
        }
      }),
    );
  });
});
