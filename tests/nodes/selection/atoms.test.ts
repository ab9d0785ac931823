import { describe, expect, it } from '@jest/globals';
import atoms from '../../../nodes/selection/atoms.js';
import { frameOf } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { nodeTable, runNode } from '../../kit/node.js';
import { barsOf, costly, decisionsOf, eventsOf, free, START, world } from '../../kit/research.js';

const small = world(9, { days: 10, symbols: 2, events: ['E', 'F'], rate: 4 });
const bars = barsOf(small);
const decisions = decisionsOf(eventsOf(small));
const candidates = frame({
  id: ['h1', 'h2', 'h3'],
  event: ['E', 'F', 'E'],
  template: ['continuation', 'mean_reversion', 'mean_reversion'],
  direction: [1, -1, -1],
  horizon: [3, 3, 3],
  entry_lag: [1, 1, 1],
  fills: [2, 2, 2],
  mean: [0.001, 0.002, -0.001],
  q: [0.03, 0.01, 0.9],
  passed: [true, true, false],
});
const ins = { candidates, decisions, bars, funding: undefined };

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
        name: 'a decision off the clock',
        in: {
          ...ins,
          decisions: decisions
            .slice(0, 1)
            .with('event', ['E'])
            .with('ts', [START + 1]),
        },
        params: { cost: free },
        code: 'selection/off-clock',
        data: { ts: '2024-01-01T00:00:00.001Z' },
      },
    ],
    warns: [
      {
        name: 'a find of two legs',
        in: { ...ins, candidates: candidates.with('fills', [4, 2, 4]) },
        params: { cost: free },
        code: 'selection/two-legs',
        data: { finds: 1 },
      },
      {
        name: 'a symbol that is gone by the end of the window',
        in: {
          ...ins,
          bars: bars.map(({ at, value }, i) => ({
            at,
            value: i === 0 ? value : value.with('close', new Float64Array(value.length).fill(NaN)),
          })),
        },
        params: { cost: free },
        code: 'selection/gone',
        data: { symbol: 'S1' },
      },
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

describe('a symbol that is not always there', () => {
  const day = 288;
  const without = (symbol: string, from: number, to: number) =>
    bars.map(({ at, value }) => {
      const close = value.column('close').map((p, row) => (row >= from && row < to ? NaN : p));
      return { at, value: at.symbol === symbol ? value.with('close', close) : value };
    });
  const made = async (given: object) => {
    const { outs, warnings } = await runNode(atoms, { ...ins, ...given }, { cost: free });
    return { atoms: frameOf(outs, 'atoms'), returns: frameOf(outs, 'returns'), warnings };
  };

  it('is not offered once it is gone, and its past does not count', async () => {
    const {
      atoms: found,
      returns,
      warnings,
    } = await made({ bars: without('S1', 8 * day, 10 * day) });
    expect(new Set(found.texts('symbol'))).toEqual(new Set(['S0']));
    expect(new Set(returns.texts('atom'))).toEqual(new Set(found.texts('id')));
    expect(warnings[0]).toMatchObject({ code: 'selection/gone', facts: { symbol: 'S1' } });
    const { atoms: alone } = await made({ bars: bars.slice(0, 1) });
    expect(found).toEqual(alone);
  });

  it('has no returns before it was listed, rather than 0', async () => {
    const { returns } = await made({ bars: without('S1', 0, 3 * day) });
    const rows = [...returns.rows()].filter((r) => r.atom === 'S1_E.continuation.3b_LONG');
    expect(rows.slice(0, 3).map((r) => r.ret)).toEqual([null, null, null]);
    expect(rows.slice(3).every((r) => typeof r.ret === 'number')).toBe(true);
  });

  it('stays when only some of its last bars are missing', async () => {
    const { atoms: found, warnings } = await made({ bars: without('S1', 10 * day - 9, 10 * day) });
    expect(new Set(found.texts('symbol'))).toEqual(new Set(['S0', 'S1']));
    expect(warnings).toEqual([]);
  });
});
