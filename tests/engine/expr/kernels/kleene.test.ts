import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { both, either, opposite } from '../../../../engine/expr/kernels/kleene.js';
import { flagSeries } from '../../../../engine/expr/kernels/read.js';
import { CONSTANT, type FlagSeries } from '../../../../engine/expr/types.js';

/** False, true, missing, as bytes. */
const CELLS = [0, 1, 255];

const and = (u: number, v: number): number =>
  u === 0 || v === 0 ? 0 : u === 255 || v === 255 ? 255 : 1;
const or = (u: number, v: number): number =>
  u === 1 || v === 1 ? 1 : u === 255 || v === 255 ? 255 : 0;
const not = (u: number): number => (u === 255 ? 255 : 1 - u);

const cells = (rows: number) =>
  fc.array(fc.constantFrom(...CELLS), { minLength: rows, maxLength: rows });

/** Flags of so many rows that start somewhere in a buffer, as those of a stored column do, or one flag for all rows. */
function flags(rows: number): fc.Arbitrary<FlagSeries> {
  const placed = fc.tuple(cells(rows), fc.nat(5)).map(([bytes, offset]) => {
    const data = new Uint8Array(rows + offset).subarray(offset);
    data.set(bytes);
    return flagSeries(data);
  });
  const constant = fc
    .constantFrom(...CELLS)
    .map((byte): FlagSeries => ({ ...flagSeries(Uint8Array.of(byte)), mask: CONSTANT }));
  return fc.oneof({ weight: 3, arbitrary: placed }, constant);
}

const pairs = fc.nat(70).chain((rows) => fc.tuple(flags(rows), flags(rows), fc.constant(rows)));
const at = ({ data, mask }: FlagSeries, row: number): number => data[row & mask] ?? -1;

describe('four flags at a time are what one flag at a time is', () => {
  it.each([
    { what: 'and', fast: both, slow: and },
    { what: 'or', fast: either, slow: or },
  ])('$what', ({ fast, slow }) => {
    fc.assert(
      fc.property(pairs, ([a, b, rows]) => {
        const out = new Uint8Array(rows).fill(7);
        fast(a, b, out);
        expect([...out]).toEqual([...out.keys()].map((row) => slow(at(a, row), at(b, row))));
      }),
    );
  });

  it('not', () => {
    fc.assert(
      fc.property(pairs, ([a, , rows]) => {
        const out = new Uint8Array(rows).fill(7);
        opposite(a, out);
        expect([...out]).toEqual([...out.keys()].map((row) => not(at(a, row))));
      }),
    );
  });
});
