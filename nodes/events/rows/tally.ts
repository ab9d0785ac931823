import { type Frame, MISSING_FLAG, type Program, type SpecOf } from '../../../engine/sdk/index.js';
import { behind } from '../../kinds/datasets.js';
import type { event } from '../../kinds/event.js';
import { TOLD } from '../../kinds/occurrence.js';
import type { Divided } from './looked.js';
import type { Told } from './occurrences.js';

/** How often an event occurred, or why it could not be looked for. */
export interface Tally {
  readonly [key: string]: unknown;
  readonly event: string;
  readonly family: string;
  readonly available: boolean;
  /** Whether something stands in for data it would want. */
  readonly proxy: boolean;
  /** Ports and columns it misses. */
  readonly needs: readonly string[];
  /** Data sets that these are made of, where it could not be looked for at all. */
  readonly datasets: readonly string[];
  /** Symbols it could not be looked for in, by what they have no row or value of. */
  readonly without: Readonly<Record<string, readonly string[]>>;
  /** Bars at which the rule could tell whether it occurred: what rates are shares of. */
  readonly bars: number;
  readonly count: number;
  readonly by_symbol: Readonly<Record<string, number>>;
}

/**
 * @param program  of the rule as it is: what it misses.
 * @param told     of each symbol that was looked at what its rule told; none where the rule cannot be computed.
 */
export function tallyOf(
  spec: SpecOf<typeof event>,
  program: Program,
  found: Frame,
  told: readonly Told[],
  without: Divided['without'],
): Tally {
  const by_symbol = Object.fromEntries(told.map(({ symbol }) => [symbol, 0]));
  for (const symbol of found.texts('symbol')) {
    if (symbol !== null) by_symbol[symbol] = (by_symbol[symbol] ?? 0) + 1;
  }
  const missed = told.length > 0 ? [] : Object.values(without).flat();
  const needs = [...new Set([...program.needs.keys(), ...missed])].sort();
  return {
    event: spec.id,
    family: spec.family,
    available: told.length > 0,
    proxy: spec.proxy !== undefined,
    needs,
    datasets: told.length > 0 ? [] : behind(needs, spec.needs),
    without,
    bars: told.reduce((sum, { frame }) => sum + knownIn(frame.flags(TOLD.kept)), 0),
    count: found.length,
    by_symbol,
  };
}

function knownIn(flags: Readonly<Uint8Array>): number {
  let known = 0;
  for (let row = 0; row < flags.length; row += 1) if (flags[row] !== MISSING_FLAG) known += 1;
  return known;
}
