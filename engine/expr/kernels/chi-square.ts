import { exp } from '../numeric.js';
import { normalCdf } from './normal.js';

const ROOT_PI = 1.7724538509055159;

/**
 * P(X > x) for a chi-square X with a whole number of degrees of freedom: the upper regularised incomplete gamma function,
 * a finite sum at whole and half-whole arguments. All terms are positive, so the far tail keeps its digits (relative error
 * about 1e-12).
 * @see DLMF 8.4.7 to 8.4.11
 */
export function chiSquareTail(x: number, degrees: number): number {
  if (!(x > 0)) return x <= 0 ? 1 : Number.NaN;
  const half = x / 2;
  const odd = degrees % 2 === 1;
  let term = odd ? Math.sqrt(half) / (ROOT_PI / 2) : 1;
  let sum = 0;
  for (let k = odd ? 3 : 2; k <= degrees; k += 2) {
    sum += term;
    term *= half / (k / 2);
  }
  const rest = exp(-half) * sum;
  return odd ? 2 * normalCdf(-Math.sqrt(x)) + rest : rest;
}
