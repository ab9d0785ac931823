import { namesIn, type Program, type Shape, type SpecOf } from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import { oneSpace, toldAbsent } from '../../kinds/namespace.js';
import { compileOver } from '../../kinds/programs.js';
import type { state } from '../../kinds/state.js';
import type { Known } from '../../kinds/tables.js';
import { definitionsOf, namedBy } from './definitions.js';
import { signalNames, signalShapes, withColumns } from './shapes.js';

type State = SpecOf<typeof state>;
type Event = SpecOf<typeof event>;
type Shapes = Readonly<Record<'features' | 'context' | 'funding' | 'coverage', Shape | undefined>>;

/** States compiled before data exist, and the events that can be looked for. */
export function compiledBefore(
  specs: readonly State[],
  events: readonly Event[],
  ins: Shapes,
  spacing: number,
) {
  const absent = new Set(ins.coverage?.absent?.map(({ name }) => name));
  const there = events.filter(({ id }) => !absent.has(id));
  const named = namedBy(specs);
  const wanted = there.filter(({ id }) => signalNames(id).some((name) => named.has(name)));
  const space = oneSpace(ins);
  const self =
    space && 'columns' in space ? withColumns(space, signalShapes(wanted, ins, spacing)) : space;
  const unavailable = [...(toldAbsent(ins) ?? []), ...[...absent].flatMap(signalNames)];
  const result = compileOver(definitionsOf(specs), { self, funding: ins.funding }, spacing, {
    unavailable,
  });
  return { ...result, sources: new Set(there.map(({ id }) => id)) };
}

/**
 * States compiled over the rows of one symbol. What was refused before data existed cannot come here: a name nobody has is a
 * feature or an event that this market cannot give.
 */
export function compiledOver(
  specs: readonly State[],
  self: Known,
  funding: Known,
  spacing: number,
) {
  const definitions = definitionsOf(specs);
  const columns = self && ('columns' in self ? self.columns : self.fields);
  const known = new Set([...(columns ?? []).map((c) => c.name), ...definitions.map((d) => d.id)]);
  const named = definitions.flatMap((d) => [...namesIn(d.tree)]);
  const unavailable = named.filter((name) => !known.has(name));
  return compileOver(definitions, { self, funding }, spacing, { unavailable });
}

/** The states that can be told: sound ones whose source event can be looked for. */
export function toldOf(
  specs: readonly State[],
  program: Program,
  sources: ReadonlySet<string>,
): readonly State[] {
  const sound = new Set(program.columns.map((c) => c.id));
  return specs.filter(({ id, source }) => sound.has(id) && sources.has(source));
}
