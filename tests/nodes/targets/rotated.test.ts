import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Frame } from '../../../engine/sdk/index.js';
import rotated from '../../../nodes/targets/rotated.js';
import { frameOf } from '../../kit/chain.js';
import { clock, frame } from '../../kit/frame.js';
import { nodeTable, runNode, shapesOf } from '../../kit/node.js';

const FIVE = 300_000;
const known = (rows: number) => ({
  dtype: 'time' as const,
  values: Float64Array.from(clock(rows), (t) => t + 2 * FIVE),
});
const outcomes = (values: readonly number[]): Frame =>
  frame({ ts: clock(values.length), known: known(values.length), forward_return_1: values });
const turned = async (table: Frame, seed: number, apart = '10m') =>
  frameOf((await runNode(rotated, { targets: table }, { apart }, { seed })).outs, 'targets');

describe('targets.rotated', () => {
  nodeTable(rotated, {
    gives: [
      {
        name: 'what stood so many rows later, less the mean of what is known',
        in: { targets: outcomes([1, 2, 3, 4, 5, Number.NaN]) },
        params: { apart: '10m', seed: 1 },
        out: {
          targets: frame({
            ts: clock(6),
            known: known(6),
            forward_return_1: [0, 1, 2, Number.NaN, -2, -1],
          }),
        },
      },
      {
        name: 'how far a path went stays as it was, with the return of the same time',
        in: { targets: outcomes([1, 2, 3, 4, 5]).with('best_excursion_1', [2, 3, 4, 5, 6]) },
        params: { apart: '10m', seed: 1 },
        out: {
          targets: frame({
            ts: clock(5),
            known: known(5),
            forward_return_1: [0, 1, 2, -2, -1],
            best_excursion_1: [4, 5, 6, 2, 3],
          }),
        },
      },
      {
        name: 'what two legs earn is a return, and centred',
        in: { targets: outcomes([1, 2, 3, 4, 5]).with('basis_change_1', [1, 2, 3, 4, 5]) },
        params: { apart: '10m', seed: 1 },
        out: {
          targets: frame({
            ts: clock(5),
            known: known(5),
            forward_return_1: [0, 1, 2, -2, -1],
            basis_change_1: [0, 1, 2, -2, -1],
          }),
        },
      },
      {
        name: 'what else is earned is centred when it is named',
        in: { targets: outcomes([1, 2, 3, 4, 5]).with('gap', [1, 2, 3, 4, 5]) },
        params: { apart: '10m', seed: 1, centred: ['gap'] },
        out: {
          targets: frame({
            ts: clock(5),
            known: known(5),
            forward_return_1: [3, 4, 5, 1, 2],
            gap: [0, 1, 2, -2, -1],
          }),
        },
      },
    ],
    refuses: [
      {
        name: 'a span in which no stretch is far enough',
        in: { targets: outcomes([1, 2, 3, 4]) },
        params: { apart: '10m', seed: 1, spacing: '5m' },
        code: 'targets/too-short',
        data: { rows: 4, apart: 2, needed: 4 },
      },
    ],
  });

  it('gives every decision the outcome of another time, far enough away, and keeps their order', async () => {
    const rows = fc.integer({ min: 5, max: 60 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 0, max: 1e6 }), async (n, seed) => {
        const values = Array.from({ length: n }, (_, i) => i);
        const out = (await turned(outcomes(values), seed)).column('forward_return_1');
        const mean = (n - 1) / 2;
        const from = Array.from(out, (v) => Math.round(v + mean));
        const by = (from[0] ?? 0) % n;
        expect(from).toEqual(values.map((i) => (i + by) % n));
        expect(by).toBeGreaterThanOrEqual(2);
        expect(n - by).toBeGreaterThanOrEqual(2);
      }),
    );
  });

  it('turns symbols of equal length together', async () => {
    const first = await turned(outcomes([1, 2, 3, 4, 5, 6, 7, 8]), 5);
    const second = await turned(outcomes([10, 20, 30, 40, 50, 60, 70, 80]), 5);
    expect(Array.from(second.column('forward_return_1'))).toEqual(
      Array.from(first.column('forward_return_1'), (v) => 10 * v),
    );
  });

  it('keeps the taint of outcomes', () => {
    const column = { name: 'forward_return_1', dtype: 'f64', taint: 'outcome', delay: 0 } as const;
    const { shapes } = shapesOf(rotated, { targets: { columns: [column] } }, { seed: 1 });
    expect(shapes.targets?.columns).toEqual([column]);
  });
});
