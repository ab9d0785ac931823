import { normalCdf } from './normal.js';

/** Where the distribution of a unit-root t begins and ends, and Φ⁻¹ of it as polynomials on both sides of `turn`. */
interface Surface {
  readonly least: number;
  readonly turn: number;
  readonly most: number;
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** With a constant, for one series (Dickey–Fuller) and for the residuals of two (Engle–Granger). */
const SURFACES: Readonly<Record<1 | 2, Surface>> = {
  1: {
    least: -18.83,
    turn: -1.61,
    most: 2.74,
    left: [2.1659, 1.4412, 0.038269],
    right: [1.7339, 0.93202, -0.12745, -0.010368],
  },
  2: {
    least: -18.86,
    turn: -2.62,
    most: 0.92,
    left: [2.92, 1.5012, 0.039796],
    right: [2.1945, 0.64695, -0.29198, -0.042377],
  },
};

/**
 * Asymptotic p-value of a unit-root t statistic in a regression with a constant; 0 and 1 beyond the ends of the surface.
 * @param series  1 for a series, 2 for the residuals of one regressed on another.
 * @see MacKinnon (1994), Approximate asymptotic distribution functions for unit-root and cointegration tests, J. Business &
 *      Economic Statistics 12, table 3; coefficients as updated in 2010
 */
export function unitRootP(t: number, series: 1 | 2): number {
  if (Number.isNaN(t)) return Number.NaN;
  const { least, turn, most, left, right } = SURFACES[series];
  if (t > most) return 1;
  if (t < least) return 0;
  const terms = t <= turn ? left : right;
  let z = 0;
  for (let k = terms.length - 1; k >= 0; k -= 1) z = z * t + (terms[k] ?? 0);
  return normalCdf(z);
}
