import type { Constants } from '../../constants.js';
import { knownFrom } from './window.js';

const LEAST_ROWS = 20;

/** Rows without a gap that a unit-root test waits for: 20, or as many as leave its regression two to spare. */
export function leastForUnitRoot(c: Constants): number {
  return Math.max(LEAST_ROWS, 2 * c.number('lags') + 5);
}

/** What unit-root tests share. */
export const unitRoot = knownFrom(
  leastForUnitRoot,
  (c) => `a test and its ${c.number('lags')} lags`,
);
