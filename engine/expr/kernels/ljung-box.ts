import { chiSquareTail } from './chi-square.js';
import { LagProducts } from './lag-products.js';

/**
 * The least p-value of the Ljung–Box tests with 1, 2, … `lags` lags over a rolling window. Each lag weighs by the pairs it
 * has, which are n − k where no row is missing.
 * @param least  known rows that are needed.
 * @param out    NaN with fewer, and where the window is flat.
 * @see          Ljung & Box (1978), Biometrika 65; Stoffer & Toloi (1992), Statistics & Probability Letters 13, for missing rows
 */
export function rollingLjungBox(
  x: Readonly<Float64Array>,
  {
    lags,
    window,
    least,
  }: { readonly lags: number; readonly window: number; readonly least: number },
  anchors: Readonly<Uint8Array>,
  out: Float64Array,
): void {
  const sums = new LagProducts(x, lags, window, anchors);
  for (let i = 0; i < x.length; i += 1) {
    sums.next();
    out[i] = sums.known < least || sums.flat ? Number.NaN : leastP(sums, lags);
  }
}

function leastP(sums: LagProducts, lags: number): number {
  const n = sums.known;
  const squares = sums.squares();
  let statistic = 0;
  let least = 1;
  for (let k = 1; k <= lags; k += 1) {
    const pairs = sums.pairs(k);
    const rho = sums.products(k) / squares;
    if (pairs > 0) statistic += (n * (n + 2) * rho * rho) / pairs;
    const p = chiSquareTail(statistic, k);
    if (!(p >= least)) least = p;
  }
  return least;
}
