import { describe, expect, it } from '@jest/globals';
import fold from '../../../nodes/report/fold.js';
import { frame } from '../../kit/frame.js';
import { nodeTable, runNode } from '../../kit/node.js';
import { DAY, START } from '../../kit/research.js';
import { chain, noise, planted, window } from './tournament-kit.js';

const params = { fold: window, floor: 2 };
const none = (name: string) => frame({ [name]: ['x'] }).slice(0, 0);
const solution = { status: 'closed form', cash: 0.5, fallbacks: [], cap_relaxed: false };
const small = {
  candidates: frame({
    q: [0.01, 0.2, NaN],
    passed: [true, false, false],
    reasons: [null, 'multiplicity+edge', 'not_tested'],
  }),
  atoms: frame({ id: ['a', 'b'] }),
  winners: frame({ atom: ['a', 'b'], stage: [2, 2], reason: ['top_n', 'forced'] }),
  vetoes: frame({ atom: ['b', 'b'], reason: ['entropy', 'friction'] }),
  solution,
  weights: frame({ atom: ['a', 'b'], weight: [0.3, 0.2] }),
  trades: frame({ atom: ['a', 'a'], side: [1, -1], gross: [0.02, -0.01] }),
  returns: frame({
    ts: [START, START + DAY],
    net: [0.01, -0.02],
    gross: [0.012, -0.019],
    cost: [0.001, 0.001],
    funding: [0.001, 0],
    trades: [2, 0],
    exposure: [0.5, 0.25],
  }),
};
const SUMMED = {
  fold: window,
  discovery: {
    hypotheses: 3,
    tested: 2,
    passed: 1,
    least_q: 0.01,
    failed: { edge: 1, multiplicity: 1, not_tested: 1 },
  },
  selection: {
    atoms: 2,
    vetoed: 1,
    vetoes: { entropy: 1, friction: 1 },
    winners: 2,
    stage: 2,
    reasons: { forced: 1, top_n: 1 },
  },
  allocation: solution,
  holdings: [
    { atom: 'a', weight: 0.3, trades: 2, long: 1, gross: 0.01 },
    { atom: 'b', weight: 0.2, trades: 0, long: 0, gross: 0 },
  ],
  test: {
    days: 2,
    net: 1.01 * 0.98 - 1,
    gross: 0.012 - 0.019,
    cost: 0.002,
    funding: 0.001,
    trades: 2,
    exposure: 0.375,
  },
  degraded: ['fewer than 5 winners: profiles converge'],
};

describe('report.fold', () => {
  nodeTable(fold, {
    gives: [
      { name: 'a fold by hand', in: small, params, out: { summary: SUMMED } },
      {
        name: 'a fold of cash',
        in: {
          ...small,
          candidates: small.candidates.with('passed', [false, false, false]),
          atoms: none('id'),
          winners: small.winners.slice(0, 0),
          vetoes: small.vetoes.slice(0, 0),
          weights: small.weights.slice(0, 0),
          trades: small.trades.slice(0, 0),
          returns: small.returns.slice(0, 0),
        },
        params,
        out: {
          summary: {
            ...SUMMED,
            discovery: { ...SUMMED.discovery, passed: 0 },
            selection: { atoms: 0, vetoed: 0, vetoes: {}, winners: 0, stage: 0, reasons: {} },
            holdings: [],
            test: { days: 0, net: 0, gross: 0, cost: 0, funding: 0, trades: 0, exposure: 0 },
            degraded: [],
          },
        },
      },
      {
        name: 'funding that nobody knows is not 0',
        in: { ...small, returns: small.returns.with('funding', [NaN, NaN]) },
        params,
        out: { summary: { ...SUMMED, test: { ...SUMMED.test, funding: null } } },
      },
      {
        name: 'everything that a fold can lean on',
        in: {
          ...small,
          winners: small.winners.with('reason', ['scarcity', 'forced']),
          solution: { status: 'unsettled', fallbacks: ['equal_weight'], cap_relaxed: true },
        },
        params: { ...params, floor: 15 },
        out: {
          summary: {
            ...SUMMED,
            selection: { ...SUMMED.selection, reasons: { forced: 1, scarcity: 1 } },
            allocation: { status: 'unsettled', fallbacks: ['equal_weight'], cap_relaxed: true },
            degraded: [
              'most winners are forced or scarcity recruits',
              'fewer than 15 winners',
              'fewer than 5 winners: profiles converge',
              'weights fell back',
              'caps were raised',
              'the solver did not settle',
            ],
          },
        },
      },
    ],
  });

  it('counts from hypotheses to trades after the whole chain', async () => {
    const { summary, foldIns } = await chain(planted);
    expect(summary).toMatchObject({
      fold: window,
      discovery: { hypotheses: 8, tested: 8 },
      selection: { stage: 4 },
      allocation: { status: 'at the cap', cap_relaxed: true },
      test: { days: 20 },
    });
    const { outs } = await runNode(fold, foldIns, { fold: window, floor: 1000 });
    expect(outs.summary).toMatchObject({ degraded: expect.arrayContaining(['caps were raised']) });
  });

  it('cash is not degraded', async () => {
    const { summary } = await chain(noise);
    expect(summary).toMatchObject({
      discovery: { passed: 0 },
      selection: { atoms: 0, winners: 0, stage: 0 },
      holdings: [],
      test: { net: 0, trades: 0, exposure: 0 },
      degraded: [],
    });
  });
});
