import { type Flags, type Frame, MISSING_FLAG, type SpecOf } from '../../../engine/sdk/index.js';
import type { state } from '../../kinds/state.js';

type State = SpecOf<typeof state>;

/** How often a state was on in one symbol, or why it could not be told. */
export interface StateTally {
  readonly [key: string]: unknown;
  readonly state: string;
  readonly family: string;
  readonly available: boolean;
  /** Ports, columns and events it misses. */
  readonly needs: readonly string[];
  readonly bars: number;
  /** Bars at which it held, and at which nobody could tell. */
  readonly on: number;
  readonly missing: number;
}

/**
 * One tally a state, those that are not there included.
 * @param told     The states that are columns of the frame.
 * @param needs    Ports and columns that are not there, with the definitions they keep from being computed.
 * @param sources  Events that can be looked for.
 */
export function tallies(
  specs: readonly State[],
  told: readonly State[],
  flags: Frame,
  needs: ReadonlyMap<string, readonly string[]>,
  sources: ReadonlySet<string>,
): readonly StateTally[] {
  return specs.map((spec) => {
    const { id, family, source } = spec;
    const available = told.includes(spec);
    const missed = [...needs].flatMap(([need, ids]) => (ids.includes(id) ? [need] : []));
    const lacks = [...missed, ...(sources.has(source) ? [] : [source])];
    const values = available ? flags.flags(id) : new Uint8Array(0);
    const tally = { state: id, family, available, needs: [...new Set(lacks)].sort() };
    return {
      ...tally,
      bars: flags.length,
      on: counted(values, 1),
      missing: counted(values, MISSING_FLAG),
    };
  });
}

/** How often a flag stands in a column. A loop, not a function a row: fifty states of a year are ten million rows. */
function counted(flags: Flags, flag: number): number {
  let count = 0;
  for (let row = 0; row < flags.length; row += 1) if (flags[row] === flag) count += 1;
  return count;
}
