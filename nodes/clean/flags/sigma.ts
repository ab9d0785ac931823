import { MAD_TO_SIGMA } from '../../math/mad.js';
import { SortedWindow } from '../../math/sorted-window.js';

/** What counts as usual: the bars before, a week of them, of which a day's worth must be there. */
export const WINDOW = 2016;
export const LEAST = 288;

/**
 * 1.4826·MAD of the {@link WINDOW} values before each row; the row itself is not in its own window. Missing where fewer than
 * {@link LEAST} of them are there, and where more than half of them are equal: nothing then says what is usual.
 */
export function usualSize(values: Readonly<Float64Array>): Float64Array {
  const sigma = new Float64Array(values.length).fill(Number.NaN);
  const sorted = new SortedWindow(WINDOW + 1);
  for (let row = 1; row < values.length; row++) {
    const entering = values[row - 1] ?? Number.NaN;
    const leaving = values[row - 1 - WINDOW] ?? Number.NaN;
    sorted.slide(leaving, entering);
    if (sorted.size < LEAST) continue;
    const scale = MAD_TO_SIGMA * sorted.medianDistance(sorted.median());
    if (scale > 0) sigma[row] = scale;
  }
  return sigma;
}
