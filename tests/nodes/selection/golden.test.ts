import { describe, expect, it } from '@jest/globals';
import cluster from '../../../nodes/selection/cluster.js';
import score from '../../../nodes/selection/score.js';
import { frameOf } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { runNode } from '../../kit/node.js';
import { DAY } from '../../kit/research.js';
import { expectClose, golden, toleranceOf } from '../math/golden.js';

/** Golden cases of the selection reference, through the nodes. */

const AREA = 'selection-allocation';
const casesOf = (name: string) => {
  const file = golden(AREA, name);
  const tolerance = toleranceOf(file);
  return file
    .at('cases')
    .list()
    .map((c) => [c.at('id').text(), c, tolerance] as const);
};

it.each(casesOf('log-mps-v4'))('conviction %s', async (_, c, tolerance) => {
  const input = c.at('input');
  const ids = input
    .at('ids')
    .list()
    .map((id) => id.text());
  const names = input.at('factors').keys();
  const factors = frame({
    atom: ids,
    ...Object.fromEntries(names.map((name) => [name, [...input.at('factors', name).numbers()]])),
  });
  const rules = names.map((name) => [
    name,
    { weight: input.at('weights', name).number(), map: input.at('methods', name).text() },
  ]);
  const scorer = {
    id: 'golden',
    factors: Object.fromEntries(rules),
    missing: input.at('missingProbability').number(),
    floor: 1e-9,
    let: {},
  };
  const { outs } = await runNode(score, { factors }, { scorer });
  const want = c.at('expected');
  const scores = frameOf(outs, 'scores');
  expectClose(scores.column('log_score'), want.at('logScore').numbers(), tolerance);
  expectClose(scores.column('conviction'), want.at('score').numbers(), tolerance);
});

describe.each(casesOf('clustering'))('clusters %s', (_, c) => {
  const input = c.at('input');
  const ids = input
    .at('ids')
    .list()
    .map((id) => id.text());
  const values = input.at('returns').matrix();
  const cells = Array.from(values.values, (ret, k) => ({ t: Math.floor(k / ids.length), ret, k }));
  const returns = frame({
    ts: cells.map(({ t }) => t * DAY),
    atom: cells.map(({ k }) => ids[k % ids.length] ?? ''),
    ret: cells.map(({ ret }) => ret),
  });
  const cuts = c.at('expected', 'partitions').list();
  it.each(cuts.map((cut, i) => [i, cut] as const))('cut %i', async (_i, cut) => {
    const { outs } = await runNode(
      cluster,
      { returns },
      {
        threshold: cut.at('threshold').number(),
        at_most: cut.at('maxClusters').number(),
        lookbacks: [...input.at('lookbacks').numbers()],
        shrinkage: input.at('shrinkage').number(),
      },
    );
    const table = frameOf(outs, 'clusters');
    const found = new Map<number, string[]>();
    for (const [row, atom] of table.texts('atom').entries()) {
      const label = table.column('cluster')[row] ?? NaN;
      found.set(label, [...(found.get(label) ?? []), atom ?? '']);
    }
    const want = cut
      .at('clusters')
      .list()
      .map((group) => group.list().map((id) => id.text()));
    const sets = (groups: readonly (readonly string[])[]) =>
      groups.map((group) => [...group].sort().join()).sort();
    expect(sets([...found.values()])).toEqual(sets(want));
  });
});
