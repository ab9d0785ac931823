import { LagProducts } from './lag-products.js';

/** How a window is read. */
export interface MemoryWindow {
  /** Rows; Infinity for all so far. */
  readonly window: number;
  /** Correlation that counts as memory only above this. */
  readonly floor: number;
  /** Lags that are tried. */
  readonly most: number;
  /** Known rows that are needed. */
  readonly least: number;
}

/**
 * How many leading lags of a rolling window have an autocorrelation above the floor, each lag over the pairs of rows that
 * are both known; a lag without a correlation ends the count.
 * @param out  NaN with too few known rows, and where the window is flat.
 */
export function rollingMemory(
  x: Readonly<Float64Array>,
  { window, floor, most, least }: MemoryWindow,
  anchors: Readonly<Uint8Array>,
  out: Float64Array,
): void {
  const sums = new LagProducts(x, most, window, anchors);
  for (let i = 0; i < x.length; i += 1) {
    sums.next();
    let lags = 0;
    const known = sums.known >= least && !sums.flat;
    while (known && lags < most && sums.correlation(lags + 1) > floor) lags += 1;
    out[i] = known ? lags : Number.NaN;
  }
}
