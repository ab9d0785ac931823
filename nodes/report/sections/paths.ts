import type { Frame } from '../../../engine/sdk/index.js';
import type { Point } from '../page/small.js';
import { numberIn, textIn } from './read.js';

/** Two-sided normal quantile of 95 %. */
export const BAND = 1.96;

/** Mean paths by event, each with its band. */
export function eventPaths(paths: Frame | undefined): Paths {
  return pathsBy('event', paths);
}

/** Mean paths of the trades of each candidate. */
export function tradePaths(paths: Frame | undefined): Paths {
  return pathsBy('candidate', paths);
}

type Paths = ReadonlyMap<string, readonly Point[]>;

function pathsBy(group: string, paths: Frame | undefined): Paths {
  const found = new Map<string, Point[]>();
  for (const row of paths?.rows() ?? []) {
    const [mean, error] = [numberIn(row, 'mean') ?? NaN, numberIn(row, 'error') ?? NaN];
    const own = found.get(textIn(row, group)) ?? [];
    found.set(textIn(row, group), own);
    own.push({
      at: numberIn(row, 'bar') ?? NaN,
      mean,
      count: numberIn(row, 'count') ?? 0,
      low: mean - BAND * error,
      high: mean + BAND * error,
    });
  }
  return found;
}
