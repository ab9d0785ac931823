import { describe, expect, it } from '@jest/globals';
import weights from '../../../nodes/allocation/weights.js';
import { clusterStream } from '../../../nodes/math/inverse-variance.js';
import { matrixOfColumns } from '../../../nodes/math/matrix.js';
import { frameOf, profile } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { nodeTable, runNode } from '../../kit/node.js';
import { DAY, market } from '../../kit/research.js';

/** Deterministic streams without any correlation to speak of, of different calm. */
const stream = (key: number, scale: number) =>
  Array.from({ length: 60 }, (_, t) => scale * Math.sin((t + 1) * (1.3 + 0.71 * key)));
const STREAMS = [
  stream(1, 0.01),
  stream(2, 0.02),
  stream(3, 0.01),
  stream(4, 0.04),
  stream(5, 0.02),
];
const NAMES = ['a', 'b', 'c', 'd', 'e'];
const table = (streams: readonly (readonly number[])[]) =>
  frame({
    ts: Array.from({ length: 60 }, (_, t) =>
      NAMES.slice(0, streams.length).map(() => t * DAY),
    ).flat(),
    atom: Array.from({ length: 60 }, () => NAMES.slice(0, streams.length)).flat(),
    ret: Array.from({ length: 60 }, (_, t) => streams.map((s) => s[t] ?? NaN)).flat(),
  });
const winnersOf = (clusters: readonly number[]) =>
  frame({
    atom: NAMES.slice(0, clusters.length),
    cluster: [...clusters],
    conviction: clusters.map(() => 0.5),
    rank: clusters.map((_, i) => i + 1),
    stage: clusters.map(() => 1),
    reason: clusters.map(() => 'top_n'),
  });
const atoms = frame({ id: NAMES, symbol: ['S', 'T', 'U', 'V', 'W'] });
const all = { winners: winnersOf([1, 2, 3, 4, 5]), atoms, returns: table(STREAMS) };
const equal = { ...profile, id: 'equal_weight', method: 'equal_weight' };

/** Equal streams so wild that nothing shrinks them and what is added to the diagonal is lost in rounding. */
const TWINS = [1, 2].map(() => Array.from({ length: 60 }, (_, t) => (t % 2) * 1e50));
const unridged = { ...profile, ridge: 0, condition_most: 1e300, cluster_cap: 1, symbol_cap: 1 };

describe('allocation.weights', () => {
  nodeTable(weights, {
    gives: [
      {
        name: 'equal weight of five clusters of one atom each',
        in: all,
        params: { profile: equal, market },
        out: {
          weights: frame({
            atom: NAMES,
            cluster: [1, 2, 3, 4, 5],
            weight: [0.2, 0.2, 0.2, 0.2, 0.2],
          }),
        },
      },
      {
        name: 'caps that leave cash when the profile says so',
        in: { ...all, winners: winnersOf([1, 2, 3]), returns: table(STREAMS.slice(0, 3)) },
        params: { profile: { ...profile, infeasible: 'cash' }, market },
        out: {
          weights: frame({ atom: ['a', 'b', 'c'], cluster: [1, 2, 3], weight: [0.25, 0.25, 0.25] }),
        },
      },
      {
        name: 'no winners are cash',
        in: {
          ...all,
          winners: winnersOf([]).with('atom', {
            dtype: 'text',
            codes: new Uint32Array(0),
            words: [],
          }),
        },
        params: { profile, market },
        out: {
          solution: {
            profile: 'min_variance',
            status: 'cash',
            why: 'no winners',
            fallbacks: [],
            clusters: 0,
            atoms: 0,
            flat: 0,
            cluster_cap: 0.25,
            symbol_cap: 0.5,
            cap_relaxed: false,
            symbols_at_cap: [],
            invested: 0,
            cash: 1,
          },
        },
      },
    ],
    refuses: [
      {
        name: 'a winner without a stream',
        in: { ...all, returns: table(STREAMS.slice(0, 4)) },
        params: { profile, market },
        code: 'allocation/no-stream',
        data: { atom: 'e' },
      },
    ],
    warns: [
      {
        name: 'a cap that had to be raised',
        in: { ...all, winners: winnersOf([1, 2, 3]), returns: table(STREAMS.slice(0, 3)) },
        params: { profile, market },
        code: 'allocation/cap-relaxed',
        data: {
          things: '3 clusters',
          what: 'cluster',
          count: 3,
          cap: 0.25,
          effective: '1/3',
          other: 'symbol',
          other_cap: '0.5',
        },
      },
      {
        name: 'a covariance that only a stronger ridge makes solvable',
        in: { ...all, winners: winnersOf([1, 2]), returns: table(TWINS) },
        params: { profile: unridged, market },
        code: 'allocation/fallback',
        data: { method: 'min_variance', ridge: 0.15 },
      },
    ],
  });

  it('says which ridge it fell back on', async () => {
    const ins = { ...all, winners: winnersOf([1, 2]), returns: table(TWINS) };
    const { outs } = await runNode(weights, ins, { profile: unridged, market });
    expect(outs.solution).toMatchObject({ status: 'optimal', fallbacks: ['ridge 0.15'] });
    expect([...frameOf(outs, 'weights').column('weight')]).toEqual([
      expect.closeTo(0.5, 9),
      expect.closeTo(0.5, 9),
    ]);
  });

  it('minimum variance prefers calm clusters and keeps to the cap', async () => {
    const { outs } = await runNode(weights, all, {
      profile: { ...profile, cluster_cap: 0.4 },
      market,
    });
    const found = frameOf(outs, 'weights').column('weight');
    expect(found.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    expect(Math.max(...found)).toBeLessThanOrEqual(0.4 + 1e-9);
    expect(found[0]).toBeGreaterThan(found[1] ?? NaN);
    expect(found[1]).toBeGreaterThan(found[3] ?? NaN);
    expect(outs.solution).toMatchObject({ status: 'optimal', cap_relaxed: false, cash: 0 });
  });

  it('members of a cluster share its weight by 1/variance', async () => {
    const winners = winnersOf([1, 1, 2, 3, 4]);
    const { outs } = await runNode(weights, { ...all, winners }, { profile: equal, market });
    const found = frameOf(outs, 'weights').column('weight');
    const within = clusterStream(matrixOfColumns(STREAMS), [0, 1]).weights;
    expect(found[0]).toBeCloseTo(0.25 * (within[0] ?? NaN), 12);
    expect(found[1]).toBeCloseTo(0.25 * (within[1] ?? NaN), 12);
  });

  it('a flat atom drops out, a symbol above its cap frees cash', async () => {
    const flat = STREAMS.with(
      4,
      Array.from({ length: 60 }, () => 0),
    );
    const one = frame({ id: NAMES, symbol: ['S', 'S', 'S', 'T', 'T'] });
    const { outs } = await runNode(
      weights,
      { winners: winnersOf([1, 2, 3, 4, 5]), atoms: one, returns: table(flat) },
      { profile: equal, market },
    );
    expect(frameOf(outs, 'weights').texts('atom')).toEqual(['a', 'b', 'c', 'd']);
    expect(outs.solution).toMatchObject({
      flat: 1,
      symbols_at_cap: ['S'],
      invested: 0.75,
      cash: 0.25,
    });
  });

  it('nothing depends on the order of winners', async () => {
    const reversed = { ...all, winners: all.winners.take([4, 3, 2, 1, 0]) };
    const [a, b] = await Promise.all(
      [all, reversed].map((ins) => runNode(weights, ins, { profile, market })),
    );
    expect(a?.outs).toEqual(b?.outs);
  });
});
