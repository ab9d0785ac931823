import type { Vector } from './vector.js';

/** Out-of-sample windows joined into one series. */
export interface Stitched {
  /** All returns in order; those of windows after ruin are 0. */
  readonly returns: Float64Array;
  /** Compounded return of each window; 0 for those after ruin. */
  readonly windows: Float64Array;
  /** The window in which equity reached 0; undefined if it never did. */
  readonly ruinedIn: number | undefined;
}

/**
 * Concatenate windows so that figures are computed once, over the whole. A window that loses everything is the last that
 * counts: all after it are 0. Inside it returns stay as the simulation gave them.
 * @param windows  consecutive, not overlapping; a missing return leaves equity as it was
 */
export function stitch(windows: readonly Vector[]): Stitched {
  const growth = windows.map(compound);
  const at = growth.findIndex((r) => r <= -1);
  const counts = (k: number) => at < 0 || k <= at;
  return {
    returns: Float64Array.from(
      windows.flatMap((window, k) => Array.from(window, (r) => (counts(k) ? r : 0))),
    ),
    windows: Float64Array.from(growth, (r, k) => (counts(k) ? r : 0)),
    ruinedIn: at < 0 ? undefined : at,
  };
}

/** Π(1 + r) − 1, −1 for good once everything is lost. */
function compound(window: Vector): number {
  let equity = 1;
  for (let t = 0; t < window.length && equity > 0; t++) {
    const r = window[t] ?? NaN;
    if (!Number.isNaN(r)) equity *= 1 + Math.max(r, -1);
  }
  return equity - 1;
}
