import { describe, expect, it } from '@jest/globals';
import { run } from '../kit.js';
import { cells, golden, type Numbers } from './kit.js';

interface SeriesFeatures {
  readonly tolerance: { readonly abs: number; readonly rel: number };
  readonly cases: readonly {
    readonly id: string;
    readonly input: {
      readonly returns: Numbers;
      readonly annualisation: number;
      readonly lookback: number;
    };
    readonly expected: Readonly<Record<string, number | null>>;
  }[];
}
type Input = SeriesFeatures['cases'][number]['input'];

/**
 * Factors of a stream of returns as formulas over all rows so far, read at the last row. Entropy, Hurst, Haar turbulence,
 * memory and Ljung–Box have primitives of their own and are tested beside them.
 */
const FACTORS: Readonly<Record<string, (input: Input) => string>> = {
  momentum: ({ annualisation }) => `mean(r, all) * ${annualisation}`,
  annualVol: ({ annualisation }) => `std(r, all) * sqrt(${annualisation})`,
  // The golden adds 1e-9 to the divisor, so that a flat stream has a value; here it is missing (operators.md, section 7).
  stability: ({ annualisation }) => `1 / (std(r, all) * sqrt(${annualisation}))`,
  efficiencyRatio: ({ lookback: n }) => `abs(sum(r, ${n}, min=10)) / sum(abs(r), ${n}, min=10)`,
  absSkew: () => 'abs(skew(r, all))',
  excessKurtosis: () => 'kurtosis(r, all, excess=true)',
  cvar95: () => 'tail_mean(r, 0.05, all, min=21)',
  autocorr1: () => 'autocorr(r, 1, all)',
  volClustering1: () => 'autocorr(abs(r), 1, all)',
  // A path that does not revert has none.
  halfLifeOfCumSum: () =>
    'if(beta(diff(cumsum(r)), lag(cumsum(r), 1), all) < 0, clip(-log(2) / beta(diff(cumsum(r)), lag(cumsum(r), 1), all), 0.5, 500), missing)',
};
const ELSEWHERE = [
  'haarTurbulence',
  'hurstClean',
  'hurstRS',
  'ljungBoxMinP5',
  'memoryDepth',
  'permutationEntropy3',
  'permutationEntropy5',
];

describe('factors of one series (public functions, re-derived)', () => {
  const { tolerance, cases } = golden<SeriesFeatures>('selection-allocation/series-features.json');

  it('are all asked for, here or beside their own operator', () => {
    const names = Object.keys(cases[0]?.expected ?? {}).sort();
    expect(names).toEqual([...Object.keys(FACTORS), ...ELSEWHERE].sort());
  });

  it.each(
    cases.flatMap(({ id, input, expected }) =>
      Object.entries(FACTORS).map(([name, formula]) => ({
        name: `${id} ${name}`,
        call: formula(input),
        returns: input.returns,
        want: expected[name] ?? null,
      })),
    ),
  )('$name: $call', ({ call, returns, want }) => {
    const last = run(call, { r: cells(returns) }).at(-1);
    if (want === null || typeof last !== 'number') expect(last).toBe(want);
    else
      expect(Math.abs(last - want)).toBeLessThanOrEqual(
        tolerance.abs + tolerance.rel * Math.abs(want),
      );
  });
});
