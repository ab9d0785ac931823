import { present } from './missing.js';
import { sum } from './sum.js';
import type { Vector } from './vector.js';

const LEAST = 10;
const STANDSTILL = 1e-12;

/** Efficiency ratio |Σr| / Σ|r|: 1 for a straight path, 0 for one that ends where it began or stands still. NaN below ten values.
 * @see Kaufman (1995), Smarter Trading */
export function efficiency(returns: Vector): number {
  const kept = present(returns);
  if (kept.length < LEAST) return NaN;
  const path = sum(kept.map(Math.abs));
  return path <= STANDSTILL ? 0 : Math.abs(sum(kept)) / path;
}
