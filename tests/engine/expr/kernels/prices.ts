import { normal, uniform } from '../../../bench/expr/bars.js';

/** What a stretch of hard prices is like. */
export type Stretch = 'walk' | 'flat' | 'tiny' | 'spike' | 'gaps' | 'steps';
const STRETCHES: readonly Stretch[] = ['walk', 'flat', 'tiny', 'spike', 'gaps', 'steps'];
/** Rows of a stretch. */
export const STRETCH = 3_000;

export function stretchAt(row: number): Stretch {
  return STRETCHES[Math.floor(row / STRETCH) % STRETCHES.length] ?? 'walk';
}

/**
 * Prices around 1e5 that are hard on running sums: a walk, then equal prices, changes of 1e-9, a walk with one print of 1e12,
 * a walk with a third of its rows missing, and jumps between two levels.
 */
export function hardPrices(rows: number, seed: number): Float64Array {
  const [shock, size] = [normal(seed), uniform(seed + 1)];
  const x = new Float64Array(rows);
  let price = 1e5;
  for (let i = 0; i < rows; i += 1) {
    const stretch = stretchAt(i);
    // Pulled back to 1e5, so that the level stays there however many rows there are.
    if (stretch !== 'flat') price += 50 * shock() + 1e-4 * (1e5 - price);
    if (stretch === 'tiny') x[i] = 1e5 * (1 + 1e-9 * shock());
    else if (stretch === 'spike' && i % STRETCH === STRETCH >> 1) x[i] = 1e12;
    else if (stretch === 'gaps' && size() < 1 / 3) x[i] = Number.NaN;
    else if (stretch === 'steps') x[i] = i % 700 < 350 ? 99_000 : 101_000.1;
    else x[i] = price;
  }
  return x;
}

/** Rows to look at: some anywhere, and more where stretches meet and where the print of 1e12 enters and leaves windows. */
export function rowsToCheck(rows: number, window: number, count: number): readonly number[] {
  const next = uniform(5);
  const found = new Set<number>();
  for (let i = 0; i < count; i += 1) {
    found.add(Math.floor(next() * rows));
    const edge = Math.floor(next() * (rows / (STRETCH >> 1))) * (STRETCH >> 1);
    const step = Math.floor(next() * 6) - 2;
    for (const row of [edge + step, edge + window + step])
      if (row >= 0 && row < rows) found.add(row);
  }
  return [...found].sort((a, b) => a - b);
}
