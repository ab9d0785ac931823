import { inRange, sameSize, wholeAtLeast } from './guard.js';
import type { Interval } from './splits.js';
import { deviation, mean } from './sum.js';
import type { Vector } from './vector.js';

/** How steady the outcomes of one rule are. */
export interface Stability {
  /** Share of the sub-periods whose mean has the sign of the whole; one without an outcome has no sign. NaN without any outcome. */
  readonly consistency: number;
  /** Consistency times |mean| over the standard deviation; NaN for outcomes that do not differ. */
  readonly score: number;
}

/**
 * Cut a window into sub-periods of equal length and see how many of them agree with the whole.
 * @param times   of each outcome, UTC milliseconds, inside the window
 * @throws        math/sizes-differ, math/out-of-range
 */
export function stability(
  outcomes: Vector,
  times: Vector,
  window: Interval,
  periods: number,
): Stability {
  sameSize('outcomes and their times', outcomes.length, times.length);
  wholeAtLeast('periods', periods, 1);
  const length = (window.to - window.from) / periods;
  inRange('window', length, length > 0, 'longer than nothing');
  const parts = Array.from({ length: periods }, (): number[] => []);
  for (let i = 0; i < outcomes.length; i++) {
    const period = Math.floor(((times[i] ?? NaN) - window.from) / length);
    parts[period]?.push(outcomes[i] ?? NaN);
  }
  const whole = mean(outcomes);
  const agree = parts.filter((part) => Math.sign(mean(part)) === Math.sign(whole)).length;
  const consistency = Number.isNaN(whole) ? NaN : agree / periods;
  const spread = deviation(outcomes);
  return { consistency, score: spread > 0 ? (consistency * Math.abs(whole)) / spread : NaN };
}
