import { type Definition, namesIn, type Program, type SpecOf } from '../../engine/sdk/index.js';
import type { event } from './event.js';
import { type Beside, oneSpace, toldAbsent } from './namespace.js';
import { definitionsOf, TOLD } from './occurrence.js';
import { compileOver, errorsIn } from './programs.js';
import type { Known } from './tables.js';

type Event = SpecOf<typeof event>;

/** What an event is looked for in. */
export interface Seen extends Beside {
  readonly funding?: Known;
}

/** Data that every pipeline has: what an event on these alone names must be there. */
const ALWAYS: ReadonlySet<string> = new Set(['perp_ohlcv_5m', 'calendar', 'funding']);

/**
 * An event over features and context in one name space, as the compiler and the run both see it.
 * @param definitions  Its formulas; others where a constant in them is moved.
 */
export function detector(
  spec: Event,
  ports: Seen,
  spacing: number,
  definitions: readonly Definition[] = definitionsOf(spec),
) {
  const self = oneSpace(ports);
  const unavailable = toldAbsent(ports) ?? silentlyAbsent(spec, definitions, self);
  return compileOver(definitions, { self, funding: ports.funding }, spacing, { unavailable });
}

/** Whether all that an event tells can be computed. */
export function isSound(program: Program): boolean {
  const known = new Set(program.columns.map((c) => c.id));
  return Object.values(TOLD).every((id) => known.has(id));
}

/** The event as it can be looked for: by its rule, which then is no proxy, or by what stands in where the rule lacks data. */
export function usable(spec: Event, ports: Seen, spacing: number): Event {
  const { stand_in: other, open } = spec;
  if (!other) return spec;
  const result = detector(spec, ports, spacing);
  if (isSound(result.program) || errorsIn(result).length > 0) return { ...spec, proxy: undefined };
  const standing = { ...spec, fires: other, proxy: spec.proxy ?? other.text };
  if (!open) return standing;
  // The threshold that gate E1 moves may be in both; it is moved in what is looked at.
  const { fires: _, stand_in: fires, ...fields } = open.fields;
  return { ...standing, open: { ...open, fields: { ...fields, ...(fires && { fires }) } } };
}

/** Where nothing tells them apart, an event on data some markets lack has its unknown names for unavailable features. */
function silentlyAbsent(
  spec: Event,
  definitions: readonly Definition[],
  self: Known,
): readonly string[] {
  if (spec.needs.every((need) => ALWAYS.has(need))) return [];
  const columns = self && ('columns' in self ? self.columns : self.fields);
  const known = new Set([...(columns ?? []).map((c) => c.name), ...definitions.map((d) => d.id)]);
  return definitions.flatMap((d) => [...namesIn(d.tree)].filter((name) => !known.has(name)));
}
