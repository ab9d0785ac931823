import { describe, expect, it } from '@jest/globals';
import { textColumn } from '../../../engine/sdk/index.js';
import multiplicity from '../../../nodes/discovery/multiplicity.js';
import { frameOf } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { nodeTable, runNode } from '../../kit/node.js';

const tests = (
  rows: {
    readonly p: number;
    readonly n?: number;
    readonly gross?: number;
    readonly stable?: boolean;
    readonly lacks?: string;
  }[],
) =>
  frame({
    id: rows.map((_, i) => `h${i}`),
    market: rows.map(() => 'm'),
    namespace: rows.map(() => 'simulated'),
    event: rows.map(() => 'E'),
    template: rows.map(() => 'continuation'),
    direction: rows.map(() => 1),
    horizon: rows.map(() => 3),
    entry_lag: rows.map(() => 1),
    lacks: textColumn(rows.map((r) => r.lacks ?? null)),
    n: rows.map((r) => r.n ?? 100),
    days: rows.map(() => 30),
    effective: rows.map(() => 80),
    gross: rows.map((r) => r.gross ?? 0.004),
    mean: rows.map((r) => (r.gross ?? 0.004) - 0.001),
    cost: rows.map(() => 0.001),
    t: rows.map(() => 3),
    p: rows.map((r) => r.p),
    stable: rows.map((r) => r.stable ?? true),
    sharpe: rows.map(() => 0.1),
  });
const judged = async (table: ReturnType<typeof tests>, params = {}) => {
  const { outs } = await runNode(multiplicity, { tests: table }, params);
  return [...frameOf(outs, 'candidates').rows()];
};

describe('discovery.multiplicity', () => {
  nodeTable(multiplicity, {
    gives: [
      {
        name: 'keeps every hypothesis as a trial',
        in: { tests: tests([{ p: 0.001 }, { p: NaN }]) },
        params: { fdr: 0.1, correction: 'by', least: 2, least_edge: 0, stress: 1, stable: false },
        out: {
          trials: frame({
            id: ['h0', 'h1'],
            market: ['m', 'm'],
            namespace: ['simulated', 'simulated'],
            event: ['E', 'E'],
            template: ['continuation', 'continuation'],
            horizon: [3, 3],
            direction: [1, 1],
            n: [100, 100],
            sharpe: [0.1, 0.1],
          }),
        },
      },
    ],
  });

  it('corrects over what was tested; a missing p-value does not count and does not pass', async () => {
    const rows = await judged(
      tests([{ p: 0.01 }, { p: NaN }, { p: 0.02 }, { p: 0.03 }, { p: 0.04 }, { p: 0.05 }]),
    );
    const rounded = rows.map((r) => (typeof r.q === 'number' ? Number(r.q.toFixed(12)) : r.q));
    expect(rounded).toEqual([0.05, null, 0.05, 0.05, 0.05, 0.05]);
    expect(rows.map((r) => r.passed)).toEqual([true, false, true, true, true, true]);
    expect(rows[1]?.reasons).toBe('not_tested+multiplicity');
  });

  it('what could not be looked for fails one gate and is no trial', async () => {
    const table = tests([{ p: 0.001 }, { p: NaN, n: 0, lacks: 'funding' }]);
    expect((await judged(table)).map((r) => r.reasons)).toEqual([null, 'unavailable']);
    const { outs } = await runNode(multiplicity, { tests: table }, {});
    expect(frameOf(outs, 'trials').texts('id')).toEqual(['h0']);
  });

  it('names every gate that was failed', async () => {
    const reasons = async (row: Parameters<typeof tests>[0][number], params = {}) =>
      (await judged(tests([row]), params))[0]?.reasons;
    expect(await reasons({ p: 0.001 })).toBeNull();
    expect(await reasons({ p: 0.2 })).toBe('multiplicity');
    expect(await reasons({ p: 0.001, n: 49 })).toBe('sample');
    expect(await reasons({ p: 0.001, gross: 0.001 })).toBe('edge+stressed_edge');
    expect(await reasons({ p: 0.001, gross: 0.0014 })).toBe('stressed_edge');
    expect(await reasons({ p: 0.001, stable: false })).toBe('stability');
    expect(await reasons({ p: 0.001, stable: false }, { stable: false })).toBeNull();
  });
});
