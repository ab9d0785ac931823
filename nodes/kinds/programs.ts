import {
  type ColumnShape,
  carried,
  compile,
  composedOperators,
  type Definition,
  Frame,
  type Program,
  type ProgramColumn,
  placeIn,
  type SpecOf,
} from '../../engine/sdk/index.js';
import type { feature } from './feature.js';
import { scoped } from './scoped.js';
import { type Known, tablesOf, unboundPorts } from './tables.js';
import type { target } from './target.js';

type Spec = SpecOf<typeof feature> | SpecOf<typeof target>;
interface Options {
  readonly admit?: 'feature' | 'target';
  /** Columns that were not handed over because nothing that is wanted reads them. */
  readonly unavailable?: readonly string[];
}
type Compiled = ReturnType<typeof compile>;

/**
 * Features or targets compiled together over what stands at a node's ports.
 * @param ports    `self` and ports by the name formulas use.
 * @param spacing  Milliseconds of a bar.
 */
export function programOf(
  specs: readonly Spec[],
  ports: Readonly<Record<string, Known>>,
  spacing: number,
  options: Options = {},
): Compiled {
  return compileOver(specs.flatMap(definitionsOf), ports, spacing, options);
}

/** Definitions compiled over what stands at a node's ports; ports that could be bound and are not make them unavailable. */
export function compileOver(
  definitions: readonly Definition[],
  ports: Readonly<Record<string, Known>>,
  spacing: number,
  { admit = 'feature', unavailable = [] }: Options = {},
): Compiled {
  const tables = tablesOf(ports, spacing);
  const composed = composedOperators();
  const unbound = unboundPorts(tables);
  const trusted = ports.self !== undefined && !('columns' in ports.self);
  return compile(definitions, tables, { admit, composed, unbound, unavailable, trusted });
}

function definitionsOf(spec: Spec): readonly Definition[] {
  const { clauses, inside } = scoped(spec);
  const { tree } = spec.expr;
  const { id, unit } = spec;
  const unitPlace = placeIn(spec, 'unit');
  return [...clauses, { id, tree: inside(tree), place: tree.place, unit, unitPlace }];
}

/** The columns a program gives on the clock of bars: those one symbol can tell, or those that need others. */
export function columnsOf(
  program: Program,
  scope: 'symbol' | 'universe',
): readonly ProgramColumn[] {
  return program.columns.filter((c) => {
    return !c.clause && c.scope === scope && (c.facts.clock ?? 'bars') === 'bars';
  });
}

/** A computed column as the compiler carries it on. */
export function shapeOf(column: ProgramColumn): ColumnShape {
  return { ...carried(column), name: column.id };
}

/** Ports that are bound, as frames by name. */
export function boundFrames(
  ports: Readonly<Record<string, Frame | undefined>>,
): Readonly<Record<string, Frame>> {
  const frames: Record<string, Frame> = {};
  for (const [name, frame] of Object.entries(ports)) if (frame) frames[name] = frame;
  return frames;
}

/** One frame's columns, then another's that are not among them; rows must match. */
export function beside(first: Frame, second: Frame): Frame {
  const added = second.names.filter((name) => !first.has(name));
  const entry = (frame: Frame) => (name: string) => {
    return { name, column: frame.get(name), unit: frame.unit(name) };
  };
  return Frame.from([...first.names.map(entry(first)), ...added.map(entry(second))], first.length);
}

/** Messages of the problems that keep a program from being run. */
export function errorsIn(compiled: Compiled): readonly string[] {
  return compiled.problems.filter((p) => p.severity === 'error').map((p) => p.message);
}
