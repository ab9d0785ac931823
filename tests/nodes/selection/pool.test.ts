import { describe, expect, it } from '@jest/globals';
import cluster from '../../../nodes/selection/cluster.js';
import factors from '../../../nodes/selection/factors.js';
import recruit from '../../../nodes/selection/recruit.js';
import score from '../../../nodes/selection/score.js';
import synthesise from '../../../nodes/selection/synthesise.js';
import { frameOf, policy, scorer } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { nodeTable, runNode } from '../../kit/node.js';
import { DAY, market } from '../../kit/research.js';

const T = 60;
const wave = (speed: number, scale: number, drift = 0) =>
  Array.from({ length: T }, (_, t) => drift + scale * Math.sin((t + 1) * speed));
const STREAMS: Readonly<Record<string, readonly number[]>> = {
  a: wave(1.3, 0.01, 0.004),
  b: wave(1.3, 0.011, 0.002),
  c: wave(2.7, 0.01, 0.003),
  d: wave(0.4, 0.01, -0.002),
};
const ids = Object.keys(STREAMS);
const returns = frame({
  ts: Array.from({ length: T }, (_, t) => ids.map(() => t * DAY)).flat(),
  atom: Array.from({ length: T }, () => ids).flat(),
  ret: Array.from({ length: T }, (_, t) => ids.map((id) => STREAMS[id]?.[t] ?? NaN)).flat(),
});
const atoms = frame({ id: ids, symbol: ['S', 'S', 'T', 'U'], value_traded: [1e9, 5e6, NaN, 1e8] });
const nothing = returns.slice(0, 0);
const factorTable = frame({
  atom: ids,
  momentum: [1.4, 0.7, 1, -0.7],
  efficiency: [0.5, 0.3, 0.4, 0.2],
  entropy: [0.7, 0.7, 0.97, 0.7],
  hurst: [0.6, 0.6, 0.6, 0.6],
  kurtosis: [0, 0, 0, 0],
  volatility: [0.2, 0.2, 0.2, 0.2],
  survival: [1, 1, 1, 1],
  value_traded: [1e9, 1e9, 1e9, 1e9],
});
const scores = frame({
  atom: ids,
  log_score: [-1, -2, -1.5, -4],
  conviction: [-1, -2, -1.5, -4].map(Math.exp),
});
const clusters = frame({ atom: ids, cluster: [1, 1, 2, 3] });
const pool = { atoms, factors: factorTable, scores, clusters };

describe('selection.cluster', () => {
  nodeTable(cluster, {
    gives: [
      {
        name: 'streams that move together share a cluster, numbered by first member',
        in: { returns },
        params: { lookbacks: [60], threshold: 0.3, at_most: 25, shrinkage: 0, skip_zeros: false },
        out: { clusters: frame({ atom: ids, cluster: [1, 1, 2, 3] }) },
      },
      {
        name: 'at most one cluster',
        in: { returns },
        params: { at_most: 1 },
        out: { clusters: frame({ atom: ids, cluster: [1, 1, 1, 1] }) },
      },
      {
        name: 'no atoms',
        in: { returns: nothing },
        out: { clusters: frame({ atom: ['x'], cluster: [1] }).slice(0, 0) },
      },
    ],
  });
});

describe('selection.factors', () => {
  nodeTable(factors, {
    gives: [
      {
        name: 'no atoms',
        in: { atoms: atoms.slice(0, 0), returns: nothing },
        params: { market, lookback: 60, entropy_order: '3', liquid: 1e7 },
        out: {},
      },
    ],
    refuses: [
      {
        name: 'an atom without a stream',
        in: { atoms, returns: nothing },
        params: { market },
        code: 'selection/no-stream',
        data: { atom: 'a' },
      },
    ],
  });

  it('measures trend, liquidity and the rest', async () => {
    const { outs } = await runNode(factors, { atoms, returns }, { market });
    const [a, b, , d] = [...frameOf(outs, 'factors').rows()];
    const total = (STREAMS.a ?? []).reduce((sum, r) => sum + r, 0);
    expect(Number(a?.momentum)).toBeCloseTo((total / T) * 365, 12);
    expect([a?.liquidity, b?.liquidity]).toEqual([1, 0.5]);
    expect(Number(d?.momentum)).toBeLessThan(0);
    expect(Number(a?.entropy) + Number(a?.order)).toBeCloseTo(1, 15);
    expect(a?.survival).toBe(1);
  });

  it('a dead stream has no stability, no shape and no momentum to speak of', async () => {
    const dead = returns.with('ret', new Float64Array(returns.length));
    const { outs } = await runNode(factors, { atoms, returns: dead }, { market });
    const [a] = [...frameOf(outs, 'factors').rows()];
    expect(a).toMatchObject({
      momentum: 0,
      volatility: 0,
      stability: null,
      skew: null,
      kurtosis: null,
    });
  });
});

