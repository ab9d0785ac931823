import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { liquidityScore } from '../../../nodes/math/liquidity.js';
import { type Factor, logMps } from '../../../nodes/math/log-mps.js';
import { type ProbabilityMap, probabilities } from '../../../nodes/math/probability.js';
import { seriesFeatures } from '../../../nodes/math/series.js';
import { expectClose, type Golden, golden, toleranceOf } from './golden.js';
import { refused } from './refused.js';

const AREA = 'selection-allocation';
const casesOf = (name: string) => {
  const file = golden(AREA, name);
  return file
    .at('cases')
    .list()
    .map((c) => [c.at('id').text(), c, toleranceOf(file)] as const);
};
const MAPS: readonly ProbabilityMap[] = [
  'rank',
  'rank_desc',
  'cdf',
  'unit',
  'zscore',
  'logistic',
  'minmax',
];
const mapOf = (name: string): ProbabilityMap => {
  const found = MAPS.find((m) => m === name);
  if (found === undefined) throw new Error(`no map ${name}`);
  return found;
};

it.each(casesOf('series-features'))('series %s', (_, c, tolerance) => {
  const input = c.at('input');
  const got = seriesFeatures(input.at('returns').numbers(), {
    barsPerYear: input.at('annualisation').number(),
    lookback: input.at('lookback').number(),
  });
  const named: Readonly<Record<string, number>> = {
    momentum: got.momentum,
    annualVol: got.annualVolatility,
    stability: got.stability,
    permutationEntropy3: got.entropy3,
    permutationEntropy5: got.entropy5,
    efficiencyRatio: got.efficiency,
    hurstRS: got.hurst,
    hurstClean: got.hurstClean,
    absSkew: got.absSkew,
    excessKurtosis: got.excessKurtosis,
    cvar95: got.cvar95,
    autocorr1: got.autocorrelation1,
    memoryDepth: got.memoryDepth,
    halfLifeOfCumSum: got.halfLife,
    haarTurbulence: got.turbulence,
    volClustering1: got.volatilityClustering,
    ljungBoxMinP5: got.ljungBox,
  };
  const want = c.at('expected');
  expect(Object.keys(named).sort()).toEqual(want.keys().sort());
  for (const key of want.keys())
    expectClose(named[key] ?? NaN, want.at(key).number(), tolerance, key);
});

it.each(casesOf('probability-mapping'))('probabilities %s', (_, c, tolerance) => {
  const values = c.at('input', 'values').numbers();
  const sigma = c.at('input', 'sigma').number();
  for (const map of c.at('expected').keys()) {
    const want = c.at('expected', map).numbers();
    expectClose(probabilities(values, mapOf(map), sigma), want, tolerance, map);
  }
});

function factorsOf(input: Golden): Factor[] {
  return input
    .at('factors')
    .keys()
    .map((name) => ({
      name,
      values: input.at('factors', name).numbers(),
      weight: input.at('weights', name).number(),
      map: mapOf(input.at('methods', name).text()),
    }));
}

it.each([...casesOf('log-mps-v34'), ...casesOf('log-mps-v4')])(
  'conviction %s',
  (_, c, tolerance) => {
    const input = c.at('input');
    const want = c.at('expected');
    const fragile = input.has('fragility');
    const rule = fragile
      ? { missing: 0.5, fragility: input.at('fragility').numbers() }
      : { missing: 0.01 };
    const got = logMps(factorsOf(input), rule);
    for (const name of want.at('probabilities').keys()) {
      const p = got.probabilities.get(name) ?? [];
      expectClose(p, want.at('probabilities', name).numbers(), tolerance, name);
    }
    if (fragile) expectClose(got.penalty, want.at('fragilityPenalty').numbers(), tolerance);
    expectClose(got.logScore, want.at('logScore').numbers(), tolerance);
    expectClose(got.score, want.at('score').numbers(), tolerance);
    const ids = input
      .at('ids')
      .list()
      .map((id) => id.text());
    const order = Array.from(got.order, (i) => ids[i]);
    expect(order).toEqual(
      want
        .at('order')
        .list()
        .map((id) => id.text()),
    );
  },
);

it.each(casesOf('liquidity-score'))('liquidity %s', (_, c, tolerance) => {
  const got = c
    .at('input', 'rows')
    .list()
    .map((row) =>
      liquidityScore(
        row.at('value_traded').number(),
        row.at('market').text() === 'CRYPTO' ? 1e7 : 5e8,
      ),
    );
  expectClose(got, c.at('expected', 'liquidity').numbers(), tolerance);
});

