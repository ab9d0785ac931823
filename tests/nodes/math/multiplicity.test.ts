import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { twoLevel } from '../../../nodes/math/families.js';
import {
  benjaminiHochberg,
  benjaminiYekutieli,
  hochberg,
  holm,
  simes,
  storey,
  twoStage,
} from '../../../nodes/math/multiplicity.js';
import { EVENT_RESEARCH, expectClose, golden } from './golden.js';
import { refused } from './refused.js';

/** The 15 p-values of Benjamini & Hochberg (1995), section 4.1. */
const PAPER = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
  0.6528, 0.759, 1,
];
const atMost = (adjusted: Float64Array) => adjusted.filter((p) => p <= 0.05).length;

describe('the example of Benjamini & Hochberg, first nine adjusted values', () => {
  const nine = (adjusted: Float64Array) => adjusted.subarray(0, 9);
  it.each([
    [
      'BH',
      benjaminiHochberg(PAPER),
      [0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.0638571429, 0.0638571429, 0.0645, 0.0765],
      4,
    ],
    [
      'BY',
      benjaminiYekutieli(PAPER),
      [
        0.0049773435, 0.009954687, 0.0315231754, 0.1182119079, 0.2000892083, 0.2118926229,
        0.2118926229, 0.2140257701, 0.253844518,
      ],
      3,
    ],
    ['Holm', holm(PAPER), [0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.278, 0.278, 0.278, 0.3213], 3],
    [
      'Hochberg',
      hochberg(PAPER),
      [0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.2682, 0.2682, 0.2752, 0.3213],
      3,
    ],
    [
      'Storey',
      storey(PAPER).adjusted,
      [0.0008, 0.0016, 0.0050667, 0.019, 0.03216, 0.0340571, 0.0340571, 0.0344, 0.0408],
      9,
    ],
  ])('%s', (_, adjusted, want, rejected) => {
    expectClose(nine(adjusted), want, { abs: 5e-8 });
    expect(atMost(adjusted)).toBe(rejected);
  });

  it('BKY rejects 8 with 11 nulls', () => {
    const { rejected, nulls } = twoStage(PAPER, 0.05);
    expect(nulls).toBe(11);
    expect(Array.from(rejected)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('Storey finds 8 of 15 nulls', () => {
    expectClose(storey(PAPER).nullShare, 8 / 15, { rel: 1e-15 });
  });
});

describe('order and gaps', () => {
  it('keeps the order of its input', () => {
    expectClose(
      benjaminiHochberg([0.05, 0.01, 0.05, 0.001, 0.2]),
      [0.0625, 0.025, 0.0625, 0.005, 0.2],
      { rel: 1e-14 },
    );
  });
  it('a missing p-value stays missing and does not count', () => {
    const want = [0.05, NaN, 0.05, 0.05, 0.05, 0.05];
    expectClose(benjaminiHochberg([0.01, NaN, 0.02, 0.03, 0.04, 0.05]), want, { rel: 1e-14 });
  });
  it('tests without a p-value count when told', () => {
    expectClose(benjaminiHochberg([0.01, 0.02], { tests: 10 }), [0.1, 0.1], { rel: 1e-14 });
    expectClose(holm([0.01, 0.02], { tests: 10 }), [0.1, 0.18], { rel: 1e-14 });
  });
  it('no p-value at all gives none', () => {
    expectClose(benjaminiHochberg([NaN]), [NaN], {});
    expect(simes([NaN])).toBe(NaN);
    expect(Array.from(twoStage([], 0.1).rejected)).toEqual([]);
  });
  it('everything significant leaves no nulls and rejects all', () => {
    const { rejected, nulls } = twoStage([1e-9, 1e-8], 0.05);
    expect([nulls, ...rejected]).toEqual([0, 1, 1]);
  });
});

describe('goldens', () => {
  it.each(
    golden('event-research', 'bh_fdr')
      .at('cases')
      .list()
      .map((c) => [c.at('label').text(), c] as const),
  )('BH %s', (_, c) => {
    // The file counts a missing p-value as a test that found nothing.
    const p = c
      .at('p')
      .numbers()
      .map((x) => (Number.isNaN(x) ? 1 : x));
    const adjusted = benjaminiHochberg(p);
    expectClose(adjusted, c.at('q').numbers(), EVENT_RESEARCH);
    const reject = c
      .at('reject')
      .list()
      .map((r) => r.value === true);
    expect(Array.from(adjusted, (q) => q <= c.at('alpha').number())).toEqual(reject);
  });

  it.each(
    golden('event-research', 'two_stage_fdr')
      .at('cases')
      .list()
      .map((c) => [c.at('label').text(), c] as const),
  )('two levels %s', (_, c) => {
    const groups = c.at('groups').list();
    const verdicts = twoLevel(
      groups.map((g) => g.at('p').numbers()),
      c.at('alpha').number(),
    );
    expect(verdicts.filter((v) => v.selected)).toHaveLength(c.at('n_selected').number());
    for (const [g, group] of groups.entries()) {
      const got = verdicts[g];
      expectClose(got?.simes ?? NaN, group.at('simes_p').number(), EVENT_RESEARCH);
      expectClose(got?.adjusted ?? NaN, group.at('q_group').number(), EVENT_RESEARCH);
      expectClose(got?.within ?? [], group.at('q_within_bh').numbers(), EVENT_RESEARCH);
      expectClose(got?.tests ?? [], group.at('q_adjusted').numbers(), EVENT_RESEARCH);
      const want = group
        .at('discovery')
        .list()
        .map((d) => (d.value === true ? 1 : 0));
      expect(Array.from(got?.discovered ?? [])).toEqual(want);
    }
  });
});

describe('properties', () => {
  const family = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
    minLength: 1,
    maxLength: 30,
  });

  /** The definition, without sorting: min over tests at least as large of m·p/(how many are at most p). */
  const slowBh = (p: readonly number[]) =>
    p.map((own) =>
      Math.min(
        1,
        ...p.filter((x) => x >= own).map((x) => (p.length * x) / p.filter((y) => y <= x).length),
      ),
    );

  it('BH is its definition', () => {
    fc.assert(
      fc.property(family, (p) => expectClose(benjaminiHochberg(p), slowBh(p), { rel: 1e-13 })),
      { seed: 1, numRuns: 100 },
    );
  });

  it('p ≤ BH ≤ BY, and Hochberg ≤ Holm', () => {
    fc.assert(
      fc.property(family, (p) => {
        const [bh, by, ho, up] = [
          benjaminiHochberg(p),
          benjaminiYekutieli(p),
          holm(p),
          hochberg(p),
        ];
        for (const [i, x] of p.entries()) {
          expect(bh[i]).toBeGreaterThanOrEqual(x * (1 - 1e-15));
          expect(by[i]).toBeGreaterThanOrEqual(bh[i] ?? NaN);
          expect(ho[i]).toBeGreaterThanOrEqual(up[i] ?? NaN);
        }
      }),
      { seed: 2, numRuns: 100 },
    );
  });
});

it.each([
  [
    'a p-value above 1',
    () => benjaminiHochberg([0.5, 1.5]),
    { name: 'p', found: '1.5', must: 'a probability' },
  ],
  [
    'fewer tests than p-values',
    () => holm([0.1, 0.2], { tests: 1 }),
    { name: 'tests', found: '1', must: '2 or more' },
  ],
  ['lambda 1', () => storey([0.1], 1), { name: 'lambda', found: '1', must: 'between 0 and 1' }],
  ['level 0', () => twoStage([0.1], 0), { name: 'q', found: '0', must: 'between 0 and 1' }],
  ['level 1', () => twoLevel([[0.1]], 1), { name: 'q', found: '1', must: 'between 0 and 1' }],
])('refuses %s', (_, work, facts) => {
  expect(refused(work)).toEqual({ code: 'math/out-of-range', facts });
});
