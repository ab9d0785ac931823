import type { Frame } from '../../../engine/sdk/index.js';
import type { Point } from '../page/small.js';
import { numberIn, textIn } from './read.js';

/** Two-sided normal quantile of 95 %. */
export const BAND = 1.96;

/** Mean paths by event, each with its band. */
export function eventPaths(paths: Frame | undefined): ReadonlyMap<string, readonly Point[]> {
  const found = new Map<string, Point[]>();
  for (const row of paths?.rows() ?? []) {
    const [mean, error] = [numberIn(row, 'mean') ?? NaN, numberIn(row, 'error') ?? NaN];
    const own = found.get(textIn(row, 'event')) ?? [];
    found.set(textIn(row, 'event'), own);
    own.push({
      at: numberIn(row, 'bar') ?? NaN,
      mean,
      low: mean - BAND * error,
      high: mean + BAND * error,
    });
  }
  return found;
}
