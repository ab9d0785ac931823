import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rollingExtreme } from '../../../../engine/expr/kernels/extremes.js';
import { rollingSinceExtreme } from '../../../../engine/expr/kernels/since-extreme.js';

interface Asked {
  readonly x: readonly number[];
  readonly window: number;
  readonly min: number;
  readonly sign: 1 | -1;
}

/** The row of the best known value of the window that ends at each row, the latest of equals; −1 with too few known. */
function bestRows({ x, window, min, sign }: Asked): readonly number[] {
  return x.map((_, row) => {
    const known = [...x.keys()].filter(
      (i) => i <= row && i > row - window && !Number.isNaN(x[i] ?? NaN),
    );
    const value = (i: number): number => sign * (x[i] ?? NaN);
    const best = known.reduce((b, i) => (b < 0 || value(i) >= value(b) ? i : b), -1);
    return known.length < min ? -1 : best;
  });
}

/** Few values, so that many are equal; 0 of either sign; missing ones. */
const rows = fc.array(fc.constantFrom(-2, -1, -0, 0, 1, 1.5, NaN), { maxLength: 60 });
const asked: fc.Arbitrary<Asked> = fc
  .tuple(rows, fc.oneof(fc.integer({ min: 1, max: 70 }), fc.constant(Infinity)))
  .chain(([x, window]) =>
    fc.record({
      x: fc.constant(x),
      window: fc.constant(window),
      min: fc.integer({ min: 1, max: Math.min(window, 5) }),
      sign: fc.constantFrom<1 | -1>(1, -1),
    }),
  );

describe('the best of a window is what looking at all of its rows gives, to the sign of 0', () => {
  it('its value', () => {
    fc.assert(
      fc.property(asked, (call) => {
        const out = new Float64Array(call.x.length);
        rollingExtreme(Float64Array.from(call.x), call.window, call.min, call.sign, out);
        expect([...out]).toEqual(bestRows(call).map((row) => call.x[row] ?? NaN));
      }),
    );
  });

  it('rows back to it', () => {
    fc.assert(
      fc.property(asked, (call) => {
        const out = new Float64Array(call.x.length);
        rollingSinceExtreme(Float64Array.from(call.x), call.window, call.min, call.sign, out);
        expect([...out]).toEqual(bestRows(call).map((row, i) => (row < 0 ? NaN : i - row)));
      }),
    );
  });
});
