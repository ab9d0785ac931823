import { expect, it } from '@jest/globals';
import { normalQuantile } from '../../../../engine/expr/kernels/normal.js';
import { uniform } from '../../../bench/expr/bars.js';
import { run } from '../kit.js';

it('what is remembered of a quantile is what it would be anew, to the bit', () => {
  const next = uniform(5);
  // Twice as many values as are remembered push each other out, a third of them come again at once, and some have none.
  const p = Float64Array.from({ length: 40_000 }, () => Math.floor(next() * 16_384) / 16_000);
  for (let i = 2; i < p.length; i += 3) p[i] = p[i - 1] ?? 0;
  const expected = Array.from(p, (v) => (v > 0 && v < 1 ? normalQuantile(v) : null));
  expect(run('normal_quantile(x)', { x: p })).toEqual(expected);
});
