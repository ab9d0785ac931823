import { describe, expect, it } from '@jest/globals';
import atoms from '../../../nodes/selection/atoms.js';
import benchmark from '../../../nodes/simulation/benchmark.js';
import portfolio from '../../../nodes/simulation/portfolio.js';
import { frameOf } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { runNode } from '../../kit/node.js';
import {
  barsOf,
  costly,
  decisionsOf,
  eventsOf,
  measuredOf,
  quoted,
  world,
} from '../../kit/research.js';
import * as ten from './ten-bars.js';

/* What discovery charged a symbol is what its atoms, its part of a portfolio and its part of buying and holding pay. */

const total = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
const flat = ten.CLOSE.map(() => 100);
const bars = ten.barsOf({ S: flat, T: flat });
const costs = measuredOf({ S: 2, T: 6 });

describe('costs by symbol', () => {
  const lived = async (weights: Readonly<Record<string, number>>, given: object = { costs }) => {
    const ins = {
      ...{ bars, funding: undefined, weights: ten.weigh(weights), ...given },
      atoms: ten.tableOf([ten.atom('a', 'S'), ten.atom('b', 'T')]),
      decisions: ten.decisionsAt([
        [1, 'S', 1],
        [1, 'T', 1],
      ]),
    };
    const { outs } = await runNode(portfolio, ins, { cost: quoted, fold: ten.fold });
    const returns = frameOf(outs, 'returns');
    return total(returns.column('cost')) / total(returns.column('turnover'));
  };

  it('a portfolio pays for each symbol what its book costs', async () => {
    expect(await lived({ a: 0.5 })).toBeCloseTo(8e-4, 9);
    expect(await lived({ b: 0.5 })).toBeCloseTo(12e-4, 9);
    expect(await lived({ a: 0.25, b: 0.25 })).toBeCloseTo(10e-4, 9);
    expect(await lived({ a: 0.25, b: 0.25 }, {})).toBeCloseTo(6.5e-4, 9);
  });

  it('so does who buys and holds', async () => {
    const held = async (symbols: readonly string[], given: object) => {
      const own = bars.filter(({ at }) => symbols.includes(at.symbol));
      const ins = { bars: own, funding: undefined, ...given };
      const { outs } = await runNode(benchmark, ins, { cost: quoted, fold: ten.fold });
      return frameOf(outs, 'returns')
        .column('net')
        .reduce((equity, net) => equity * (1 + net), 1);
    };
    const [s, t, both] = [
      await held(['S'], { costs }),
      await held(['T'], { costs }),
      await held(['S', 'T'], { costs }),
    ];
    // In and out of all there was at the start; on flat prices nothing else happens.
    expect(s).toBeCloseTo(1 - 2 * 8e-4, 12);
    expect(t).toBeCloseTo(1 - 2 * 12e-4, 12);
    expect(both).toBeCloseTo((s + t) / 2, 12);
    expect(await held(['S', 'T'], {})).toBeCloseTo(1 - 2 * 6.5e-4, 12);
  });

  it('so do atoms', async () => {
    const small = world(9, { days: 10, symbols: 2, events: ['E'], rate: 4 });
    const candidates = frame({
      ...{ id: ['h'], event: ['E'], template: ['continuation'], direction: [1], horizon: [3] },
      ...{ entry_lag: [1], fills: [2], mean: [0.001], q: [0.03], passed: [true] },
    });
    const decisions = decisionsOf(eventsOf(small));
    const ins = { candidates, decisions, bars: barsOf(small), funding: undefined };
    const of = async (given: object, cost: object) => {
      const { outs } = await runNode(atoms, { ...ins, ...given }, { cost });
      const returns = frameOf(outs, 'returns');
      const names = returns.texts('atom');
      return ['S0', 'S1'].map((symbol) =>
        Array.from(returns.column('ret')).filter((_, i) => names[i]?.startsWith(symbol)),
      );
    };
    const by = (half_spread_bps: number) => of({}, { ...costly, half_spread_bps });
    const [[narrow], [, wide]] = [await by(2), await by(6)];
    expect(await of({ costs: measuredOf({ S0: 2, S1: 6 }) }, quoted)).toEqual([narrow, wide]);
  });
});
