import { sameSize, wholeAtLeast } from './guard.js';
import type { Vector } from './vector.js';

/**
 * Which of the decisions of one rule could be traded one after the other: in one symbol the next counts only once the
 * position of the one before is closed, so that no return is counted twice. One whose outcome is not known neither
 * counts nor blocks.
 * @param symbols   symbol of each decision, as a number from 0
 * @param rows      row of each in the table of its symbol, ascending within a symbol
 * @param outcomes  what followed each, NaN where it is not known
 * @param reach     rows from a decision to the exit of its position
 * @returns         their places, in order
 * @throws          math/sizes-differ, math/out-of-range
 */
export function taken(
  symbols: Vector,
  rows: Vector,
  outcomes: Vector,
  reach: number,
): readonly number[] {
  sameSize('decisions and their rows', symbols.length, rows.length);
  sameSize('decisions and their outcomes', symbols.length, outcomes.length);
  wholeAtLeast('reach', reach, 1);
  const free = new Map<number, number>();
  const places: number[] = [];
  for (let i = 0; i < symbols.length; i++) {
    const symbol = symbols[i] ?? -1;
    const row = rows[i] ?? NaN;
    if (Number.isNaN(outcomes[i] ?? NaN) || row < (free.get(symbol) ?? 0)) continue;
    places.push(i);
    free.set(symbol, row + reach);
  }
  return places;
}
