import { logGamma } from './gamma.js';
import { present } from './missing.js';
import type { Vector } from './vector.js';

const LEAST = 32;
const LAGS = [8, 16, 32, 64, 128, 256, 512] as const;
const SHORT_LAGS = [10, 15, 20, 25] as const;

/** A Hurst exponent by rescaled range. */
export interface Hurst {
  /** As estimated, from 0 to 1: white noise scores about 0.6 on a hundred values. NaN below 32 values. */
  readonly raw: number;
  /** Less what independent values would show at the same lags: 0.5 means a random walk. */
  readonly corrected: number;
  /** False when fewer than two lags could be used: both are then 0.5 by rule, not by evidence. */
  readonly estimated: boolean;
}

/**
 * Hurst exponent of returns: the slope of ln(mean R/S) on ln(lag), for lags 8, 16, … 512 up to half the length, or
 * 10, 15, 20, 25 when fewer than two of those fit. Gaps inside a segment are skipped.
 * @see Hurst (1951), Trans. ASCE 116; Anis & Lloyd (1976), Biometrika 63, for the correction
 */
export function hurst(returns: Vector): Hurst {
  if (present(returns).length < LEAST) return { raw: NaN, corrected: NaN, estimated: false };
  const half = Math.floor(returns.length / 2);
  const long = LAGS.filter((lag) => lag <= half);
  const lags = long.length >= 2 ? long : SHORT_LAGS.filter((lag) => lag <= half);
  const points = lags
    .map((lag) => ({ lag, ratio: meanRescaledRange(returns, lag) }))
    .filter(({ ratio }) => ratio > 0);
  if (points.length < 2) return { raw: 0.5, corrected: 0.5, estimated: false };
  const x = points.map(({ lag }) => Math.log(lag));
  const y = points.map(({ ratio }) => Math.log(ratio));
  const excess = points.map(({ lag, ratio }) => Math.log(ratio) - Math.log(expectedRange(lag)));
  const clip = (h: number) => Math.max(0, Math.min(h, 1));
  return { raw: clip(slope(x, y)), corrected: clip(0.5 + slope(x, excess)), estimated: true };
}

/** Average of range over deviation of the leading whole segments; NaN when none has any spread. */
function meanRescaledRange(returns: Vector, lag: number): number {
  let total = 0;
  let count = 0;
  for (let start = 0; start + lag <= returns.length; start += lag) {
    const ratio = rescaledRange(returns, start, start + lag);
    if (Number.isNaN(ratio)) continue;
    total += ratio;
    count++;
  }
  return count > 0 ? total / count : NaN;
}

function rescaledRange(returns: Vector, from: number, to: number): number {
  const kept = present(
    Float64Array.from({ length: to - from }, (_, k) => returns[from + k] ?? NaN),
  );
  if (kept.length < 2) return NaN;
  const mean = kept.reduce((sum, r) => sum + r, 0) / kept.length;
  let [sum, low, high, squares] = [0, Infinity, -Infinity, 0];
  for (const r of kept) {
    sum += r - mean;
    squares += (r - mean) * (r - mean);
    low = Math.min(low, sum);
    high = Math.max(high, sum);
  }
  const deviation = Math.sqrt(squares / kept.length);
  return deviation > 1e-12 ? (high - low) / deviation : NaN;
}

/** Expected R/S of n independent normal values: Γ((n−1)/2)/(√π·Γ(n/2)) · Σ √((n − i)/i). */
function expectedRange(n: number): number {
  let total = 0;
  for (let i = 1; i < n; i++) total += Math.sqrt((n - i) / i);
  return (Math.exp(logGamma((n - 1) / 2) - logGamma(n / 2)) / Math.sqrt(Math.PI)) * total;
}

/** Least-squares slope of y on x. */
function slope(x: readonly number[], y: readonly number[]): number {
  const meanX = x.reduce((s, v) => s + v, 0) / x.length;
  const meanY = y.reduce((s, v) => s + v, 0) / y.length;
  let [together, alone] = [0, 0];
  for (const [i, v] of x.entries()) {
    together += (v - meanX) * ((y[i] ?? NaN) - meanY);
    alone += (v - meanX) * (v - meanX);
  }
  return together / alone;
}
