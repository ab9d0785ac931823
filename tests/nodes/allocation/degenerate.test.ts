import { describe, expect, it } from '@jest/globals';
import weights from '../../../nodes/allocation/weights.js';
import { frameOf, profile } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { runNode } from '../../kit/node.js';
import { DAY, market } from '../../kit/research.js';

/** Markets that leave an optimiser nothing to work with: every time there is a valid answer, and the solution says what was done. */

type Streams = Readonly<Record<string, readonly number[]>>;
const T = 60;
const wave = (speed: number, scale = 0.01) =>
  Array.from({ length: T }, (_, t) => scale * Math.sin((t + 1) * speed));
const flat = Array.from({ length: T }, () => 0);
const equal = { ...profile, id: 'equal_weight', method: 'equal_weight' };
const loose = { ...profile, cluster_cap: 1, symbol_cap: 1 };

async function weighed(streams: Streams, rule: object = profile, clusters?: readonly number[]) {
  const names = Object.keys(streams);
  const days = Math.max(...Object.values(streams).map((s) => s.length));
  const rows = Array.from({ length: days }, (_, t) => t);
  const { outs, warnings } = await runNode(
    weights,
    {
      winners: frame({ atom: names, cluster: names.map((_, j) => clusters?.[j] ?? j + 1) }),
      atoms: frame({ id: names, symbol: names }),
      returns: frame({
        ts: rows.flatMap((t) => names.map(() => t * DAY)),
        atom: rows.flatMap(() => names),
        ret: rows.flatMap((t) => names.map((name) => streams[name]?.[t] ?? NaN)),
      }),
    },
    { profile: rule, market },
  );
  const table = frameOf(outs, 'weights');
  const found = new Map(
    table.texts('atom').map((atom, i) => [atom, table.column('weight')[i] ?? NaN]),
  );
  const total = [...found.values()].reduce((sum, w) => sum + w, 0);
  const things = warnings.map((w) => w.message.split(' cannot')[0]);
  const codes = warnings.map((w) => w.code);
  return { found, total, solution: Object(outs.solution), warnings: codes, things };
}

describe('one winner', () => {
  for (const rule of [profile, equal]) {
    it(`has everything under ${rule.id} when caps give way, and says so`, async () => {
      const { found, solution, warnings, things } = await weighed({ a: wave(1.3) }, rule);
      expect([...found]).toEqual([['a', 1]]);
      expect(solution).toMatchObject({ cluster_cap: 1, symbol_cap: 1, cap_relaxed: true, cash: 0 });
      expect(warnings).toEqual(['allocation/cap-relaxed', 'allocation/cap-relaxed']);
      expect(things).toEqual(['1 cluster', '1 symbol']);
    });
    it(`keeps to its cap under ${rule.id} when the profile prefers cash`, async () => {
      const { found, solution, warnings } = await weighed(
        { a: wave(1.3) },
        { ...rule, infeasible: 'cash' },
      );
      expect([...found]).toEqual([['a', 0.25]]);
      expect(solution).toMatchObject({ cap_relaxed: false, invested: 0.25, cash: 0.75 });
      expect(warnings).toEqual([]);
    });
  }
});

describe('streams without information', () => {
  it('all flat: cash, and why', async () => {
    const { found, solution } = await weighed({ a: flat, b: flat });
    expect(found.size).toBe(0);
    expect(solution).toMatchObject({ status: 'cash', why: 'only flat streams', cash: 1 });
  });
  it('one day: no variance, so cash', async () => {
    const { solution } = await weighed({ a: [0.01], b: [0.02] });
    expect(solution).toMatchObject({ status: 'cash', why: 'only flat streams' });
  });
  it('two days are enough to be weighed', async () => {
    const { total, solution } = await weighed({ a: [0.01, 0.02], b: [0.02, -0.01] }, loose);
    expect(total).toBeCloseTo(1, 12);
    expect(solution.status).toBe('optimal');
  });
  it('flat ones among others are left out and counted', async () => {
    const { found, solution } = await weighed({ a: wave(1.3), b: flat, c: wave(2.7) }, loose);
    expect([...found.keys()]).toEqual(['a', 'c']);
    expect(solution).toMatchObject({ flat: 1, clusters: 2, atoms: 2 });
  });
});

describe('a singular covariance', () => {
  it('twins share what one would have had', async () => {
    const streams = { a: wave(1.3), b: wave(1.3), c: wave(2.7), d: wave(0.4) };
    const { found, total, solution } = await weighed(streams, loose);
    expect(found.get('a')).toBeCloseTo(found.get('b') ?? NaN, 9);
    expect(total).toBeCloseTo(1, 9);
    expect(solution).toMatchObject({ status: 'optimal', fallbacks: [] });
    // What made it solvable is told.
    expect(solution.ridge).toBeGreaterThan(0);
    expect(solution.shrinkage).toBeGreaterThan(0);
  });
  it('more streams than days', async () => {
    const streams = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`s${10 + i}`, wave(0.3 + 0.41 * i).slice(0, 5)]),
    );
    const { total, solution } = await weighed(streams);
    expect(total).toBeCloseTo(1, 9);
    expect(solution.status).toBe('optimal');
    expect(solution.residual).toBeLessThan(1e-9);
  });
  it('one stream the negative of another: the mix is as calm as it can be', async () => {
    const up = wave(1.3);
    const { found, solution } = await weighed({ a: up, b: up.map((r) => -r) }, loose);
    expect(found.get('a')).toBeCloseTo(0.5, 9);
    expect(solution.volatility).toBeLessThan(0.5 * 0.01 * Math.sqrt(365));
  });
  it('scales that differ a million times', async () => {
    const { found, total } = await weighed({ a: wave(1.3, 1e-7), b: wave(2.7, 0.1) }, loose);
    expect(total).toBeCloseTo(1, 9);
    expect(found.get('a') ?? NaN).toBeGreaterThan(found.get('b') ?? NaN);
  });
});

describe('a covariance that is all noise', () => {
  it('is shrunk to its target: equal weight, which counts as a fallback', async () => {
    // Days of one sign pattern each: no two agree, so nothing tells the sample from its target.
    const streams = { a: [0.02, 0, -0.01, 0.001], b: [0, 0.03, 0.001, -0.02] };
    const { found, solution } = await weighed(streams, loose);
    expect(solution).toMatchObject({
      shrinkage: 1,
      fallbacks: ['covariance shrunk to its target'],
    });
    expect([...found.values()]).toEqual([expect.closeTo(0.5, 9), expect.closeTo(0.5, 9)]);
  });
  it('is none where the sample tells something', async () => {
    const { solution } = await weighed({ a: wave(1.3, 0.001), b: wave(2.7, 0.05) }, loose);
    expect(solution.shrinkage).toBeLessThan(1);
    expect(solution.fallbacks).toEqual([]);
  });
});

describe('a symbol that delists in the window', () => {
  it('is weighed on what it had when that is most of the window', async () => {
    const ends = wave(2.7).map((r, t) => (t < 50 ? r : NaN));
    const { found, total } = await weighed({ a: wave(1.3), b: ends }, loose);
    expect([...found.keys()]).toEqual(['a', 'b']);
    expect(total).toBeCloseTo(1, 9);
  });
  it('drops out of a cluster in which others have more', async () => {
    const ends = wave(2.7).map((r, t) => (t < 20 ? r : NaN));
    const { found } = await weighed({ a: wave(1.3), b: ends, c: wave(0.4) }, loose, [1, 1, 2]);
    expect([...found.keys()]).toEqual(['a', 'c']);
  });
});
