import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { suggestion } from '../diag/suggest.js';
import type { Frame } from '../frame/frame.js';
import { Machine, type Sources } from './machine.js';
import type { Memo } from './memo.js';
import type { Program, ProgramColumn } from './program.js';
import { readBy, scheduleOf } from './schedule.js';
import { SELF } from './world.js';

const report = reporter({
  'expr/no-such-column': 'The program has no column "{id}".',
  'expr/other-clock': 'The column "{id}" is on the clock "{found}", not on "{clock}".',
  'expr/needs-universe':
    'The column "{id}" looks at other symbols and cannot be computed from one alone.',
});

/** What an evaluation may be told beyond the tables. */
export interface EvaluateOptions {
  /** The id of the item, for `symbol`. */
  readonly symbol?: string;
  readonly memo?: Memo;
  /** Whether rows of a decaying memory that has not burnt in are missing (the default) or shown, as cases of a few rows need. */
  readonly unsettled?: 'masked' | 'shown';
}

/** Rows as they come out, settled or not: what cases of a few rows and golden numbers are about. */
export const SHOWN: Pick<EvaluateOptions, 'unsettled'> = { unsettled: 'shown' };

/**
 * Compute columns of one symbol, on the clock of `self`.
 * @param frames  `self` and the bound ports, each with `ts`.
 * @param wanted  ids; default all symbol-scope columns on that clock that are no clauses.
 * @returns       `ts` and the wanted columns, one row a row of `self`.
 * @throws expr/no-such-column, expr/other-clock, expr/needs-universe
 */
export function evaluate(
  program: Program,
  frames: Readonly<Record<string, Frame>>,
  wanted?: readonly string[],
  options: EvaluateOptions = {},
): Frame {
  return evaluateOn(program, mainClock(program), frames, wanted, options);
}

/** As `evaluate`, on another clock, e.g. the prints of `funding`. */
export function evaluateOn(
  program: Program,
  clock: string,
  frames: Readonly<Record<string, Frame>>,
  wanted?: readonly string[],
  options: EvaluateOptions = {},
): Frame {
  const columns = columnsOn(program, clock, wanted, 'symbol');
  for (const { id, scope } of columns)
    if (scope === 'universe') refuse(report('expr/needs-universe', undefined, { id }));
  const sources: Sources = { frames, ...options };
  const machine = new Machine(program, sources);
  const { nodes, waiting, readers } = scheduleOf(program, columns);
  for (const node of nodes) {
    machine.compute(node, waiting.get(node));
    for (const done of readBy(node, readers)) machine.release(done);
  }
  return machine.frame(columns, clock);
}

/** The clock of `self`. */
export function mainClock(program: Program): string {
  return program.tables.get(SELF)?.clock ?? '';
}

/** The wanted columns, or all of a clock (and scope) when none are named. */
export function columnsOn(
  program: Program,
  clock: string,
  wanted: readonly string[] | undefined,
  scope: 'symbol' | 'any',
): readonly ProgramColumn[] {
  const fits = (c: ProgramColumn): boolean => (c.facts.clock ?? clock) === clock;
  if (wanted === undefined)
    return program.columns.filter(
      (c) => fits(c) && !c.clause && (scope === 'any' || c.scope === 'symbol'),
    );
  const byId = new Map(program.columns.map((c) => [c.id, c]));
  return wanted.map((id) => {
    const column = byId.get(id);
    if (column === undefined) {
      const hint = suggestion(id, byId.keys());
      return refuse(report('expr/no-such-column', undefined, { id }, { hint }));
    }
    if (!fits(column))
      refuse(report('expr/other-clock', undefined, { id, found: column.facts.clock, clock }));
    return column;
  });
}
