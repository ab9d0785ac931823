import { describe, expect, it } from '@jest/globals';
import { rollingPairs } from '../../../../engine/expr/kernels/pairs.js';
import { rollingShape } from '../../../../engine/expr/kernels/shape.js';
import { rollingSorted } from '../../../../engine/expr/kernels/sorted.js';
import { rollingSum } from '../../../../engine/expr/kernels/sum.js';
import { rollingVariance } from '../../../../engine/expr/kernels/variance.js';

const ROWS = 50_000;
const ALL = Number.POSITIVE_INFINITY;
const SHAPE = { order: 4, corrected: false, excess: false } as const;
type Run = (x: Float64Array, anchors: Uint8Array, out: Float64Array) => void;

const KERNELS: Readonly<Record<string, Run>> = {
  sum: (x, anchors, out) => rollingSum(x, ALL, 4, anchors, false, out),
  variance: (x, anchors, out) => rollingVariance(x, ALL, 4, anchors, 1, false, out),
  kurtosis: (x, anchors, out) => rollingShape(x, ALL, 4, anchors, SHAPE, out),
  covariance: (x, anchors, out) => rollingPairs(x, x, ALL, 4, anchors, 'cov', 1, out),
  mean_abs_dev: (x, anchors, out) =>
    rollingSorted(x, ALL, anchors, [{ what: 'meanAbsDev', min: 4 }], [out]),
};

describe('a window of all rows that has overflowed', () => {
  it.each(Object.keys(KERNELS))(
    'is missing from then on, and is not summed anew each row: %s',
    (name) => {
      const x = Float64Array.from({ length: ROWS }, (_, i) => i % 7);
      x.set([1.7e308, -1.7e308, 1.7e308, 1.7e308], 10);
      const anchors = new Uint8Array(ROWS);
      anchors[0] = 1;
      const out = new Float64Array(ROWS);
      KERNELS[name]?.(x, anchors, out);
      expect(out[9]).not.toBeNaN();
      expect(out.subarray(13).every((v) => Number.isNaN(v))).toBe(true);
    },
  );
});
