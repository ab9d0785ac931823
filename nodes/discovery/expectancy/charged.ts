import { level } from '../../math/level.js';
import type { Traded } from '../../math/traded.js';
import { numbersOf, type Vector } from '../../math/vector.js';
import type { Group } from '../rows/groups.js';
import type { Hypothesis } from '../rows/hypotheses.js';

/** Cost of one fill in each symbol, fraction of notional. */
export interface Charges {
  readonly symbols: readonly string[];
  readonly sides: Vector;
}

/** What each trade pays for all its fills, in its own symbol. */
export function tradeCosts(
  { sides }: Charges,
  { fills }: Hypothesis,
  group: Group,
  { which }: Traded,
): Float64Array {
  const { symbols } = group;
  return numbersOf(which.length, (k) => fills * (sides[symbols[which[k] ?? -1] ?? -1] ?? NaN));
}

/** What each trade brought after what it paid. */
export function afterCosts(gross: Vector, costs: Vector): Float64Array {
  return numbersOf(gross.length, (k) => (gross[k] ?? NaN) - (costs[k] ?? NaN));
}

/** What a trade pays on average; where there is none, what one in the symbols of the hypothesis would. */
export function averageCost(
  { sides, symbols }: Charges,
  { fills, symbol }: Hypothesis,
  costs: Vector,
  weights?: Vector,
): number {
  if (costs.length > 0) return level(costs, weights);
  const asked = Float64Array.from(sides).filter((_, i) => {
    return symbol === undefined || symbols[i] === symbol;
  });
  return fills * level(asked);
}
