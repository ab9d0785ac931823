import type { Frame, Gathered, SpecOf } from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import type { feature } from '../../kinds/feature.js';
import type { state } from '../../kinds/state.js';
import { type Rule, readOf, resolved } from '../rules/resolved.js';
import type { Way } from './templates.js';

type State = SpecOf<typeof state>;
type Event = SpecOf<typeof event>;
type Feature = SpecOf<typeof feature>;

/** Occurrences that every condition asks for, whatever its own least. */
const LEAST = 200;

/** Whether a state may condition an event: its source, or any event of its family where it is safe for that. */
export function conditions(state: State, event: Event): boolean {
  if (state.scope === 'source_only') return state.source === event.id;
  return state.family === event.family;
}

/** Whether a way of trading may be tried in a state: the state names it, and what it filters. */
export function allows(state: State, way: Way): boolean {
  return way.named.every((name) => state.templates.includes(name));
}

/** Occurrences that a candidate in it needs. */
export function askedBy(state: State): number {
  return Math.max(LEAST, state.min_events);
}

/** Symbols whose rows can tell a state. */
export function tellers(state: State, tables: readonly Gathered<Frame>[]): readonly string[] {
  const column = `${state.id.toLowerCase()}_flag`;
  return tables.flatMap(({ at, value }) => (value.has(column) && at.symbol ? [at.symbol] : []));
}

/** The formulas of a state. */
export function ruleOfState(state: State): Rule {
  return { formulas: [state.rule], let: state.let };
}

/** All that decides when a state holds: its own formulas and those of the features, events and states it names. */
export function stateText(
  spec: State,
  states: ReadonlyMap<string, State>,
  events: ReadonlyMap<string, Event>,
  features: ReadonlyMap<string, Feature>,
): string {
  const seen = new Set<string>();
  const told: string[] = [];
  const follow = (one: State): void => {
    if (seen.has(one.id)) return;
    seen.add(one.id);
    const text = resolved(ruleOfState(one), features);
    told.push(text);
    for (const name of [...new Set(text.match(/[A-Z][A-Z0-9_]+/g) ?? [])].sort()) {
      const [other, event] = [states.get(name), events.get(name)];
      const severe = text.includes(`${name}.severity`);
      const read = severe ? `${name}.severity` : name;
      if (other) follow(other);
      else if (event && !seen.has(read)) {
        seen.add(read);
        told.push(readOf(event, severe, features));
      }
    }
  };
  follow(spec);
  return told.join('\n');
}
