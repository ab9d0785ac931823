import type { Flags, Frame } from '../../../engine/sdk/index.js';
import { columns, type Side } from './formulas.js';
import type { Rule } from './rules.js';
import type { Fate } from './tally.js';

/** What a rule makes of one occurrence. */
export interface Decided {
  readonly fate: Fate;
  /** Bars from the signal to the bar that decides. */
  readonly waited: number;
  readonly side: Side;
}

/**
 * What a rule decides at each signal of one symbol.
 * @param told  Columns of templates on its bars, by the names of `columns`.
 * @returns     by the bar of the signal and the side of the event there, 0 where it points nowhere
 */
export function deciderOf(
  { base, filter }: Rule,
  told: Frame,
): (row: number, side: number) => Decided {
  const sided = (name: (side: Side) => string): Sided => {
    return { up: told.flags(name(1)), down: told.flags(name(-1)) };
  };
  const own = base.side && told.column(columns.side(base.id));
  const rule: Told = {
    when: base.when && sided((side) => columns.when(base.id, side)),
    waits: Array.from({ length: base.wait?.bars ?? 0 }, (_, i) =>
      sided((side) => columns.wait(base.id, side, i + 1)),
    ),
    keep: filter && sided((side) => columns.keep(filter.id, side)),
    rows: told.length,
  };
  return (row, given) => {
    const points = own ? (own[row] ?? Number.NaN) : given;
    // Missing points nowhere.
    if (!(points > 0 || points < 0)) return NOWHERE;
    return decidedAt(rule, row, points > 0 ? 1 : -1);
  };
}

/** The columns of one rule on the bars of one symbol. */
interface Told {
  readonly when: Sided | undefined;
  readonly waits: readonly Sided[];
  readonly keep: Sided | undefined;
  readonly rows: number;
}

function decidedAt({ when, waits, keep, rows }: Told, row: number, side: Side): Decided {
  const met = flag(when, side, row);
  if (met !== 1) return gone(met === 0 ? 'unmet' : 'unknown', side);
  const waited = waits.length === 0 ? 0 : firstOf(waits, side, row);
  if (waited < 0) return gone(row + waits.length < rows ? 'unmet' : 'pending', side);
  const stays = flag(keep, side, row + waited);
  return { fate: stays === 1 ? 'kept' : stays === 0 ? 'dropped' : 'unknown', waited, side };
}

const NOWHERE: Decided = { fate: 'sideless', waited: 0, side: 1 };

/** A flag for each side. */
interface Sided {
  readonly up: Flags;
  readonly down: Flags;
}

function gone(fate: Fate, side: Side): Decided {
  return { fate, waited: 0, side };
}

/** Bars to the first of those waited for at which it holds; −1 where there is none. */
function firstOf(waits: readonly Sided[], side: Side, row: number): number {
  const at = waits.findIndex((sided, i) => flag(sided, side, row + i + 1) === 1);
  return at < 0 ? at : at + 1;
}

/** 1, 0, or anything else where it is missing or beyond the rows; 1 where nothing is asked. */
function flag(sided: Sided | undefined, side: Side, row: number): number {
  if (sided === undefined) return 1;
  return (side > 0 ? sided.up : sided.down)[row] ?? Number.NaN;
}
