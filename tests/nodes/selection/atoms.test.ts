import { describe, expect, it } from '@jest/globals';
import atoms from '../../../nodes/selection/atoms.js';
import { frameOf } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { nodeTable, runNode } from '../../kit/node.js';
import { barsOf, costly, eventsOf, free, START, world } from '../../kit/research.js';

const small = world(9, { days: 10, symbols: 2, events: ['E', 'F'], rate: 4 });
const bars = barsOf(small);
const events = eventsOf(small);
const candidates = frame({
  id: ['h1', 'h2', 'h3'],
  event: ['E', 'F', 'E'],
  template: ['continuation', 'mean_reversion', 'mean_reversion'],
  direction: [1, -1, -1],
  horizon: [3, 3, 3],
  entry_lag: [1, 1, 1],
  mean: [0.001, 0.002, -0.001],
  q: [0.03, 0.01, 0.9],
  passed: [true, true, false],
});
const ins = { candidates, events, bars, funding: undefined };

describe('selection.atoms', () => {
  nodeTable(atoms, {
    gives: [
      {
        name: 'nothing passed, nothing is made',
        in: { ...ins, candidates: candidates.with('passed', [false, false, false]) },
        params: { cost: free },
        out: {
          returns: frame({ ts: [0], atom: ['x'], ret: [0] }).slice(0, 0),
        },
      },
    ],
    refuses: [
      {
        name: 'bars of nobody',
        in: { ...ins, bars: bars.map(({ value }) => ({ at: {}, value })) },
        params: { cost: free },
        code: 'selection/no-symbol',
        data: {},
      },
      {
        name: 'an event off the clock',
        in: { ...ins, events: events.slice(0, 1).with('ts', [START + 1]) },
        params: { cost: free },
        code: 'selection/off-clock',
        data: { ts: '2024-01-01T00:00:00.001Z' },
      },
    ],
    warns: [
      {
        name: 'more atoms than the pool holds',
        in: ins,
        params: { cost: free, at_most: 1, least_trades: 2 },
        code: 'selection/pool-full',
        data: { found: 4, kept: 1 },
      },
    ],
  });

  it('makes an atom of every find on every symbol, with a return for every day', async () => {
    const { outs } = await runNode(atoms, ins, { cost: costly });
    expect(frameOf(outs, 'atoms').texts('id')).toEqual([
      'S0_E.continuation.3b_LONG',
      'S0_F.mean_reversion.3b_LONG',
      'S1_E.continuation.3b_LONG',
      'S1_F.mean_reversion.3b_LONG',
    ]);
    const returns = frameOf(outs, 'returns');
    expect(returns.length).toBe(40);
    expect(returns.texts('atom').slice(0, 4)).toEqual(frameOf(outs, 'atoms').texts('id'));
    expect(frameOf(outs, 'atoms').column('value_traded')[0]).toBeCloseTo(288e6, 3);
  });

  it('the pool keeps the least q', async () => {
    const { outs } = await runNode(atoms, ins, { cost: free, at_most: 2 });
    expect(new Set(frameOf(outs, 'atoms').texts('candidate'))).toEqual(new Set(['h2']));
  });

  it('leaves out what hardly traded', async () => {
    const { outs } = await runNode(atoms, ins, { cost: free, least_trades: 1000 });
    expect(frameOf(outs, 'atoms').length).toBe(0);
  });
});
