import { expect, it } from '@jest/globals';
import weights from '../../../nodes/allocation/weights.js';
import { frameOf, profile } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { runNode } from '../../kit/node.js';
import { DAY, market } from '../../kit/research.js';
import { expectClose, golden } from '../math/golden.js';

/** The node finds the golden minimum-variance portfolios when every asset is a winner in a cluster of its own. */

const file = golden('selection-allocation', 'min-variance');
const cases = file
  .at('cases')
  .list()
  .map((c) => [c.at('id').text(), c] as const);

it.each(cases)('minimum variance through the node: %s', async (_, c) => {
  const input = c.at('input');
  const returns = input.at('returns').matrix();
  const names = Array.from({ length: returns.cols }, (_x, j) => `A${String(j).padStart(2, '0')}`);
  const clusters = names.map((_x, j) => j + 1);
  const rows = Array.from(returns.values, (_x, k) => Math.floor(k / returns.cols));
  const number = (key: string) => input.at(key).number();
  const { outs } = await runNode(
    weights,
    {
      winners: frame({ atom: names, cluster: clusters }),
      atoms: frame({ id: names, symbol: names }),
      returns: frame({
        ts: rows.map((t) => t * DAY),
        atom: rows.map((_x, k) => names[k % returns.cols] ?? ''),
        ret: [...returns.values],
      }),
    },
    {
      profile: {
        ...profile,
        cluster_cap: number('cap'),
        symbol_cap: 1,
        ridge: number('ridge'),
        l2: number('l2'),
      },
      market: {
        ...market,
        calendar: { ...market.calendar, days_per_year: number('annualisation') },
      },
    },
  );
  const want = c.at('expected');
  const tolerance = { abs: file.at('tolerance', 'weightsAbs').number() };
  expectClose(frameOf(outs, 'weights').column('weight'), want.at('weights').numbers(), tolerance);
  expect(outs.solution).toMatchObject({ status: want.at('status').text(), fallbacks: [] });
  const { volatility, cluster_cap } = Object(outs.solution);
  const rel = file.at('tolerance', 'objectiveRel').number();
  expectClose(volatility, want.at('portfolioVolatility').number(), { rel });
  expectClose(cluster_cap, want.at('effectiveCap').number(), { rel: 1e-15 });
});
