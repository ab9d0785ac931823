import type { Frame } from '../frame/frame.js';
import { crossSection } from './cross-section.js';
import { columnsOn, mainClock } from './evaluate.js';
import { gridOf } from './grid.js';
import { Machine } from './machine.js';
import type { Program } from './program.js';
import { readBy, scheduleOf } from './schedule.js';
import { SELF } from './world.js';

/** What a pass over the universe may be told beyond the tables. */
export interface UniverseOptions {
  /** Rows at which a symbol takes part in cross-sections, 1 or 0 by row of its `self`; all rows of those left out. */
  readonly eligible?: ReadonlyMap<string, Readonly<Uint8Array>>;
  /** As in `EvaluateOptions`. */
  readonly unsettled?: 'masked' | 'shown';
}

/**
 * Compute columns of all symbols in one pass, cross-sections included.
 * @param bySymbol  for each symbol its tables; their `self` need not cover the same times.
 * @param wanted    ids; default all columns on the clock of `self` that are no clauses.
 * @returns         for each symbol, in order of id, `ts` and the wanted columns.
 */
export function evaluateUniverse(
  program: Program,
  bySymbol: ReadonlyMap<string, Readonly<Record<string, Frame>>>,
  wanted?: readonly string[],
  options: UniverseOptions = {},
): Map<string, Frame> {
  const clock = mainClock(program);
  const columns = columnsOn(program, clock, wanted, 'any');
  const symbols = [...bySymbol.keys()].sort();
  const other = (symbol: string): Frame | undefined => bySymbol.get(symbol)?.[SELF];
  const machines = symbols.map(
    (symbol) =>
      new Machine(program, {
        frames: bySymbol.get(symbol) ?? {},
        symbol,
        other,
        unsettled: options.unsettled,
      }),
  );
  const grid = gridOf(machines.map((m) => m.clock(undefined).ts));
  const { nodes, waiting, readers } = scheduleOf(program, columns);
  for (const node of nodes) {
    if (node.kind === 'op' && node.op.across !== undefined)
      crossSection(node, { symbols, machines, grid, eligible: options.eligible });
    else for (const machine of machines) machine.compute(node, waiting.get(node));
    for (const done of readBy(node, readers)) for (const machine of machines) machine.release(done);
  }
  return new Map(symbols.map((symbol, s) => [symbol, framed(machines[s], columns, clock)]));
}

function framed(
  machine: Machine | undefined,
  columns: ReturnType<typeof columnsOn>,
  clock: string,
): Frame {
  if (machine === undefined) throw new Error('Every symbol has a machine.');
  return machine.frame(columns, clock);
}
