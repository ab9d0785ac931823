import { describe, expect, it } from '@jest/globals';
import { golden } from '../golden/kit.js';
import { run } from '../kit.js';

interface SeriesFeatures {
  readonly tolerance: { readonly abs: number; readonly rel: number };
  readonly cases: readonly {
    readonly id: string;
    readonly input: { readonly returns: readonly number[]; readonly lookback: number };
    readonly expected: Readonly<Record<string, number | null>>;
  }[];
}
const { tolerance, cases } = golden<SeriesFeatures>('selection-allocation/series-features.json');

/**
 * Whole-sample statistics of the golden file as the last row of an operator; W is the number of returns, K the lookback that
 * entropies see. On these series the definitions coincide. They differ where a series is flat (the golden rules give an entropy of
 * 0 and a memory of 0, the operators nothing), where a row is missing (lags count rows here, known values there), and for
 * Hurst where fewer than two segment lengths fit (½ by rule there, nothing here).
 */
const SAME: Readonly<Record<string, string>> = {
  permutationEntropy3: 'permutation_entropy(r, K)',
  permutationEntropy5: 'permutation_entropy(r, K, order=5)',
  hurstRS: 'hurst(r, all, corrected=false)',
  hurstClean: '1 - 2 * abs(hurst(r, W, corrected=false) - 0.5)',
  haarTurbulence: 'haar_energy(r, W)',
  ljungBoxMinP5: 'ljung_box_p(r, 5, all)',
  memoryDepth: 'memory(r, window=W)',
};

describe('the last row of an operator is the statistic of the whole series', () => {
  for (const { id, input, expected } of cases) {
    const { returns: r, lookback } = input;
    for (const [name, text] of Object.entries(SAME)) {
      const call = text
        .replace('W', String(r.length))
        .replace('K', String(Math.min(lookback, r.length)));
      it(`${id}: ${call}`, () => {
        const found = run(call, { r }).at(-1);
        const value = expected[name] ?? NaN;
        const { abs, rel } = tolerance;
        expect(Math.abs(Number(found) - value)).toBeLessThanOrEqual(abs + rel * Math.abs(value));
      });
    }
  }
});
