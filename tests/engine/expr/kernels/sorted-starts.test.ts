import { describe, expect, it } from '@jest/globals';
import { rollingSorted, type SortedRequest } from '../../../../engine/expr/kernels/sorted.js';
import { uniform } from '../../../bench/expr/bars.js';

const ROWS = 30_000;
const ANCHOR = 288;
const STARTS = [1, 517, 5000, 12_345];

const REQUESTS: readonly SortedRequest[] = [
  { what: 'meanAbsDev', min: 1 },
  { what: 'tailMean', q: 0.1, min: 1 },
  { what: 'tailMean', q: 0.9, min: 1 },
  { what: 'mad', min: 1 },
  { what: 'quantile', q: 0.3, min: 1 },
];

/** Prices that now and then stand still or are missing for longer than a window, across anchors. */
function restless(): Float64Array {
  const draw = uniform(11);
  const x = new Float64Array(ROWS);
  let [level, still, gone] = [1e5, 0, 0];
  for (let i = 0; i < ROWS; i += 1) {
    if (still === 0 && gone === 0 && draw() < 0.002) still = Math.floor(900 * draw());
    if (still === 0 && gone === 0 && draw() < 0.002) gone = Math.floor(900 * draw());
    if (still === 0) level *= 1 + 0.002 * (draw() - 0.5);
    x[i] = gone > 0 ? Number.NaN : level;
    still = Math.max(0, still - 1);
    gone = Math.max(0, gone - 1);
  }
  return x;
}

describe('statistics of a sorted window do not know where the data start', () => {
  const x = restless();
  const anchors = new Uint8Array(ROWS).map((_, i) => (i % ANCHOR === 0 ? 1 : 0));
  const run = (from: number, window: number): readonly Float64Array[] => {
    const outs = REQUESTS.map(() => new Float64Array(ROWS - from));
    rollingSorted(x.subarray(from), window, anchors.subarray(from), REQUESTS, outs);
    return outs;
  };

  it.each([20, 96, 576])('over %i rows', (window) => {
    const whole = run(0, window);
    for (const from of STARTS) {
      // From the first anchor with a full window on, to the bit.
      const settled = Math.ceil((from + window) / ANCHOR) * ANCHOR;
      run(from, window).forEach((own, r) => {
        const differ = [...own.keys()].filter(
          (i) => i + from >= settled && !Object.is(own[i], whole[r]?.[i + from]),
        );
        expect({ from, what: REQUESTS[r], differ: differ.slice(0, 3) }).toMatchObject({
          differ: [],
        });
      });
    }
  });
});
