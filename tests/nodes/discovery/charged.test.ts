import { describe, expect, it } from '@jest/globals';
import { flagColumn, textColumn } from '../../../engine/sdk/index.js';
import bridge from '../../../nodes/discovery/bridge.js';
import expectancy from '../../../nodes/discovery/expectancy.js';
import outcomes from '../../../nodes/discovery/outcomes.js';
import { frameOf } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { hypotheses } from '../../kit/hypotheses.js';
import { runNode } from '../../kit/node.js';
import {
  costly,
  decisionsOf,
  eventsOf,
  free,
  measuredOf,
  quoted,
  targetsOf,
  world,
} from '../../kit/research.js';

/* A market of two symbols with books of different width: each trade pays for its own, in discovery as on the bridge. */

const small = world(7, { days: 30, symbols: 2, events: ['E'], rate: 4 });
const all = hypotheses.take([0, 0, 0]);
const grid = all
  .with('id', textColumn(['a', 'b', 'c']))
  .with('symbol', textColumn([null, 'S0', 'S1']));
const costs = measuredOf({ S0: 2, S1: 6 });
const ins = {
  hypotheses: grid,
  decisions: decisionsOf(eventsOf(small)),
  targets: targetsOf(small),
  costs,
};
/** Both fills: fee 5, slippage 1, and half the spread. */
const [NARROW, WIDE, DECLARED] = [0.0016, 0.0024, 0.0013];

async function tested(more: object = {}, params: object = {}) {
  const { outs } = await runNode(expectancy, { ...ins, ...more }, { cost: quoted, ...params });
  return [...frameOf(outs, 'tests').rows()];
}
const costOf = async (more: object = {}, params: object = {}) =>
  (await tested(more, params)).map(({ cost }) => Number(cost));

describe('what each symbol is charged', () => {
  it('by its own quotes; pooled, what its trades pay on average', async () => {
    const [pooled, narrow, wide] = await tested();
    const [n, m] = [Number(narrow?.n), Number(wide?.n)];
    expect(Number(narrow?.cost)).toBeCloseTo(NARROW, 15);
    expect(Number(wide?.cost)).toBeCloseTo(WIDE, 15);
    expect(n).not.toBe(m);
    expect(Number(pooled?.cost)).toBeCloseTo((n * NARROW + m * WIDE) / (n + m), 14);
    for (const row of [pooled, narrow, wide])
      expect(Number(row?.mean)).toBeCloseTo(Number(row?.gross) - Number(row?.cost), 14);
  });

  it('two legs pay four fills in their symbol', async () => {
    const [, narrow, wide] = await costOf({ hypotheses: grid.with('fills', [4, 4, 4]) });
    expect(narrow).toBeCloseTo(2 * NARROW, 15);
    expect(wide).toBeCloseTo(2 * WIDE, 15);
  });

  it('where decisions decay, by the weights of its trades', async () => {
    const [pooled] = await tested({}, { decay: { F: 5 } });
    expect(Number(pooled?.mean)).toBeCloseTo(Number(pooled?.gross) - Number(pooled?.cost), 14);
    expect(Number(pooled?.cost)).not.toBeCloseTo((await costOf())[0] ?? NaN, 8);
  });

  it('an event that never occurred would cost what its symbols do', async () => {
    const never = grid.with('event', textColumn(['NONE', 'NONE', 'NONE']));
    const [pooled, narrow, wide] = await costOf({ hypotheses: never });
    expect(narrow).toBeCloseTo(NARROW, 15);
    expect(wide).toBeCloseTo(WIDE, 15);
    expect(pooled).toBeCloseTo((NARROW + WIDE) / 2, 15);
  });

  it('without quotes what is declared stands in, for that symbol alone', async () => {
    const [, narrow, wide] = await costOf({ costs: measuredOf({ S0: 2, S1: null }) });
    expect(narrow).toBeCloseTo(NARROW, 15);
    expect(wide).toBe(DECLARED);
    expect(await costOf({ costs: undefined })).toEqual([DECLARED, DECLARED, DECLARED]);
  });

  it('costs that are declared, or nothing, ask no quotes', async () => {
    expect(await costOf({}, { cost: costly })).toEqual([DECLARED, DECLARED, DECLARED]);
    expect(await tested({}, { cost: free })).toEqual(
      await tested({ costs: undefined }, { cost: free }),
    );
  });

  it('is what the bridge charges on the same trades', async () => {
    const rows = await tested();
    const candidates = frame({
      ...{ id: ['a', 'b', 'c'], event: ['E', 'E', 'E'] },
      ...{ template: grid.texts('template').map(String), passed: [true, true, true] },
      ...{ horizon: [3, 3, 3], direction: [1, 1, 1] },
    }).with('passed', flagColumn([true, true, true]));
    const { outs } = await runNode(outcomes, { ...ins, candidates }, { cost: quoted });
    const found = frameOf(outs, 'outcomes');
    const paid = [...found.rows()].map(
      ({ symbol, cost }) => `${symbol} ${Number(cost).toFixed(6)}`,
    );
    expect(new Set(paid)).toEqual(new Set(['S0 0.001600', 'S1 0.002400']));
    const limits = { id: 'test', least: 20, stress: 1.5, edge: 2, alike: 0.8, let: {} };
    const judged = await runNode(bridge, { candidates, outcomes: found }, { bridge: limits });
    const charged = frameOf(judged.outs, 'bridge').column('cost');
    for (const [i, row] of rows.entries()) expect(charged[i]).toBeCloseTo(Number(row.cost), 14);
  });
});
