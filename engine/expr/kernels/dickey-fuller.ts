/** What is left of a sum of squares below this share is rounding: a perfect fit, or regressors that say the same. */
const LEAST_REST = 1e-10;

/** Squared relative error that rounding can leave in a level. */
export const ROUNDING = 1e-28;

/**
 * Where what makes up the regression stands in an array that holds the changes of a series and its levels, each from its own
 * place on, for row 0: lagged changes, lagged level, change.
 */
export function regressors(lags: number, changes: number, levels: number): readonly number[] {
  const lagged = Array.from({ length: lags }, (_, k) => changes - k - 1);
  return [...lagged, levels - 1, changes];
}

/**
 * The t of the level in a regression of changes on lagged changes and the lagged level, from the (symmetric) products of
 * these: lagged changes first, then the level, then the change itself. Elimination leaves for the last two what the
 * lagged changes do not explain.
 */
export class DickeyFuller {
  /** Lower triangle, row by row; gone with the call of `t`. */
  readonly products: Float64Array;
  readonly #whole: Float64Array;

  /** @param lags  lagged changes, 0 or more. */
  constructor(readonly lags: number) {
    this.products = new Float64Array(this.size * this.size);
    this.#whole = new Float64Array(this.size);
  }

  get size(): number {
    return this.lags + 2;
  }

  /**
   * @param freedom   rows less coefficients.
   * @param rounding  a sum of squares that rounding of the levels alone can make.
   * @returns         NaN where the fit is perfect, the regressors say the same, or there is no freedom.
   */
  t(freedom: number, rounding: number): number {
    const { size } = this;
    for (let i = 0; i < size; i += 1) this.#whole[i] = this.products[i * size + i] ?? 0;
    for (let k = 0; k < size - 2; k += 1) if (!this.#eliminate(k, rounding)) return Number.NaN;
    const level = this.products[(size - 2) * size + size - 2] ?? 0;
    const both = this.products[(size - 1) * size + size - 2] ?? 0;
    const change = this.products[(size - 1) * size + size - 1] ?? 0;
    const rest = change - (both * both) / level;
    const sound = this.#sound(size - 2, level, rounding) && this.#sound(size - 1, rest, rounding);
    return sound && freedom > 0
      ? (both / Math.sqrt(level) / Math.sqrt(rest)) * Math.sqrt(freedom)
      : Number.NaN;
  }

  #eliminate(k: number, rounding: number): boolean {
    const { size } = this;
    const a = this.products;
    const pivot = a[k * size + k] ?? 0;
    if (!this.#sound(k, pivot, rounding)) return false;
    for (let i = k + 1; i < size; i += 1) {
      const share = (a[i * size + k] ?? 0) / pivot;
      for (let j = k + 1; j <= i; j += 1)
        a[i * size + j] = (a[i * size + j] ?? 0) - share * (a[j * size + k] ?? 0);
    }
    return true;
  }

  #sound(i: number, rest: number, rounding: number): boolean {
    return rest > Math.max(LEAST_REST * (this.#whole[i] ?? 0), rounding);
  }
}
