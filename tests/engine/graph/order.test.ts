import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Problems } from '../../../engine/diag/problems.js';
import { inOrder, sourcesOf } from '../../../engine/graph/order.js';
import type { Draft } from '../../../engine/graph/scope.js';
import { node, place, stage } from '../../kit/graph.js';

/** Stages `s0 … sn` with an `after` for every pair. */
function stagesWith(
  count: number,
  edges: readonly (readonly [number, number])[],
): readonly Draft[] {
  const stages: Draft[] = Array.from({ length: count }, (_, i) => ({
    ...stage(`s${i}`, node('toy.x')),
    place: { ...place, line: i + 1 },
  }));
  for (const [from, to] of edges) {
    const [source, taker] = [stages[from % count], stages[to % count]];
    if (source && taker) taker.after = [...taker.after, source];
  }
  return stages;
}

const edges = fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 40 });

describe('the order of stages', () => {
  it('puts each after its sources, the same whatever the order in the file', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), edges, (count, pairs) => {
        const forward = pairs.map(
          ([a, b]) => [Math.min(a % count, b % count), Math.max(a % count, b % count)] as const,
        );
        const stages = stagesWith(
          count,
          forward.filter(([a, b]) => a !== b),
        );
        const order = inOrder(stages, new Problems());
        expect(order?.length).toBe(count);
        order?.forEach((s, i) => {
          for (const source of sourcesOf(s)) expect(order.indexOf(source)).toBeLessThan(i);
        });
        expect(inOrder([...stages].reverse(), new Problems())).toEqual(order);
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('names a cycle exactly where there is one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), edges, (count, pairs) => {
        const stages = stagesWith(count, pairs);
        const problems = new Problems();
        const order = inOrder(stages, problems);
        expect(order === undefined).toBe(hasCycle(stages));
        expect(problems.failed).toBe(order === undefined);
      }),
      { numRuns: 60, seed: 4 },
    );
  });

  it('takes the first by path among those that could come next', () => {
    const stages = stagesWith(4, [[3, 0]]);
    expect(inOrder(stages, new Problems())?.map((s) => s.path)).toEqual(['s1', 's2', 's3', 's0']);
  });

  it('tells every cycle once, from its first stage', () => {
    const problems = new Problems();
    inOrder(
      stagesWith(6, [
        [2, 1],
        [1, 2],
        [4, 3],
        [3, 4],
        [1, 5],
      ]),
      problems,
    );
    expect(problems.all.map((p) => p.facts.cycle)).toEqual(['s1 ← s2 ← s1', 's3 ← s4 ← s3']);
  });
});

/** Slow and obvious: remove stages without sources until none is left. */
function hasCycle(stages: readonly Draft[]): boolean {
  let left = new Set<unknown>(stages);
  for (;;) {
    const kept = new Set(
      stages.filter((s) => left.has(s) && sourcesOf(s).some((x) => left.has(x))),
    );
    if (kept.size === left.size) return kept.size > 0;
    left = new Set<unknown>(kept);
  }
}
