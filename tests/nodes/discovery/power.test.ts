import { describe, expect, it } from '@jest/globals';
import power from '../../../nodes/discovery/power.js';
import type { Power } from '../../../nodes/kinds/power.js';
import { detection } from '../../../nodes/math/detection.js';
import { clopperPearson } from '../../../nodes/math/proportion.js';
import { frame } from '../../kit/frame.js';
import { demo, placebo } from '../../kit/markets.js';
import { nodeTable, runNode } from '../../kit/node.js';
import { costly } from '../../kit/research.js';
import { installFormulas } from '../../kit/specs.js';

installFormulas();
/** One effect on VOL_SPIKE that lasts 12 bars. */
const market = {
  ...demo,
  simulator: { ...demo.simulator, planted: [{ ...demo.simulator.planted[2], id: 'spike' }] },
};
const NONE = Number.NaN;
const BPS = 1e-4;
const COST = 13 * BPS;

/** A market: the planted hypothesis with `p`, `q`, its mean before costs and error in bps, among others alike in one way each. */
const looked = (at: object, p: number, q: number, gross: number, error: number, passed = 0) => {
  const net = gross * BPS - COST;
  return {
    at,
    value: frame({
      event: ['VOL_SPIKE', 'VOL_SPIKE', 'VOL_SPIKE', 'VOL_SHOCK', 'VOL_SPIKE'],
      template: ['mean_reversion', 'continuation', 'continuation', 'continuation', 'continuation'],
      symbol: [null, null, 'BTCUSDT', null, null],
      horizon: [12, 6, 12, 12, 12],
      n: [1, 2, 3, 4, 300],
      days: [9, 9, 9, 9, 81],
      gross: [0, 0, 0, 0, gross * BPS],
      mean: [0, 0, 0, 0, net],
      t: [0, 0, 0, 0, net / (error * BPS)],
      p: [0.9, 0.5, NONE, 0.7, p],
      q: [0.9, 0.9, NONE, 0.9, q],
      passed: { dtype: 'bool' as const, values: Uint8Array.from([0, 0, 0, 0, passed]) },
    }),
  };
};
const at = (drift: number, seed: number) => ({ drift: String(drift), seed: String(seed) });
const untested = (where: object) => looked(where, NONE, NONE, NONE, NONE);
const asked = { market, cost: costly, template: 'continuation', level: 0.1 };
const rowsOf = async (candidates: readonly object[]) => {
  const { outs } = await runNode(power, { candidates }, asked);
  // The port's type is what `power` promises.
  return (outs.power as readonly Power[])[0]?.rows ?? [];
};

describe('discovery.power', () => {
  nodeTable(power, {
    gives: [
      {
        name: 'one market and its twin',
        in: { candidates: [looked(at(0, 1), 0.6, 0.9, 0, 5)] },
        params: asked,
        out: {
          power: [
            {
              market: 'demo',
              cost: 'costly',
              side: 0.00065,
              effect: 'spike',
              event: 'VOL_SPIKE',
              template: 'continuation',
              over: 3_600_000,
              level: 0.1,
              tests: 4,
              rows: [
                {
                  drift: 0,
                  markets: 1,
                  tested: 1,
                  found: { markets: 0, ...clopperPearson(0, 1) },
                  passed: { markets: 0, ...clopperPearson(0, 1) },
                  n: 300,
                  reached: 0,
                  error: 5 * BPS,
                  expected: detection(-13 * BPS, 5 * BPS, 80, 0.1 / 4),
                },
              ],
            },
          ],
        },
      },
    ],
    refuses: [
      {
        name: 'a market with nothing planted',
        in: { candidates: [looked(at(0, 1), 0.6, 0.9, 0, 5)] },
        params: { ...asked, market: placebo },
        code: 'discovery/no-effect',
        data: { market: 'placebo' },
      },
      {
        name: 'markets of no size',
        in: { candidates: [looked({ seed: '1' }, 0.6, 0.9, 0, 5)] },
        params: asked,
        code: 'discovery/no-sizes',
        data: {},
      },
      {
        name: 'a size without its twin',
        in: { candidates: [looked(at(0, 1), 0.6, 0.9, 0, 5), looked(at(30, 2), 0.6, 0.9, 0, 5)] },
        params: asked,
        code: 'discovery/no-twin',
        data: { seed: '2' },
      },
    ],
  });

  it('measures what reached a trade beside the twin of the same seed, and expects accordingly', async () => {
    const rows = await rowsOf([
      looked(at(30, 1), 0.001, 0.004, 29, 5, 1),
      looked(at(30, 2), 0.2, 0.7, 25, 6),
      looked(at(0, 1), 0.6, 0.9, 1, 5),
      looked(at(0, 2), 0.6, 0.9, -4, 6),
    ]);
    expect(rows.map((r) => r.drift)).toEqual([0, 30 * BPS]);
    expect(rows[1]).toMatchObject({
      markets: 2,
      tested: 2,
      found: { markets: 1, share: 0.5 },
      passed: { markets: 1 },
      reached: expect.closeTo(((28 + 29) / 2) * BPS, 12),
    });
    const chances = [detection(15, 5, 80, 0.025), detection(16, 6, 80, 0.025)];
    expect(rows[1]?.expected).toBeCloseTo(((chances[0] ?? NONE) + (chances[1] ?? NONE)) / 2, 9);
  });

  it('counts what was tested in a market, on average', async () => {
    const candidates = [looked(at(0, 1), 0.6, 0.9, 0, 5), untested(at(90, 1))];
    const { outs } = await runNode(power, { candidates }, asked);
    // Four of five in the one, three in the other.
    expect(outs.power).toMatchObject([{ tests: 3.5 }]);
  });

  it('a market in which it was not tested is one in which it is not found', async () => {
    const rows = await rowsOf([
      looked(at(0, 1), 0.6, 0.9, 0, 5),
      looked(at(0, 2), 0.6, 0.9, 0, 5),
      looked(at(90, 1), 1e-9, 4e-9, 90, 5),
      untested(at(90, 2)),
    ]);
    expect(rows[1]).toMatchObject({ markets: 2, tested: 1, n: 300, found: { share: 0.5 } });
    expect(rows[1]?.expected).toBeCloseTo(0.5, 6);
  });

  it('expects of a market whose twin was not tested what others of its size reached', async () => {
    const rows = await rowsOf([
      looked(at(0, 1), 0.6, 0.9, 1, 5),
      untested(at(0, 2)),
      looked(at(30, 1), 0.001, 0.004, 29, 5, 1),
      looked(at(30, 2), 0.2, 0.7, 25, 6),
    ]);
    const chances = [detection(15, 5, 80, 0.025), detection(15, 6, 80, 0.025)];
    expect(rows[1]?.expected).toBeCloseTo(((chances[0] ?? NONE) + (chances[1] ?? NONE)) / 2, 9);
  });

  it('expects nothing where no twin was tested', async () => {
    const rows = await rowsOf([untested(at(0, 1)), looked(at(30, 1), 0.001, 0.004, 29, 5, 1)]);
    expect(rows[1]).toMatchObject({ tested: 1, reached: null, expected: 0 });
  });
});
