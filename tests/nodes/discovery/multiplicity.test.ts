import { describe, expect, it } from '@jest/globals';
import { flagColumn } from '../../../engine/sdk/index.js';
import multiplicity from '../../../nodes/discovery/multiplicity.js';
import { frameOf } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { nodeTable, runNode } from '../../kit/node.js';
import { type TestRow, testsOf } from '../../kit/tested.js';
import { EVENT_RESEARCH, expectClose, golden } from '../math/golden.js';

const q = async (rows: readonly TestRow[], params = {}) => {
  const { outs } = await runNode(multiplicity, { tests: testsOf(rows) }, params);
  return frameOf(outs, 'corrected').column('q');
};

describe('discovery.multiplicity', () => {
  nodeTable(multiplicity, {
    gives: [
      {
        name: 'keeps every hypothesis as a trial',
        in: { tests: testsOf([{ p: 0.001 }, { p: NaN }]) },
        params: { fdr: 0.1, correction: 'by' },
        out: {
          corrected: frame({ id: ['h000', 'h001'], q: [0.001, NaN] }),
          trials: frame({
            id: ['h000', 'h001'],
            market: ['m', 'm'],
            namespace: ['simulated', 'simulated'],
            event: ['E', 'E'],
            template: ['continuation', 'continuation'],
            horizon: [3, 3],
            direction: [1, 1],
            n: [100, 100],
            sharpe: [0.1, 0.1],
            tested: flagColumn([true, false]),
          }),
        },
      },
    ],
  });

  it('corrects over what was tested; a missing p-value does not count', async () => {
    const rows = [0.01, NaN, 0.02, 0.03, 0.04, 0.05].map((p) => ({ p }));
    expectClose(await q(rows), [0.05, NaN, 0.05, 0.05, 0.05, 0.05], { abs: 1e-12 });
  });

  it('what could not be looked for is no trial', async () => {
    const tests = testsOf([{ p: 0.001 }, { p: NaN, n: 0, lacks: 'funding' }]);
    const { outs } = await runNode(multiplicity, { tests }, {});
    expect(frameOf(outs, 'trials').texts('id')).toEqual(['h000']);
  });

  it('one test under two names is one trial', async () => {
    const tests = testsOf([{ p: 0.001 }, { p: NaN, state: 'S', same: 'h000' }]);
    const { outs } = await runNode(multiplicity, { tests }, {});
    expect(frameOf(outs, 'trials').texts('id')).toEqual(['h000']);
  });

  for (const item of golden('event-research', 'bh_fdr').at('cases').list()) {
    it(`bh: ${item.at('label').text()}`, async () => {
      // The file counts a test without a p-value as one with 1; ours was not run and does not count.
      const rows = Array.from(item.at('p').numbers(), (p) => ({ p: Number.isNaN(p) ? 1 : p }));
      expectClose(await q(rows), item.at('q').numbers(), EVENT_RESEARCH);
    });
  }

  for (const item of golden('event-research', 'two_stage_fdr').at('cases').list()) {
    it(`two_stage: ${item.at('label').text()}`, async () => {
      const groups = item.at('groups').list();
      const rows = groups.flatMap((group, g) =>
        Array.from(group.at('p').numbers(), (p, k) => ({ p, event: `E${g}`, symbol: `S${k}` })),
      );
      const got = await q(rows, { correction: 'two_stage', fdr: item.at('alpha').number() });
      const want = groups.flatMap((group) => Array.from(group.at('q_adjusted').numbers()));
      expectClose(got, want, EVENT_RESEARCH);
    });
  }

  it('two_stage: a family is an event, a template and a horizon; symbols and states are its tests', async () => {
    // Alone, 0.03 is no find among twelve; in one family of three it is chosen with its strong sibling.
    const weak = Array.from({ length: 9 }, (_, i) => ({ p: 0.9, event: `W${i}` }));
    const strong = [{ p: 1e-5 }, { p: 0.002, symbol: 'A' }, { p: 0.003, state: 'S' }];
    const found = await q([...strong, ...weak], { correction: 'two_stage' });
    expectClose(found.slice(0, 3), [3e-4, 0.03, 0.03], { abs: 1e-12 });
    expect([...new Set(found.slice(3))]).toEqual([1]);
  });
});
