import { describe, expect, it } from '@jest/globals';
import calibration from '../../../nodes/discovery/calibration.js';
import type { Calibration } from '../../../nodes/kinds/calibration.js';
import { clopperPearson } from '../../../nodes/math/proportion.js';
import { frame } from '../../kit/frame.js';
import { nodeTable, runNode } from '../../kit/node.js';

const market = (seed: number, p: readonly number[], q: readonly number[], passed = false) => ({
  at: { seed: String(seed) },
  value: frame({
    id: p.map((_, i) => `h${i}`),
    p,
    q,
    passed: { dtype: 'bool' as const, values: Uint8Array.from(p, () => Number(passed)) },
  }),
});
const NONE = Number.NaN;
const looked = [
  market(1, [0.01, 0.5, NONE, 0.9], [0.03, 0.7, NONE, 0.9], true),
  market(2, [0.02, 0.04], [0.06, 0.06]),
  market(3, [0.3, 0.8], [0.6, 0.8]),
  market(4, [NONE, NONE], [NONE, NONE]),
];
const found = async (params = {}): Promise<Calibration> => {
  const { outs } = await runNode(calibration, { candidates: looked }, params);
  const told = outs.calibration;
  if (typeof told !== 'object' || told === null) throw new Error('no calibration');
  // The port's type is what `calibration` promises; every field is looked at below.
  return told as Calibration;
};

describe('discovery.calibration', () => {
  nodeTable(calibration, {
    gives: [
      {
        name: 'one market without a find',
        in: { candidates: [market(1, [0.2, 0.4], [0.4, 0.4])] },
        params: { levels: [0.1], limits: [0.2] },
        out: {
          calibration: {
            markets: 1,
            tests: 2,
            levels: [{ level: 0.1, wrong: 0, ...clopperPearson(0, 1), kept: true }],
            passed: { wrong: 0, ...clopperPearson(0, 1) },
            finds: {},
            ranks: [
              { rank: 1, p: 0.2, q: 0.4, least: 0.4 },
              { rank: 2, p: 0.4, q: 0.4, least: 0.4 },
            ],
            tails: [{ limit: 0.2, share: 0.5, error: null }],
          },
        },
      },
    ],
    refuses: [
      {
        name: 'nothing to look at',
        in: { candidates: [] },
        code: 'discovery/no-markets',
        data: {},
      },
    ],
  });

  it('counts markets with a find at each level, however many finds they have', async () => {
    const { levels, markets, passed } = await found();
    expect(markets).toBe(4);
    expect(levels.map(({ level, wrong, share, kept }) => [level, wrong, share, kept])).toEqual([
      [0.05, 1, 0.25, true],
      [0.1, 2, 0.5, true],
    ]);
    expect(passed).toMatchObject({ wrong: 1, share: 0.25 });
  });

  it('tells which hypotheses passed, and in how many markets', async () => {
    const markets = [market(1, [0.01, 0.5], [0.03, 0.7], true), market(2, [0.2], [0.2], true)];
    const { outs } = await runNode(calibration, { candidates: [...markets, ...looked] }, {});
    expect(outs.calibration).toMatchObject({ finds: { h0: 3, h1: 2, h2: 1, h3: 1 } });
  });

  it('tells p and q by rank, medians over the markets that reach so far, half of all at least', async () => {
    const { ranks } = await found();
    // First: p 0.01, 0.02 and 0.3, q 0.03, 0.06 and 0.6; the fourth market tested nothing, and only one has five tests.
    expect(ranks).toEqual([
      { rank: 1, p: 0.02, q: 0.06, least: 0.03 },
      { rank: 2, p: 0.5, q: 0.7, least: 0.06 },
    ]);
    const many = Array.from({ length: 12 }, (_, i) => (i + 1) / 100);
    const { outs } = await runNode(calibration, { candidates: [market(1, many, many)] }, {});
    const told = (outs.calibration as Calibration).ranks;
    expect(told.map(({ rank, p }) => [rank, p])).toEqual([
      [1, 0.01],
      [2, 0.02],
      [5, 0.05],
      [10, 0.1],
    ]);
  });

  it('tells a promise that is broken', async () => {
    const { levels } = await found({ levels: [0.0001, 0.07] });
    expect(levels[0]).toMatchObject({ wrong: 0, low: 0, kept: true });
    // 2 of 4 at 0.07: the exact interval starts at 0.0676.
    expect(levels[1]).toMatchObject({ wrong: 2, kept: true });
    expect((await found({ levels: [0.065] })).levels[0]).toMatchObject({ wrong: 2, kept: false });
  });

  it('weighs markets alike, and leaves out those where nothing was tested', async () => {
    const { tails, tests } = await found({ limits: [0.05, 0.5] });
    expect(tests).toBe(7 / 4);
    expect(tails[0]?.share).toBeCloseTo((1 / 3 + 1 + 0) / 3, 12);
    expect(tails[1]?.share).toBeCloseTo((2 / 3 + 1 + 1 / 2) / 3, 12);
    expect(tails[0]?.error).toBeCloseTo(Math.sqrt(0.259259259259 / 3), 9);
  });
});
