import { describe, expect, it } from '@jest/globals';
import gates from '../../../nodes/discovery/gates.js';
import { frameOf, standard } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { nodeTable, runNode } from '../../kit/node.js';
import { type TestRow, testsOf, uncorrected, unshrunk } from '../../kit/tested.js';

const ins = (rows: readonly TestRow[], weight = 1) => {
  const tests = testsOf(rows);
  return { tests, effects: unshrunk(tests, weight), corrected: uncorrected(tests) };
};
const judged = async (row: TestRow, bounds = {}, weight = 1) => {
  const params = { gates: { ...standard, ...bounds } };
  const { outs } = await runNode(gates, ins([row], weight), params);
  const [found] = [...frameOf(outs, 'candidates').rows()];
  if (found === undefined) throw new Error('no candidate');
  return found;
};

describe('discovery.gates', () => {
  nodeTable(gates, {
    gives: [
      {
        name: 'tells every gate with its value and bound',
        in: ins([{ p: 0.02, state: 'S', asked: 200 }], 0.5),
        params: { gates: standard, fdr: 0.01 },
        out: {
          gates: frame({
            id: Array.from({ length: 10 }, () => 'h000'),
            gate: [
              ...[
                'available',
                'cost_ratio',
                'distinct',
                'edge',
                'multiplicity',
                'sample',
                'stability',
              ],
              ...['state_information', 'stressed_edge', 'tested'],
            ],
            value: [1, 0.25, 1, 0.003, 0.02, 100, 1, 0.5, 0.0025, 1],
            threshold: [1, 1, 1, 0.1 / 10_000, 0.01, 200, 1, 0.2, 0.1 / 10_000, 1],
            held: [true, true, true, true, false, false, true, true, true, true],
          }),
        },
      },
    ],
    refuses: [
      {
        name: 'tables of other hypotheses',
        in: { ...ins([{}, {}]), corrected: uncorrected(testsOf([{}])) },
        params: { gates: standard },
        code: 'discovery/rows-differ',
        data: { row: 2, test: 'h001', effect: 'h001', corrected: null },
      },
      {
        name: 'two bounds of one event, of which the first would silently count',
        in: ins([{}]),
        params: {
          gates: {
            ...standard,
            overrides: [
              { event: 'E', fdr: 0.5 },
              { event: 'E', fdr: 0 },
            ],
          },
        },
        code: 'discovery/bounds-twice',
        data: { gates: standard.id, event: 'E' },
      },
    ],
  });

  it.each<[string, TestRow, object, string | null]>([
    ['nothing wrong', {}, {}, null],
    ['q above the level', { p: 0.2 }, {}, 'multiplicity'],
    ['nothing tested', { p: NaN }, {}, 'not_tested+multiplicity'],
    ['no data', { p: NaN, n: 0, gross: NaN, lacks: 'funding' }, {}, 'unavailable'],
    ['the trades of another', { p: NaN, same: 'h007' }, {}, 'same_trades'],
    ['one occurrence short', { n: 49 }, {}, 'sample'],
    ['too few for its state', { n: 249, state: 'S', asked: 250 }, {}, 'sample'],
    ['enough for its state', { n: 250, state: 'S', asked: 250 }, {}, null],
    ['costs eat it', { gross: 0.001 }, {}, 'edge+stressed_edge'],
    ['stressed costs eat it', { gross: 0.0014 }, {}, 'stressed_edge'],
    ['costs above the move', { gross: 0.0009 }, {}, 'edge+stressed_edge+cost_ratio'],
    ['halves disagree', { stable: false }, {}, 'stability'],
    ['halves may disagree', { stable: false }, { stable: false }, null],
  ])('%s', async (_name, row, bounds, reasons) => {
    const found = await judged(row, bounds);
    expect(found.reasons).toBe(reasons);
    expect(found.passed).toBe(reasons === null);
  });

  it('a state has to bring something of its own; without a state there is nothing to bring', async () => {
    expect((await judged({ state: 'S' }, {}, 0.19)).reasons).toBe('state_information');
    expect((await judged({}, {}, 0.19)).reasons).toBeNull();
  });

  it('edges are those of the shrunken effect', async () => {
    const { tests, effects, corrected } = ins([{}]);
    const pulled = { tests, effects: effects.with('gross', [0.0012]), corrected };
    const { outs } = await runNode(gates, pulled, { gates: standard });
    const [row] = [...frameOf(outs, 'candidates').rows()];
    expect(row).toMatchObject({ reasons: 'stressed_edge', mean: 0.003, gross: 0.004 });
    expect(Number(row?.shrunk)).toBeCloseTo(0.0002, 15);
    expect(Number(row?.stressed)).toBeCloseTo(-0.0003, 15);
  });

  it('what lost money itself holds no edge, however much its kind earned', async () => {
    const of = async (own: number, kind: number) => {
      const { tests, effects, corrected } = ins([{ gross: own, p: 0.2 }]);
      const pulled = { tests, effects: effects.with('gross', [kind]), corrected };
      const { outs } = await runNode(gates, pulled, { gates: standard });
      const all = [...frameOf(outs, 'gates').rows()];
      const edge = all.find(({ gate }) => gate === 'edge');
      const stressed = all.find(({ gate }) => gate === 'stressed_edge');
      return { edge, stressed, track: [...frameOf(outs, 'candidates').rows()][0]?.track };
    };
    // After costs −9.7 basis points of its own, and 0.7 of its kind.
    const lost = await of(0.00003, 0.00107);
    expect(lost).toMatchObject({ edge: { held: false }, stressed: { held: false }, track: 'none' });
    expect(lost.edge?.value).toBeCloseTo(-0.00097, 15);
    expect(lost.edge?.threshold).toBeCloseTo(0.00001, 15);
    expect(lost.stressed?.value).toBeCloseTo(-0.00147, 15);
    // Its own is more, its kind is less: the lesser counts the other way round, too.
    const lucky = await of(0.004, 0.00107);
    expect(lucky).toMatchObject({ edge: { held: true }, stressed: { held: false }, track: 'none' });
    expect(lucky.edge?.value).toBeCloseTo(0.00007, 15);
    expect(await of(0.004, 0.004)).toMatchObject({ track: 'fallback_only' });
    expect(await of(0.001, 0.004)).toMatchObject({ edge: { held: false }, track: 'none' });
  });

  it('a missing value holds no gate, and a value holds one on the side of its bound alone', async () => {
    const rows = [{}, { state: 'S' }, { p: NaN }, { p: NaN, n: 0, gross: NaN, lacks: 'funding' }];
    for (const weight of [1, 0.1, NaN]) {
      const { outs } = await runNode(gates, ins(rows, weight), { gates: standard });
      for (const row of frameOf(outs, 'gates').rows()) {
        const [value, bound] = [Number(row.value ?? NaN), Number(row.threshold)];
        const most = row.gate === 'multiplicity' || row.gate === 'cost_ratio';
        expect([row, row.held]).toEqual([row, most ? value <= bound : value >= bound]);
      }
    }
  });

  it.each<[string, TestRow, string, number]>([
    ['passes', {}, 'standard', 1],
    ['fails by q alone', { p: 0.2 }, 'fallback_only', 1],
    ['one gate of quality lost', { p: 0.2, stable: false }, 'fallback_only', 0.75],
    ['with fewer occurrences', { p: 0.2, n: 99 }, 'none', 1],
    ['with a small t', { p: 0.2, t: 2.4 }, 'none', 1],
    ['with a small edge', { p: 0.2, gross: 0.00109 }, 'none', 0.75],
    ['not tested', { p: NaN, t: NaN }, 'none', 0],
  ])('track of what %s', async (_name, row, track, quality) => {
    expect(await judged(row)).toMatchObject({ track, quality });
  });

  it('what passes only by a bound of its own event says by which', async () => {
    const looser = { overrides: [{ event: 'E', fdr: 0.1, edge_least: -2, stress: 1 }] };
    expect(await judged({ p: 0.08 }, looser)).toMatchObject({
      passed: true,
      override: 'multiplicity',
    });
    expect(await judged({ gross: 0.001 }, looser)).toMatchObject({
      passed: true,
      override: 'edge+stressed_edge',
    });
    expect(await judged({}, looser)).toMatchObject({ passed: true, override: null });
    expect(await judged({ p: 0.2 }, looser)).toMatchObject({ passed: false, override: null });
    expect(await judged({ p: 0.08, event: 'OTHER' }, looser)).toMatchObject({ passed: false });
  });
});
