import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluateUniverse, SHOWN } from '../../../engine/expr/program.js';
import { Frame } from '../../../engine/frame/frame.js';
import { bars, barTable, column, compileAll, listsOf, refusals } from './kit.js';
import {
  type Found,
  type Listed,
  mean,
  median,
  type Of,
  rank,
  slow,
  slowMeanCorr,
  std,
  sum,
  type Universe,
} from './slow-sections.js';

const N = Number.NaN;
const GRID = 40;
const self = barTable(['x'], { sector: column('text') });

function out(text: string, universe: Universe, cut = GRID): Found {
  const { program, problems } = compileAll({ out: text }, { self });
  expect(problems).toEqual([]);
  const bySymbol = Object.entries(universe).map(([id, { from, x, sector }]) => {
    const to = Math.max(0, Math.min(x.length, cut - from));
    const time = { dtype: 'time', values: bars(GRID).slice(from, from + to) } as const;
    const frame = Frame.of({ x: x.slice(0, to), sector: sector.slice(0, to) });
    return [id, { self: frame.with('ts', time) }] as const;
  });
  const found = evaluateUniverse(program, new Map(bySymbol), ['out'], SHOWN);
  return Object.fromEntries([...found].map(([id, frame]) => [id, listsOf(frame).out ?? []]));
}

function same(found: Found, expected: Found, within = 1e-9): void {
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  for (const [id, values] of Object.entries(expected))
    values.forEach((b, row) => {
      const a = found[id]?.[row] ?? null;
      const near =
        typeof a === 'number' && typeof b === 'number'
          ? Math.abs(a - b) <= within * (1 + Math.abs(b))
          : a === b;
      if (!near) throw new Error(`${id} row ${row}: ${a}, not ${b}`);
    });
}

const cell = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -4, max: 4 }) },
  { weight: 1, arbitrary: fc.constant(N) },
  { weight: 1, arbitrary: fc.constantFrom(0.1, 1e9) },
);
const listed: fc.Arbitrary<Listed> = fc
  .record({
    from: fc.constantFrom(0, 0, 3, 9),
    x: fc.array(cell, { minLength: 10, maxLength: 30 }),
    sector: fc.array(fc.constantFrom('a', 'a', 'b', null), { minLength: 30, maxLength: 30 }),
  })
  .map(({ from, x, sector }) => ({ from, x, sector: sector.slice(0, x.length) }));
const universe = fc
  .array(listed, { minLength: 1, maxLength: 5 })
  .map((all): Universe => Object.fromEntries(all.map((one, i) => [`S${i}`, one])));

describe('cross-sections and a slow one', () => {
  const operators: readonly (readonly [name: string, of: Of, options?: string])[] = [
    ['xs_sum', sum],
    ['xs_mean', mean],
    ['xs_min', (v) => Math.min(...v)],
    ['xs_max', (v) => Math.max(...v)],
    ['xs_median', median],
    ['xs_std', (v) => std(v, 1)],
    ['xs_std', (v) => std(v, 0), 'ddof=0'],
  ];
  const ranks: readonly (readonly [string, Of, string?])[] = (
    ['average', 'min', 'max'] as const
  ).map((ties) => ['xs_rank', rank(ties), `ties=${ties}`]);
  const forms = (name: string) =>
    name === 'xs_rank'
      ? [
          [false, 1],
          [false, 3],
        ]
      : [
          [false, 1],
          [true, 1],
          [true, 3],
        ];
  for (const [name, of, options = ''] of [...operators, ...ranks])
    for (const [others, atLeast] of forms(name))
      for (const by of [false, true]) {
        const text = [
          'x',
          ...(others ? ['others=true'] : []),
          ...(by ? ['by=sector'] : []),
          ...(atLeast === 1 ? [] : [`at_least=${Number(atLeast)}`]),
          ...(options === '' ? [] : [options]),
        ].join(', ');
        it(`${name}(${text})`, () => {
          fc.assert(
            fc.property(universe, (u) =>
              same(out(`${name}(${text})`, u), slow(u, of, by, others === true, Number(atLeast))),
            ),
            { numRuns: 10, seed: 51 },
          );
        });
      }

  it('xs_count(x > 0)', () => {
    fc.assert(
      fc.property(universe, (u) =>
        same(
          out('xs_count(x > 0)', u),
          slow(u, (v) => v.filter((a) => a > 0).length, false, false, 1),
        ),
      ),
      { numRuns: 10, seed: 52 },
    );
  });

  for (const [text, others, by] of [
    ['xs_mean_corr(x, 6, min=3)', false, false],
    ['xs_mean_corr(x, 6, min=3, others=true)', true, false],
    ['xs_mean_corr(x, 6, min=3, by=sector)', false, true],
    ['xs_mean_corr(x, 6, min=3, others=true, by=sector)', true, true],
  ] as const)
    it(text, () => {
      fc.assert(
        // Correlations next to a print of 1e9 hang on its last digits.
        fc.property(universe, (u) => same(out(text, u), slowMeanCorr(u, 6, 3, others, by), 1e-5)),
        { numRuns: 15, seed: 53 },
      );
    });
});

