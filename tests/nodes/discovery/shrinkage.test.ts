import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import shrinkage from '../../../nodes/discovery/shrinkage.js';
import { normalCdf } from '../../../nodes/math/normal.js';
import { studentSf } from '../../../nodes/math/tails.js';
import { frameOf } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { nodeTable, runNode } from '../../kit/node.js';
import { type TestRow, testsOf } from '../../kit/tested.js';

const shrunk = async (rows: readonly TestRow[], params = {}) => {
  const { outs } = await runNode(shrinkage, { tests: testsOf(rows) }, params);
  return { effects: frameOf(outs, 'effects'), strengths: frameOf(outs, 'strengths') };
};
const fixed = { family: 1000, event: 300, state: 100 };

/** One test by hand: n = 80 at 40 basis points, nothing else; every level has its own mean, so every effect is it. */
const alone = testsOf([{}]);
const error = 0.01 / Math.sqrt(80);

describe('discovery.shrinkage', () => {
  nodeTable(shrinkage, {
    gives: [
      {
        name: 'one test alone is worth what it found',
        in: { tests: alone },
        params: { adaptive: false, fixed, least: 5, most: 5000, enough: 200 },
        out: {
          effects: frame({
            id: ['h000'],
            gross: [0.004],
            weight: [80 / 380],
            posterior: [normalCdf(0.003 / (error * Math.sqrt(80 / 380)))],
            p_shrunk: [studentSf(0.003 / error, 29)],
          }),
          strengths: frame({
            id: ['h000', 'h000', 'h000', 'h000'],
            level: ['event', 'family', 'state', 'test'],
            effect: [0.004, 0.004, 0.004, 0.004],
            weight: [80 / 380, 80 / 1080, 0, 80 / 380],
            lambda: [300, 1000, 0, 300],
            status: ['fixed', 'fixed', 'fixed', 'fixed'],
          }),
        },
      },
    ],
  });

  it('what was not tested has no effect, and pulls nothing', async () => {
    const rows: TestRow[] = [{ gross: 0.004 }, { event: 'B', gross: -0.002, effective: 300 }];
    const plain = await shrunk(rows);
    const more = await shrunk([...rows, { event: 'C', gross: 0.9, effective: NaN, p: NaN }]);
    expect(more.effects.column('gross').slice(0, 2)).toEqual(plain.effects.column('gross'));
    expect([...more.effects.rows()].at(2)).toMatchObject({ gross: null, posterior: null });
    expect(new Set(more.strengths.texts('id'))).toEqual(new Set(['h000', 'h001']));
  });

  it.each<[string, TestRow]>([
    ['rows of one symbol leave pooled rows alone', { symbol: 'S', gross: 0.05, effective: 900 }],
    ['another template', { template: 'mean_reversion', gross: 0.05, effective: 900 }],
    ['the other direction', { direction: -1, gross: 0.05, effective: 900 }],
    ['a state leaves its base alone', { state: 'S', gross: 0.05, effective: 900 }],
  ])('no trade counts twice: %s', async (_name, row) => {
    const base: TestRow[] = [{ effective: 300 }, { event: 'B', gross: -0.001, effective: 400 }];
    const plain = (await shrunk(base)).effects;
    const more = (await shrunk([...base, row])).effects;
    expect(more.slice(0, 2).column('gross')).toEqual(plain.column('gross'));
    expect(more.slice(0, 2).column('weight')).toEqual(plain.column('weight'));
  });

  it('a state is pulled towards its event', async () => {
    const { effects } = await shrunk([
      { effective: 900, gross: 0 },
      { effective: 250, gross: 0.01, state: 'S' },
    ]);
    const [base = NaN, state = NaN] = effects.column('gross');
    expect(base).toBe(0);
    expect(state).toBeGreaterThan(0);
    expect(state).toBeLessThan(0.01);
  });

  it('one state of an event is pulled by the fixed strength, one of several by what is learnt', async () => {
    const base = { effective: 5000, gross: 0 };
    const [one, two] = [
      { state: 'S', effective: 300, gross: 0.01 },
      { state: 'T', effective: 300, gross: -0.01 },
    ];
    const alone = await shrunk([base, one]);
    expect(alone.effects.column('weight')[1]).toBe(300 / 400);
    const both = await shrunk([base, one, two]);
    expect(both.strengths.texts('status').at(-1)).toBe('adaptive');
    expect(both.effects.column('weight')[1]).toBeGreaterThan(0.9);
  });

  it('siblings that differ by chance alone are pulled together, those that differ keep their own', async () => {
    const events = (step: number) =>
      Array.from({ length: 8 }, (_, i) => ({ event: `E${i}`, gross: i * step, effective: 400 }));
    const [near, far] = [await shrunk(events(1e-5)), await shrunk(events(1e-2))];
    const range = (of: typeof near) => {
      const gross = of.effects.column('gross');
      return (gross[7] ?? NaN) - (gross[0] ?? NaN);
    };
    expect(range(near) / (7 * 1e-5)).toBeLessThan(0.2);
    expect(range(far) / (7 * 1e-2)).toBeGreaterThan(0.95);
  });

  it('costs and p-values do not matter to what is believed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
        async (p) => {
          const rows = p.map((x, i) => ({ event: `E${i}`, gross: i / 1000, p: x }));
          const plain = rows.map(({ event, gross }) => ({ event, gross }));
          expect((await shrunk(rows)).effects).toEqual((await shrunk(plain)).effects);
        },
      ),
      { numRuns: 10 },
    );
  });
});
