import type { Vector } from './vector.js';

/** The first index whose value is at least `least`; the length when there is none. `values` ascend. */
export function lowerBound(values: Vector, least: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? NaN) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index at which exactly this value stands; −1 when none does. `values` ascend, none twice. */
export function indexOfValue(values: Vector, value: number): number {
  return locator(values)(value);
}

/** `indexOfValue` for many values. */
export function locator(values: Vector): (value: number) => number {
  const [first, last] = [values[0] ?? NaN, values[values.length - 1] ?? NaN];
  const slope = (values.length - 1) / (last - first);
  return (value) => {
    // Clocks are even but for gaps: most of the time it stands where it would on a straight line.
    const guess = Math.round((value - first) * slope);
    if (values[guess] === value) return guess;
    const at = lowerBound(values, value);
    return values[at] === value ? at : -1;
  };
}

/** Do the values never descend? A missing value counts as a descent. */
export function ascends(values: Vector): boolean {
  for (let i = 1; i < values.length; i++) {
    if (!((values[i] ?? NaN) >= (values[i - 1] ?? NaN))) return false;
  }
  return true;
}