describe('cross-sections', () => {
  const formulas = [
    'xs_sum(x)',
    'xs_mean(x, others=true)',
    'xs_median(x, by=sector)',
    'xs_std(x)',
    'xs_rank(x)',
    'xs_zscore(x)',
    'xs_zscore(x, by=sector)',
    'xs_demean(x, by=sector)',
    'xs_mean_corr(x, 5, min=2)',
  ];

  it('know nothing of what comes later', () => {
    fc.assert(
      fc.property(universe, fc.integer({ min: 1, max: 38 }), (u, cut) => {
        for (const text of formulas) {
          const [whole, part] = [out(text, u), out(text, u, cut)];
          for (const [id, values] of Object.entries(part))
            expect(whole[id]?.slice(0, values.length)).toEqual(values);
        }
      }),
      { numRuns: 8, seed: 54 },
    );
  });

  it('permute with the symbols', () => {
    fc.assert(
      fc.property(universe, (u) => {
        const entries = Object.entries(u);
        // The first id becomes the last: only the order in which sums are taken may show.
        const turned = Object.fromEntries(
          entries.map(([id, one]) => [`S${entries.length - Number(id.slice(1))}`, one]),
        );
        for (const text of formulas) {
          const [first, second] = [out(text, u), out(text, turned)];
          const back = Object.fromEntries(
            entries.map(([id]) => [id, second[`S${entries.length - Number(id.slice(1))}`] ?? []]),
          );
          same(back, first, 1e-6);
        }
      }),
      { numRuns: 8, seed: 55 },
    );
  });

  it('of one symbol each', () => {
    const u = Object.fromEntries(
      [1, 2].map((v) => [`S${v}`, { from: 0, x: [v, v], sector: ['a', 'a'] }]),
    );
    expect(out('xs_sum(x, by=symbol)', u)).toEqual({ S1: [1, 1], S2: [2, 2] });
    expect(out("xs_sum(x, by='all')", u)).toEqual({ S1: [3, 3], S2: [3, 3] });
    expect(out('xs_demean(x, by=symbol)', u)).toEqual({ S1: [0, 0], S2: [0, 0] });
  });

  const flat: Universe = Object.fromEntries(
    ['A', 'B', 'C'].map((id) => [id, { from: 0, x: [0.1, 0.3], sector: ['a', 'a'] }]),
  );
  it('of equal values have no spread, and a z-score over them is missing', () => {
    for (const id of ['A', 'B', 'C']) {
      expect(out('xs_std(x)', flat)[id]).toEqual([0, 0]);
      expect(out('xs_mean(x, others=true)', flat)[id]).toEqual([0.1, 0.3]);
      expect(out('xs_zscore(x)', flat)[id]).toEqual([null, null]);
    }
  });

  it('a far print leaves no trace where it is left out', () => {
    const far: Universe = Object.fromEntries(
      [1e17, 1, 2, 3].map((v, i) => [`S${i}`, { from: 0, x: [v], sector: ['a'] }]),
    );
    expect(out('xs_std(x, others=true)', far).S0).toEqual([1]);
    expect(out('xs_sum(x, others=true)', far).S0).toEqual([6]);
  });

  it('refuse what makes no sense', () => {
    const codes = (text: string) => refusals(text).map((p) => p.code);
    expect(codes('xs_mean(name)')).toEqual(['expr/type']);
    expect(codes('xs_mean(x, by=x)')).toEqual(['expr/type']);
    expect(codes('xs_rank(x, others=true)')).toEqual(['expr/unknown-argument']);
    expect(codes('xs_rank(x, ties=first)')).toEqual(['expr/constant-expected']);
    expect(codes('xs_mean_corr(x)')).toEqual(['expr/argument-missing']);
    expect(codes('xs_mean_corr(x, 10, min=20)')).toEqual(['expr/argument']);
  });
});
