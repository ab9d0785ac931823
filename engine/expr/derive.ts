import type { Constants } from './constants.js';
import { type Facts, joinFacts, type Kind, maxKind, unsettled, widenAhead } from './facts.js';
import type { ClockSpec, FactsContext, Operator } from './op.js';
import type { ColumnFacts } from './types.js';
import { coarserClock, SELF, type TableFacts, type World } from './world.js';

/**
 * Facts of a call from those of its arguments: reach and warm-up add up, of the rest the largest counts, and the operator
 * has the last word. A text is a refusal by the operator.
 */
export function deriveFacts(
  op: Operator,
  constants: Constants,
  args: readonly Facts[],
  bound: TableFacts | undefined,
  world: World,
): Facts | string {
  const joined = joinFacts(args);
  const reach = op.reach?.(constants) ?? 0;
  const kind = typeof op.kind === 'function' ? op.kind(constants, args) : (op.kind ?? 'finite');
  const base: Facts = {
    ...joined,
    reach: joined.reach + reach,
    warmup: joined.warmup + (op.warmup?.(constants) ?? reach),
    masked: maskedBy(op, constants, joined, reach),
    kind: maxKind([joined.kind, kind]),
    holes: op.holes === 'make' || (op.holes !== 'never' && joined.holes),
    ahead: widenAhead(joined.ahead, reach),
  };
  const unfit =
    unfitFor(op, joined, kind) ??
    (world.options.admit === 'target' ? untold(op, joined, kind, world) : undefined);
  if (unfit !== undefined) return unfit;
  if (op.facts === undefined) return base;
  const context: FactsContext = {
    constants,
    args,
    main: world.main,
    clock: (name) => clockSpec(world, name),
    coarser: (name, every) => coarserClock(world.clocks, name, every),
    table: bound && { ...clockSpec(world, bound.clock), ends: hasEnds(bound) },
  };
  return op.facts(base, context);
}

/** Why an operator cannot take such arguments; undefined where it can. */
function unfitFor(op: Operator, joined: Facts, kind: Kind): string | undefined {
  if (joined.patchy && op.inside === undefined && (op.crosses || kind !== 'finite'))
    return `its argument settles row by row, not from some row on, as \`by\` with a key that data decide does and \`at\` without at_most=; ${op.crosses ? 'another clock' : 'what remembers all rows'} cannot tell which of them to trust`;
  return undefined;
}

/** Why nobody could tell on which bars after the decision a target would rest. Of features looking ahead is refused as such. */
function untold(op: Operator, joined: Facts, kind: Kind, { main }: World): string | undefined {
  if (op.name === 'ahead' && joined.clock !== undefined && joined.clock !== main.name)
    return `it counts bars, and x is on the clock "${joined.clock}"; bring it to bars first, as in ahead(asof(x), 12)`;
  if (joined.lookahead > 0 && op.crosses)
    return 'what looks ahead must stand outside of it, as in ahead(asof(…), 12), where rows are bars';
  if (joined.ahead !== undefined && unsettled(kind))
    return 'it remembers its past for as long as it takes, so nobody can say which rows after the decision a target of it rests on';
  return undefined;
}

/** Whether rows say when they are over. */
function hasEnds({ spacing, available }: TableFacts): boolean {
  return spacing !== undefined || available !== undefined;
}

/** Rows that are masked: until a memory has burnt in, and what operators above it wait for. */
function maskedBy(
  op: Operator,
  constants: Constants,
  { masked, reach: below }: Facts,
  reach: number,
): number | undefined {
  const burnsIn = typeof op.burnsIn === 'function' ? op.burnsIn(constants) : op.burnsIn;
  if (burnsIn) return below + reach;
  return masked === undefined ? undefined : masked + (op.warmup?.(constants) ?? reach);
}

export function clockSpec(world: World, name: string): ClockSpec {
  const home = world.clocks.get(name);
  if (home === undefined) throw new Error(`There is no clock ${name}.`);
  return home.spec;
}

/** Facts of a column as it is read: what its table says, and what it carries from upstream. */
export function columnFacts(
  table: TableFacts,
  column: ColumnFacts,
  scope: 'symbol' | 'universe',
): Facts {
  const carried = column.facts;
  return {
    reach: carried?.reach ?? 0,
    warmup: carried?.warmup ?? 0,
    lookahead: 0,
    delay: column.delay,
    kind: carried?.kind ?? 'finite',
    taint: column.taint,
    clock: table.clock,
    scope: scope === 'universe' || carried?.scope === 'universe' ? 'universe' : 'symbol',
    holes: column.nullable !== false,
    instant: column.instant === true,
    ...(carried?.patchy ? { patchy: true } : {}),
  };
}

/** The table a name before a dot stands for: other symbols have the columns of this one. */
export function tableOf(world: World, name: string): TableFacts | undefined {
  return world.tables.get(name.startsWith('@') ? SELF : name);
}
