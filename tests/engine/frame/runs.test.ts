import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergeRuns } from '../../../engine/frame/runs.js';

/** What is in order by value, then by place. */
function obvious(values: readonly number[]): readonly number[] {
  return values.map((_, row) => row).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
}

function ordered(values: readonly number[]): readonly number[] {
  return [...mergeRuns(values.length, (a, b) => (values[a] ?? 0) - (values[b] ?? 0))];
}

it.each<readonly [what: string, values: readonly number[]]>([
  ['no rows', []],
  ['one', [5]],
  ['one run', [1, 1, 2, 3]],
  ['two runs that tie', [1, 2, 2, 1, 2, 2]],
  ['three runs: the last has no partner', [4, 5, 3, 6, 0, 9]],
  ['runs of one: rows descend', [5, 4, 3, 2, 1]],
])('%s', (_, values) => {
  expect(ordered(values)).toEqual(obvious(values));
});

it('gives the order of a stable sort, whatever the runs', () => {
  const run = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 8 });
  fc.assert(
    fc.property(fc.array(run, { maxLength: 9 }), fc.boolean(), (runs, sorted) => {
      const values = runs.flatMap((own) => (sorted ? own.sort((a, b) => a - b) : own));
      expect(ordered(values)).toEqual(obvious(values));
    }),
  );
});
