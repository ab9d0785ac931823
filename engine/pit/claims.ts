import type { Frame } from '../frame/frame.js';
import type { ColumnShape } from '../sdk/node.js';
import { rowTimes } from './known.js';
import type { Output } from './subject.js';

/** What the compiler says of a column's memory. */
export interface Claim {
  readonly kind: NonNullable<ColumnShape['facts']>['kind'];
  /** Rows further back that can change a row. */
  readonly rows: number;
  /** The same in milliseconds. */
  readonly reach: number;
}

/** The claims about the computed columns of an output. @param base  what it gave, whose rows tell their distance. */
export function claimsOf(output: Output, base: Frame): ReadonlyMap<string, Claim> {
  const every = spacingOf(output, base);
  const claims = new Map<string, Claim>();
  if (every === undefined) return claims;
  for (const { name, facts } of output.columns.values())
    if (facts && base.has(name))
      claims.set(name, { kind: facts.kind, rows: facts.reach, reach: facts.reach * every });
  return claims;
}

/** Milliseconds from row to row: what the contract says, or the least distance there is. */
function spacingOf({ contract }: Output, base: Frame): number | undefined {
  if (contract?.spacing) return contract.spacing.every;
  const times = contract && rowTimes(base, contract);
  let least = Number.POSITIVE_INFINITY;
  for (let row = 1; times && row < times.length; row += 1) {
    const distance = (times[row] ?? 0) - (times[row - 1] ?? 0);
    if (distance > 0 && distance < least) least = distance;
  }
  return Number.isFinite(least) ? least : undefined;
}
