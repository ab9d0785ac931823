import type { Constants } from '../../constants.js';
import type { ConstantArg } from '../../op.js';
import { pure } from '../shared.js';

/** The window of a statistic: rows, or `all` so far. */
export const window: ConstantArg = { name: 'window', is: 'rows', least: 2, all: true };

/** Most lags a regression or a test may have. */
export const MOST_LAGS = 100;

/**
 * What the statistics of this family share: a pure number from a window, known from a number of rows on that the other
 * arguments decide.
 * @param least  rows without a gap that are needed.
 * @param why    what needs them, as in "3 lags".
 */
export function knownFrom(least: (c: Constants) => number, why: (c: Constants) => string) {
  const all = (c: Constants): boolean => c.number('window') === Number.POSITIVE_INFINITY;
  return {
    gives: 'number' as const,
    unit: pure,
    holes: 'make' as const,
    reach: (c: Constants): number => (all(c) ? least(c) : c.number('window')) - 1,
    warmup: (c: Constants): number => least(c) - 1,
    kind: (c: Constants) => (all(c) ? ('expanding' as const) : ('finite' as const)),
    fills: (c: Constants): boolean => least(c) < c.number('window'),
    check: (c: Constants): string | undefined =>
      least(c) > c.number('window')
        ? `${why(c)} need ${least(c)} rows, and the window has ${c.number('window')}, so it would never be known`
        : undefined,
    costly: true as const,
    commutes: true as const,
  };
}