describe('probability maps at their edges', () => {
  it.each<[string, number[], ProbabilityMap, number[]]>([
    ['a constant', [2, 2, 2], 'rank', [0.505, 0.505, 0.505]],
    ['a constant', [2, 2, 2], 'cdf', [0.5, 0.5, 0.5]],
    ['a constant', [2, 2], 'minmax', [0.5, 0.5]],
    ['a constant', [2, 2], 'zscore', [0.5, 0.5]],
    ['one value', [7], 'rank', [1]],
    ['one value', [7], 'rank_desc', [1]],
    ['one value', [7], 'logistic', [0.5]],
    ['a gap ranks last', [1, NaN, 3], 'rank', [0.2575, 0.2575, 1]],
    ['a gap ranks last', [1, NaN, 3], 'rank_desc', [1, 0.2575, 0.2575]],
    ['a gap stays', [0.2, NaN, 0.4], 'cdf', [0.2, NaN, 0.4]],
    ['a gap stays', [1, NaN, 3], 'minmax', [0, NaN, 1]],
    ['nothing known', [NaN, NaN], 'rank', [NaN, NaN]],
    ['a declared probability', [0, 0.4, 1.2], 'unit', [0.001, 0.4, 1]],
  ])('%s: %p by %s', (_, values, map, want) => {
    expectClose(probabilities(values, map), want, { abs: 1e-12 });
  });

  it('every map keeps the order of what it maps', () => {
    const values = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), {
      minLength: 2,
      maxLength: 20,
    });
    fc.assert(
      fc.property(
        values,
        fc.constantFrom<ProbabilityMap[]>('rank', 'cdf', 'zscore', 'logistic', 'minmax'),
        (x, map) => {
          const p = probabilities(x, map);
          for (const [i, a] of x.entries()) {
            for (const [j, b] of x.entries()) {
              if (a < b) expect(p[i]).toBeLessThanOrEqual(p[j] ?? NaN);
            }
          }
        },
      ),
      { seed: 1, numRuns: 100 },
    );
  });
});

describe('conviction at its edges', () => {
  const factor = (
    name: string,
    values: number[],
    map: ProbabilityMap = 'unit',
    weight = 1,
  ): Factor => ({ name, values, map, weight });

  it('is the product of powers', () => {
    const { score } = logMps([factor('a', [0.5, 0.2]), factor('b', [0.25, 1], 'unit', 2)], {
      missing: 0.01,
    });
    expectClose(score, [0.5 * 0.0625, 0.2], { rel: 1e-14 });
  });
  it('a missing value counts as told, in the score and in the record', () => {
    const { score, probabilities: p } = logMps([factor('a', [NaN, 1])], { missing: 0.01 });
    expectClose(score, [0.01, 1], { rel: 1e-14 });
    expectClose(p.get('a') ?? [], [0.01, 1], {});
  });
  it('a factor nobody has is dropped and named', () => {
    const got = logMps([factor('gone', [NaN, NaN]), factor('a', [0.5, 1])], { missing: 0.01 });
    expect([got.dropped, Array.from(got.score), [...got.probabilities.keys()]]).toEqual([
      ['gone'],
      [0.5, 1],
      ['a'],
    ]);
  });
  it('equal scores keep their order', () => {
    expect(
      Array.from(logMps([factor('a', [0.5, 0.9, 0.5, 0.9])], { missing: 0.01 }).order),
    ).toEqual([1, 3, 0, 2]);
  });
  it('both scorers agree where they have the same factors and nobody is fragile', () => {
    const factors = [
      factor('momentum', [0.3, -0.1, 0.2], 'rank', 1.7),
      factor('survival', [0.9, 0.8, 1], 'cdf'),
    ];
    const [v34, v4] = [
      logMps(factors, { missing: 0.5, fragility: [0, 0, 0] }),
      logMps(factors, { missing: 0.01 }),
    ];
    expectClose(v34.logScore, v4.logScore, {});
  });
  it.each([
    [
      'factors of other lengths',
      () => logMps([factor('a', [1]), factor('b', [1, 1])], { missing: 0.1 }),
      'math/sizes-differ',
    ],
    [
      'a negative weight',
      () => logMps([factor('a', [1], 'unit', -1)], { missing: 0.1 }),
      'math/out-of-range',
    ],
    [
      'a negative fragility',
      () => logMps([factor('a', [1])], { missing: 0.1, fragility: [-1] }),
      'math/out-of-range',
    ],
    ['sigma 0', () => probabilities([1, 2], 'zscore', 0), 'math/out-of-range'],
    ['a baseline of 0', () => liquidityScore(1, 0), 'math/out-of-range'],
    ['negative trading', () => liquidityScore(-1, 1), 'math/out-of-range'],
  ])('refuses %s', (_, work, code) => expect(refused(work).code).toBe(code));
  it('no trading reported is no liquidity', () => expect(liquidityScore(NaN, 1e7)).toBe(0));
});
