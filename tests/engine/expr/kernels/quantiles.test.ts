import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LONGEST } from '../../../../engine/expr/kernels/chains.js';
import { rollingQuantiles } from '../../../../engine/expr/kernels/quantiles.js';
import { rollingSorted } from '../../../../engine/expr/kernels/sorted.js';
import { uniform } from '../../../bench/expr/bars.js';

const MISSING = Number.NaN;
const QS = [0, 0.05, 1 / 3, 0.5, 0.9, 1];

/** The definition: sort what the window knows, anew at each row. */
function quantileAt(x: readonly number[], row: number, window: number, q: number): number {
  const known = x.slice(Math.max(0, row - window + 1), row + 1).filter((v) => !Number.isNaN(v));
  const sorted = known.map((v) => v + 0).sort((a, b) => a - b);
  const h = (sorted.length - 1) * q;
  const low = Math.floor(h);
  const [a, b] = [sorted[low] ?? MISSING, sorted[low + 1]];
  if (b === undefined || a === b) return a;
  const value = a + (h - low) * (b - a);
  return Number.isFinite(value) ? value : MISSING;
}

function found(x: readonly number[], window: number, min: number): readonly (readonly number[])[] {
  const asked = QS.map((q) => ({ q, min, out: new Float64Array(x.length).fill(-7) }));
  rollingQuantiles(Float64Array.from(x), window, asked);
  return asked.map(({ out }) => [...out]);
}

function defined(
  x: readonly number[],
  window: number,
  min: number,
): readonly (readonly number[])[] {
  const knownAt = (row: number): number =>
    x.slice(Math.max(0, row - window + 1), row + 1).filter((v) => !Number.isNaN(v)).length;
  return QS.map((q) =>
    x.map((_, row) => (knownAt(row) < min ? MISSING : quantileAt(x, row, window, q))),
  );
}

const few = fc.constantFrom(-1, -0, 0, 1, 2, MISSING);
const wide = fc.oneof(
  fc.double({ noDefaultInfinity: true }),
  fc.constantFrom(1e308, -1.7e308, 5e-324, MISSING),
);
const smooth = fc.integer({ min: -20, max: 20 }).map((v) => v / 8);
const rows = (value: fc.Arbitrary<number>): fc.Arbitrary<number[]> =>
  fc.array(value, { maxLength: 60 });

describe('rolling quantiles are those of the definition, to the bit', () => {
  it.each<readonly [what: string, x: fc.Arbitrary<number[]>]>([
    ['many ties and both zeros', rows(few)],
    ['numbers of every size', rows(wide)],
    [
      'steps up and down',
      rows(smooth).map((v) => v.map((_, i) => v.slice(0, i + 1).reduce((a, b) => a + b, 0))),
    ],
    [
      'rising numbers with gaps',
      rows(few).map((v) => v.map((each, i) => (Number.isNaN(each) ? each : i))),
    ],
    [
      'falling numbers with gaps',
      rows(few).map((v) => v.map((each, i) => (Number.isNaN(each) ? each : -i))),
    ],
    [
      'long gaps',
      rows(few).map((v) =>
        v.flatMap((each, i) => (i % 7 === 3 ? Array<number>(9).fill(MISSING) : [each])),
      ),
    ],
  ])('of %s', (_, x) => {
    const windows = fc.oneof(
      fc.integer({ min: 1, max: 70 }),
      fc.constant(Number.POSITIVE_INFINITY),
    );
    fc.assert(
      fc.property(x, windows, fc.integer({ min: 1, max: 4 }), (cells, window, min) => {
        expect(found(cells, window, min)).toEqual(defined(cells, window, min));
      }),
      { numRuns: 200 },
    );
  });

  it.each<readonly [what: string, x: readonly number[], window: number]>([
    ['no rows', [], 5],
    ['only missing rows', Array<number>(20).fill(MISSING), 4],
    ['a window longer than the rows', [3, 1, MISSING, 2], 100],
    ['a window of one row', [3, MISSING, 1, 1], 1],
    ['rows that are one block and no more', [4, 3, 2, 1], 4],
    [
      'a whole block of missing rows between two others',
      [1, 2, 3, ...Array<number>(6).fill(MISSING), 9, 8, 7],
      3,
    ],
    ['the same value throughout', Array<number>(30).fill(-0), 7],
  ])('of %s', (_, x, window) => {
    expect(found(x, window, 1)).toEqual(defined(x, window, 1));
  });

  it.each([LONGEST, LONGEST + 1])(
    'of a window of %d rows, the longest block or longer',
    (window) => {
      const draw = uniform(5);
      const x = Array.from({ length: window + 200 }, () => (draw() < 0.1 ? MISSING : draw() - 0.5));
      const outs = QS.map(() => new Float64Array(x.length));
      const requests = QS.map((q) => ({ what: 'quantile', q, min: 1 }) as const);
      rollingSorted(Float64Array.from(x), window, new Uint8Array(x.length), requests, outs);
      for (const row of [9, 1000, window - 1, window, window + 199])
        expect(outs.map((out) => out[row])).toEqual(QS.map((q) => quantileAt(x, row, window, q)));
    },
  );

  it('of more rows than a block may have is a bug of the caller', () => {
    expect(() => found(Array<number>(LONGEST + 1).fill(1), LONGEST + 1, 1)).toThrow('too long');
  });
});
