import { log } from '../numeric.js';
import { KnownWindow } from './known-window.js';
import { RescaledRanges } from './rescaled-range.js';

/** Lengths of the segments a window is cut into, where at least two fit. */
const LAGS = [8, 16, 32, 64, 128, 256, 512] as const;
/** Known rows below which there is no estimate. */
export const LEAST_FOR_HURST = 32;

/**
 * Hurst exponent of the last `window` rows by rescaled range: the slope of ln(mean R/S) on ln(length) over segments of 8, 16, …
 * 512 rows, as far as two fit; segments are counted from the oldest row.
 * @param corrected  whether R/S is first divided by what independent normal values show at the same length.
 * @param out        from 0 to 1; NaN below 32 known rows and with fewer than two usable lengths.
 * @see              Hurst (1951), Trans. ASCE 116; Anis & Lloyd (1976), Biometrika 63
 */
export function rollingHurst(
  x: Readonly<Float64Array>,
  window: number,
  corrected: boolean,
  out: Float64Array,
): void {
  const lags = LAGS.filter((lag) => 2 * lag <= Math.min(window, x.length));
  const ranges = lags.map((lag) => new RescaledRanges(x, lag, window));
  const lengths = lags.map((lag) => log(lag));
  const usual = lags.map((lag) => (corrected ? log(expectedRange(lag)) : 0));
  const seen = new KnownWindow(window);
  const line = new Line();
  for (let i = 0; i < x.length; i += 1) {
    seen.move(x, i);
    const first = Math.max(0, i - window + 1);
    line.clear();
    for (let j = 0; j < ranges.length; j += 1) {
      const mean = ranges[j]?.meanOver(first, i + 1) ?? Number.NaN;
      if (mean > 0) line.add(lengths[j] ?? 0, log(mean) - (usual[j] ?? 0));
    }
    const slope = line.slope() + (corrected ? 0.5 : 0);
    out[i] = seen.known < LEAST_FOR_HURST ? Number.NaN : Math.max(0, Math.min(slope, 1));
  }
}

/**
 * Expected R/S of n independent normal values, n even: Γ((n−1)/2) / (√π Γ(n/2)) · Σ √((n − i)/i). At even n the first factor is
 * the product of (j − ½)/j for j below n/2.
 */
export function expectedRange(n: number): number {
  let factor = 1;
  for (let j = 1; j < n / 2; j += 1) factor *= (j - 0.5) / j;
  let total = 0;
  for (let i = 1; i < n; i += 1) total += Math.sqrt((n - i) / i);
  return factor * total;
}

/** A least-squares line through a handful of points. */
class Line {
  readonly #x: number[] = [];
  readonly #y: number[] = [];

  clear(): void {
    this.#x.length = 0;
    this.#y.length = 0;
  }

  add(x: number, y: number): void {
    this.#x.push(x);
    this.#y.push(y);
  }

  /** NaN with fewer than two points. */
  slope(): number {
    const n = this.#x.length;
    if (n < 2) return Number.NaN;
    let [meanX, meanY, together, alone] = [0, 0, 0, 0];
    for (let k = 0; k < n; k += 1) {
      meanX += (this.#x[k] ?? 0) / n;
      meanY += (this.#y[k] ?? 0) / n;
    }
    for (let k = 0; k < n; k += 1) {
      const dx = (this.#x[k] ?? 0) - meanX;
      together += dx * ((this.#y[k] ?? 0) - meanY);
      alone += dx * dx;
    }
    return together / alone;
  }
}
