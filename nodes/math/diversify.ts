import { inRange, wholeAtLeast } from './guard.js';

/** What is visited first: the best, or what is least like the rest, as published code does. */
export type Visiting = 'score' | 'apart';

/** Series to choose from. */
export interface Contender {
  readonly id: string;
  /** Larger is better. */
  readonly score: number;
}

/**
 * Choose what is unlike all that was chosen before it.
 * @param alike  N × N absolute correlations, row-major; NaN (too little in common to tell) counts as alike
 * @param most   how alike two that are chosen may be: below it
 * @param count  how many may be chosen
 * @returns      places of the chosen, in the order they were chosen in; equal ranks by id
 * @throws       math/out-of-range
 */
export function diversified(
  contenders: readonly Contender[],
  alike: Readonly<Float64Array>,
  { most, count, first = 'score' }: { most: number; count: number; first?: Visiting },
): readonly number[] {
  const size = contenders.length;
  inRange('alike', alike.length, alike.length === size * size, `${size} × ${size}`);
  wholeAtLeast('count', count, 0);
  const between = (i: number, j: number) => alike[i * size + j] ?? Number.NaN;
  const rank = (i: number) =>
    first === 'score' ? -(contenders[i]?.score ?? Number.NaN) : meanAlike(i, size, between);
  const ranks = contenders.map((_, i) => rank(i));
  const order = [...contenders.keys()].sort((a, b) => {
    const gap = (ranks[a] ?? 0) - (ranks[b] ?? 0);
    if (gap !== 0 && !Number.isNaN(gap)) return gap;
    return (contenders[a]?.id ?? '') < (contenders[b]?.id ?? '') ? -1 : 1;
  });
  const chosen: number[] = [];
  for (const i of order) {
    if (chosen.length >= count) break;
    if (chosen.every((j) => between(i, j) < most)) chosen.push(i);
  }
  return chosen;
}

/** How alike one is to the others, on average. */
function meanAlike(i: number, size: number, between: (i: number, j: number) => number): number {
  let total = 0;
  for (let j = 0; j < size; j += 1) if (j !== i) total += between(i, j);
  return total / Math.max(size - 1, 1);
}
