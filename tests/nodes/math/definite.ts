import fc from 'fast-check';
import { sampleCovariance } from '../../../nodes/math/covariance.js';
import { factorMatrix } from './sample.js';

/** A positive definite matrix of a few assets. */
export const definite = fc
  .tuple(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 8 }))
  .map(([seed, n]) => {
    const x = factorMatrix(
      seed,
      3 * n + 4,
      0,
      Array.from({ length: n }, (_, i) => 1 + i),
      0.4,
    );
    return sampleCovariance(x);
  });