/** Efficiency as it is, with half its weight, and momentum by rank: 1, 3, 2, 4 from the best. */
const LOGS = [
  [0.5, 1],
  [0.3, 1 / 3],
  [0.4, 2 / 3],
  [0.2, 0],
].map(([share = NaN, rank = NaN]) => 0.5 * Math.log(share) + Math.log(0.01 + 0.99 * rank));

describe('selection.score', () => {
  nodeTable(score, {
    gives: [
      {
        name: 'weighted logarithms of ranks and shares',
        in: { factors: factorTable },
        params: { scorer },
        out: {
          scores: frame({
            atom: ids,
            log_score: LOGS,
            conviction: LOGS.map(Math.exp),
          }),
          dropped: [],
        },
      },
    ],
    refuses: [
      {
        name: 'a factor nobody measured',
        in: { factors: factorTable.without(['momentum']) },
        params: { scorer },
        code: 'selection/no-factor',
        data: { scorer: 'plain', factor: 'momentum' },
      },
    ],
  });

  it('drops a factor that nobody has, and says so', async () => {
    const blank = factorTable.with('momentum', [NaN, NaN, NaN, NaN]);
    const { outs } = await runNode(score, { factors: blank }, { scorer });
    expect(outs.dropped).toEqual(['momentum']);
  });
});

describe('selection.recruit', () => {
  const winner = (list: readonly (readonly [string, number, number, number, number, string])[]) =>
    frame({
      atom: list.map((w) => w[0]),
      cluster: list.map((w) => w[1]),
      conviction: list.map((w) => Math.exp(w[2])),
      rank: list.map((w) => w[3]),
      stage: list.map((w) => w[4]),
      reason: list.map((w) => w[5]),
    });
  nodeTable(recruit, {
    gives: [
      {
        name: 'strict: one of a symbol in a cluster, none with a veto',
        in: pool,
        params: { policy, relaxation: 1 },
        out: {
          winners: winner([['a', 1, -1, 1, 1, 'top_n']]),
          vetoes: frame({
            atom: ['c', 'd'],
            reason: ['entropy', 'friction'],
            value: [0.97, -0.7 - 0.2 * Math.sqrt(1e-3)],
            limit: [0.95, 0],
          }),
          recruitable: 4,
          hardened: false,
        },
      },
      {
        name: 'relaxed: more entropy is allowed',
        in: pool,
        params: { policy, relaxation: 2 },
        out: {
          winners: winner([
            ['a', 1, -1, 1, 2, 'top_n'],
            ['c', 2, -1.5, 2, 2, 'top_n'],
          ]),
        },
      },
      {
        name: 'filled up to the floor: first what no veto forbids, then what may be relaxed',
        in: pool,
        params: { policy, relaxation: 4, floor: 4 },
        out: {
          winners: winner([
            ['a', 1, -1, 1, 4, 'top_n'],
            ['b', 1, -2, 3, 4, 'balanced'],
            ['c', 2, -1.5, 2, 4, 'top_n'],
            ['d', 3, -4, 4, 4, 'forced'],
          ]),
        },
      },
    ],
    refuses: [
      {
        name: 'an atom nobody scored',
        in: { ...pool, scores: scores.slice(0, 3) },
        params: { policy },
        code: 'selection/unknown-atom',
        data: { table: 'scores', atom: 'd' },
      },
    ],
  });
});

describe('selection.synthesise', () => {
  const winners = frame({ atom: ['b', 'd'] });
  nodeTable(synthesise, {
    gives: [
      {
        name: 'only the winners, as they were',
        in: { winners, atoms, returns },
        out: {
          atoms: atoms.take([1, 3]),
          returns: returns.take(Array.from({ length: T }, (_, t) => [4 * t + 1, 4 * t + 3]).flat()),
        },
      },
    ],
    refuses: [
      {
        name: 'a winner that is no atom',
        in: { winners: frame({ atom: ['z'] }), atoms, returns },
        code: 'selection/lost-atom',
        data: { atom: 'z' },
      },
    ],
  });
});
