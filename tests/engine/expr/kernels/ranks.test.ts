import { describe, expect, it } from '@jest/globals';
import { Ranker } from '../../../../engine/expr/kernels/ranks.js';
import { uniform } from '../../../bench/expr/bars.js';

const next = uniform(2);
const many = (count: number, value: (i: number) => number): readonly number[] =>
  Array.from({ length: count }, (_, i) => value(i));

describe('ranks', () => {
  const ranker = new Ranker(3000);

  it.each<readonly [what: string, cells: readonly number[]]>([
    ['nothing', []],
    ['only missing rows', [Number.NaN, Number.NaN]],
    ['both zeros as one value', [0, -0, 1, -1]],
    ['numbers of every size and sign', [1e300, -1e300, 5e-324, -5e-324, 1, -1, 0, 2 ** 53, -0.1]],
    ['many ties', many(3000, () => Math.floor(next() * 7) - 3)],
    ['numbers that differ in their last bits only', many(3000, () => 1e5 * (1 + 1e-13 * next()))],
    [
      'falling numbers that differ in their last bits only',
      many(40, (i) => -1e5 * (1 + i * 1e-14)),
    ],
    ['many numbers of every size', many(3000, () => Math.exp(1400 * (next() - 0.5)))],
    ['numbers beside a far print', many(3000, (i) => (i === 9 ? -1e12 : next()))],
    [
      'numbers so far apart that their distance overflows',
      many(3000, () => Number.MAX_VALUE * (2 * next() - 1)),
    ],
    ['a mixture with gaps', many(3000, (i) => (i % 7 === 0 ? Number.NaN : next() - 0.5))],
  ])('of %s', (_, cells) => {
    const x = Float64Array.from([9, ...cells, 9]);
    const { values, slots } = ranker.rank(x, 1, cells.length + 1);
    const distinct = [...new Set(cells.filter((v) => !Number.isNaN(v)).map((v) => v + 0))];
    expect([...values]).toEqual(distinct.sort((a, b) => a - b));
    expect([...slots].map((slot) => (slot < 0 ? Number.NaN : values[slot]))).toEqual(
      cells.map((v) => v + 0),
    );
  });
});
