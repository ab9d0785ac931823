import type { Flags, Frame } from '../../../engine/sdk/index.js';
import { columns, type Side } from './formulas.js';
import type { Rule } from './rules.js';
import { FATE, FATES } from './tally.js';

/**
 * What a rule makes of one occurrence, as one number: its fate, the bars from the signal to the bar that decides, and the side. There
 * are several an occurrence, and an object each would be most of the work.
 */
export type Decided = number;

/** What stands in such a number. */
export const decided = {
  /** Its number in `FATE`. */
  fate: (it: Decided) => (it >>> 1) % FATES,
  waited: (it: Decided) => Math.floor((it >>> 1) / FATES),
  side: (it: Decided): Side => ((it & 1) > 0 ? 1 : -1),
};

function decide(fate: number, waited: number, side: Side): Decided {
  return 2 * (waited * FATES + fate) + (side > 0 ? 1 : 0);
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
    if (!(points > 0 || points < 0)) return decide(FATE.sideless, 0, 1);
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
  if (met !== 1) return decide(met === 0 ? FATE.unmet : FATE.unknown, 0, side);
  const waited = waits.length === 0 ? 0 : firstOf(waits, side, row);
  if (waited < 0) return decide(row + waits.length < rows ? FATE.unmet : FATE.pending, 0, side);
  const stays = flag(keep, side, row + waited);
  return decide(stays === 1 ? FATE.kept : stays === 0 ? FATE.dropped : FATE.unknown, waited, side);
}

/** A flag for each side. */
interface Sided {
  readonly up: Flags;
  readonly down: Flags;
}

/** Bars to the first of those waited for at which it holds; −1 where there is none. */
function firstOf(waits: readonly Sided[], side: Side, row: number): number {
  for (let waited = 1; waited <= waits.length; waited += 1)
    if (flag(waits[waited - 1], side, row + waited) === 1) return waited;
  return -1;
}

/** 1, 0, or anything else where it is missing or beyond the rows; 1 where nothing is asked. */
function flag(sided: Sided | undefined, side: Side, row: number): number {
  if (sided === undefined) return 1;
  return (side > 0 ? sided.up : sided.down)[row] ?? Number.NaN;
}
