import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pearson } from '../../../nodes/math/correlation.js';
import { diversified } from '../../../nodes/math/diversify.js';
import { golden } from './golden.js';

function alikeOf(series: readonly ArrayLike<number>[]): Float64Array {
  return Float64Array.from(
    series.flatMap((a) =>
      series.map((b) => Math.abs(pearson(Float64Array.from(a), Float64Array.from(b)).value)),
    ),
  );
}

describe('both orders of the golden cases', () => {
  for (const item of golden('event-research', 'greedy_diversify').at('cases').list()) {
    it(item.at('label').text(), () => {
      const ids = item.at('pnl').keys();
      const contenders = ids.map((id) => ({ id, score: item.at('score', id).number() }));
      const alike = alikeOf(ids.map((id) => item.at('pnl', id).numbers()));
      const limits = { most: item.at('max_corr').number(), count: item.at('max_n').number() };
      const names = (first: 'score' | 'apart') =>
        diversified(contenders, alike, { ...limits, first }).map((i) => ids[i]);
      const want = (key: string) =>
        item
          .at(key)
          .list()
          .map((id) => id.text());
      expect(names('score')).toEqual(want('selected_order_score_desc'));
      expect(names('apart')).toEqual(want('selected_order_mean_abs_corr'));
    });
  }
});

const correlation = fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const field = fc.integer({ min: 1, max: 8 }).chain((size) =>
  fc.record({
    scores: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: size, maxLength: size }),
    cells: fc.array(correlation, { minLength: size * size, maxLength: size * size }),
  }),
);

it('no two that are chosen are alike, or not known not to be; whoever is left out is like a chosen one', () => {
  fc.assert(
    fc.property(field, ({ scores, cells }) => {
      const size = scores.length;
      const alike = Float64Array.from({ length: size * size }, (_, k) => {
        const [i, j] = [Math.floor(k / size), k % size];
        return cells[Math.min(i, j) * size + Math.max(i, j)] ?? Number.NaN;
      });
      const contenders = scores.map((score, i) => ({ id: `s${i}`, score }));
      const chosen = diversified(contenders, alike, { most: 0.7, count: size });
      const near = (i: number, j: number) => !((alike[i * size + j] ?? Number.NaN) < 0.7);
      for (const i of contenders.keys()) {
        const others = chosen.filter((j) => j !== i);
        const like = others.filter((j) => near(i, j));
        if (chosen.includes(i)) expect(like).toEqual([]);
        else expect(like.length).toBeGreaterThan(0);
      }
      const visited = chosen.map((i) => scores[i] ?? 0);
      expect(visited).toEqual(visited.toSorted((a, b) => b - a));
    }),
  );
});
