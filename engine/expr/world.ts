import type { Diagnostic, Place } from '../diag/diagnostic.js';
import type { Composed } from './composed.js';
import type { Scope } from './facts.js';
import type { Node } from './node.js';
import type { ClockSpec, Operator } from './op.js';
import type { Tree } from './tree.js';
import type { ColumnFacts } from './types.js';

/** A table the formulas may read: `self`, the rows they are about, or a port such as `funding`, `spot`, `benchmark`. */
export interface TableFacts {
  /** Tables of one clock join exactly on `ts`; others only through `asof` and its kin. */
  readonly clock: string;
  /** Distance of rows on a regular grid, ms: a row then lasts from its `ts` until the next. */
  readonly spacing?: number | undefined;
  /** Typical distance of irregular rows, ms: turns reach over prints into bars. */
  readonly nominal?: number | undefined;
  readonly columns: ReadonlyMap<string, ColumnFacts>;
  /** How long, in ms, `asof` may carry a value of this table when the formula does not say. */
  readonly within?: number | undefined;
  /** A column that says when each row became visible; else its close does (for prints its `ts`). Delays count from there. */
  readonly available?: string | undefined;
  /** Delay of the rows as such, for `arrives`, `minutes_since` and `minutes_until`. Default: the smallest of the columns. */
  readonly delay?: number | undefined;
}

/** One named formula of a program. */
export interface Definition {
  readonly id: string;
  readonly tree: Tree;
  /** The declared unit: must fit the derived one, and names pure numbers. */
  readonly unit?: string | undefined;
  /** Where the unit is declared. Default: the formula. */
  readonly unitPlace?: Place | undefined;
  readonly place: Place;
  readonly gives?: 'number' | 'boolean' | 'text' | undefined;
  /** A step on the way (`let`): it may be delayed, and is a column only when asked for. */
  readonly clause?: boolean | undefined;
}

export interface CompileOptions {
  /** What is being compiled: features, events and states may not look ahead, targets may. */
  readonly admit: 'feature' | 'target';
  /** Whether cross-sections and other symbols may occur. Default `universe`: the program tells which columns need it. */
  readonly scope?: Scope | undefined;
  /** Operators made of formulas, from `loadComposed`. */
  readonly composed?: ReadonlyMap<string, Composed> | undefined;
  /** Ports that exist and are not bound in this pipeline: what reads them is unavailable, not wrong. */
  readonly unbound?: readonly string[] | undefined;
  /** Columns that would exist if their inputs were bound. */
  readonly unavailable?: readonly string[] | undefined;
  /** Ids that may stand before a dot, as in `BTCUSDT.close`. Left out: any upper-case name that is no table. */
  readonly symbols?: readonly string[] | undefined;
  /**
   * Whether constants were measured in a run rather than written by somebody: what cannot be computed from them is then
   * missing, not refused.
   */
  readonly measured?: boolean | undefined;
  /**
   * Whether declared units were held against the formulas before. Columns of frames know their unit's text, not whether a word
   * in it is a dimension or the name of a pure number.
   */
  readonly trusted?: boolean | undefined;
  /** Targets: rows between decision and entry; what covers an earlier time is not earned. Default 1. */
  readonly entry?: number | undefined;
}

/** The name of the table that bare names refer to. */
export const SELF = 'self';

/** A clock with the table whose rows are its rows; other tables on it are joined to them. */
export interface ClockHome {
  readonly spec: ClockSpec;
  readonly table: string;
  /** The clock whose rows these are buckets of, or groups where there is a key. */
  readonly base?: string;
  /** What rows are grouped by. */
  readonly key?: Node;
}

/** All that typing looks things up in. */
export interface World {
  readonly tables: ReadonlyMap<string, TableFacts>;
  readonly clocks: Map<string, ClockHome>;
  readonly main: ClockSpec;
  readonly operators: ReadonlyMap<string, Operator>;
  readonly composed: ReadonlyMap<string, Composed>;
  readonly options: CompileOptions;
  readonly report: (diagnostic: Diagnostic) => void;
}

/** The clock of buckets of `every` milliseconds of the rows of another clock; made when first asked for. */
export function coarserClock(
  clocks: Map<string, ClockHome>,
  base: string,
  every: number,
): ClockSpec {
  const name = `${base}/${every}`;
  const known = clocks.get(name);
  if (known !== undefined) return known.spec;
  const home = clocks.get(base);
  if (home === undefined) throw new Error(`There is no clock ${base}.`);
  const spec = { name, spacing: every, nominal: every, within: 2 * every, width: every };
  clocks.set(name, { spec, table: home.table, base });
  return spec;
}

/** The clocks of some tables; `self` is at home on its own. */
export function clocksOf(tables: ReadonlyMap<string, TableFacts>): Map<string, ClockHome> {
  const clocks = new Map<string, ClockHome>();
  const names = [...tables.keys()].sort((a, b) =>
    a === SELF ? -1 : b === SELF ? 1 : a < b ? -1 : a > b ? 1 : 0,
  );
  for (const name of names) {
    const table = tables.get(name);
    if (table === undefined || clocks.has(table.clock)) continue;
    const { clock, spacing, nominal, within } = table;
    const announced = table.available !== undefined;
    const width = spacing ?? 0;
    const spec = { name: clock, spacing, nominal: nominal ?? spacing, within, width, announced };
    clocks.set(clock, { spec, table: name });
  }
  return clocks;
}
