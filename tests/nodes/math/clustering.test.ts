import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutTree, type LinkageMethod, leafOrder, linkage } from '../../../nodes/math/linkage.js';
import { cell, type Matrix, matrix, matrixOfRows } from '../../../nodes/math/matrix.js';
import { expectClose } from './golden.js';
import { refused } from './refused.js';

const METHODS: LinkageMethod[] = ['ward', 'single', 'complete', 'average'];

/** Euclidean distances of points on a line: ties are common. */
const points = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 12 });
const distances = (x: readonly number[]): Matrix =>
  matrixOfRows(x.map((a) => x.map((b) => Math.abs(a - b))));

/** Single, complete and average by their definition: from the items of both clusters, not by updating. */
function slowHeights(x: readonly number[], method: LinkageMethod): number[] {
  let groups = x.map((v) => [v]);
  const heights: number[] = [];
  const between = (a: readonly number[], b: readonly number[]) => {
    const all = a.flatMap((u) => b.map((v) => Math.abs(u - v)));
    if (method === 'single') return Math.min(...all);
    if (method === 'complete') return Math.max(...all);
    if (method === 'average') return all.reduce((s, d) => s + d, 0) / all.length;
    const mean = (g: readonly number[]) => g.reduce((s, v) => s + v, 0) / g.length;
    return (
      Math.abs(mean(a) - mean(b)) * Math.sqrt((2 * a.length * b.length) / (a.length + b.length))
    );
  };
  while (groups.length > 1) {
    let [first, second, least] = [0, 1, Infinity];
    for (let i = 0; i < groups.length; i++) {
      for (let j = i + 1; j < groups.length; j++) {
        const d = between(groups[i] ?? [], groups[j] ?? []);
        if (d < least - 1e-12) [first, second, least] = [i, j, d];
      }
    }
    heights.push(least);
    const joined = [...(groups[first] ?? []), ...(groups[second] ?? [])];
    groups = [...groups.filter((_, k) => k !== first && k !== second), joined];
  }
  return heights;
}

describe('linkage', () => {
  it.each(METHODS)('%s agrees with its definition', (method) => {
    // Distances that nearly tie may be taken in another order under rounding, so ties are kept apart.
    const apart = fc.uniqueArray(fc.integer({ min: 0, max: 1e6 }), { minLength: 2, maxLength: 10 });
    fc.assert(
      fc.property(apart, (ints) => {
        const x = ints.map((v) => v + v * v * 1e-7);
        const heights = linkage(distances(x), method).merges.map((m) => m.height);
        expectClose(heights, slowHeights(x, method), { rel: 1e-9 });
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it.each(METHODS)('%s never falls, numbers nodes in order, holds every item once', (method) => {
    fc.assert(
      fc.property(points, (x) => {
        const tree = linkage(distances(x), method);
        let last = 0;
        for (const [k, merge] of tree.merges.entries()) {
          expect(merge.height).toBeGreaterThanOrEqual(last - 1e-9);
          expect(merge.left).toBeLessThan(merge.right);
          expect(merge.right).toBeLessThan(x.length + k);
          last = merge.height;
        }
        expect(tree.merges.at(-1)?.size).toBe(x.length);
        expect(Array.from(leafOrder(tree)).sort((a, b) => a - b)).toEqual(x.map((_, i) => i));
      }),
      { seed: 2, numRuns: 60 },
    );
  });

  it('settles ties by the lowest number', () => {
    const same = matrix(
      4,
      4,
      Float64Array.from({ length: 16 }, (_, k) => (Math.floor(k / 4) === k % 4 ? 0 : 1)),
    );
    const { merges } = linkage(same, 'single');
    expect(merges.map((m) => [m.left, m.right])).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
  });

  it.each([
    ['no items', 0, [], []],
    ['one item', 1, [0], []],
  ])('%s', (_, n, order, merges) => {
    const tree = linkage(matrix(n, n), 'ward');
    expect([Array.from(leafOrder(tree)), tree.merges, cutTree(tree, { height: 1 }).length]).toEqual(
      [order, merges, n],
    );
  });

  it('refuses a gap', () => {
    expect(
      refused(() =>
        linkage(
          matrixOfRows([
            [0, NaN],
            [NaN, 0],
          ]),
          'single',
        ),
      ),
    ).toEqual({ code: 'math/not-finite', facts: { what: 'a distance matrix', index: 1 } });
  });
});

describe('cuts', () => {
  const tree = linkage(distances([0, 1, 10, 11, 30]), 'single');
  it.each([
    ['below everything', { height: 0.5 }, [0, 1, 2, 3, 4]],
    ['at a height, which holds', { height: 1 }, [0, 0, 1, 1, 2]],
    ['above', { height: 9 }, [0, 0, 0, 0, 1]],
    ['at most three', { height: 0.5, atMost: 3 }, [0, 0, 1, 1, 2]],
    ['at most four: two merges tie, so three', { height: 0.5, atMost: 4 }, [0, 0, 1, 1, 2]],
    ['at most one', { height: 0, atMost: 1 }, [0, 0, 0, 0, 0]],
  ])('%s', (_, cut, want) => expect(Array.from(cutTree(tree, cut))).toEqual(want));

  it('a single-linkage cut is the graph of near neighbours', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 0, max: 10 }), (x, height) => {
        const labels = cutTree(linkage(distances(x), 'single'), { height });
        const sorted = x.map((v, i) => ({ v, i })).sort((a, b) => a.v - b.v || a.i - b.i);
        for (const [k, { v, i }] of sorted.slice(1).entries()) {
          const before = sorted[k];
          expect(labels[i] === labels[before?.i ?? -1]).toBe(v - (before?.v ?? NaN) <= height);
        }
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('clusters are numbered by their first member', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 0, max: 20 }), (x, height) => {
        let next = 0;
        for (const label of cutTree(linkage(distances(x), 'ward'), { height })) {
          expect(label).toBeLessThanOrEqual(next);
          next = Math.max(next, label + 1);
        }
      }),
      { seed: 2, numRuns: 40 },
    );
  });

  it('reads distances only above the diagonal and below alike', () => {
    expect(cell(distances([1, 4]), 0, 1)).toBe(cell(distances([1, 4]), 1, 0));
  });
});
