import type { Json } from '../../../engine/sdk/index.js';
import type { Blueprint } from '../../kinds/blueprint-lines.js';
import { fingerprint } from '../../math/fingerprint.js';
import { checkOntology } from './checked.js';
import { directionOf, entryOf } from './entry.js';
import type { Ontology } from './ontology.js';

/** Why a blueprint cannot be traded under the specs of today. */
export interface Doubt {
  readonly code: 'blueprint/stale' | 'blueprint/edited';
  readonly facts: Readonly<Record<string, string>>;
}

/**
 * What keeps a blueprint from being what its rules say today. Where the rules are the same its formulas follow from them, and a line
 * that says otherwise has been changed by hand.
 */
export function doubtsOf(blueprint: Blueprint, specs: Ontology): readonly Doubt[] {
  const stale = checkOntology(blueprint, specs);
  if (stale) {
    const changed = stale.changed.join(', ') || 'its hash';
    return [{ code: 'blueprint/stale', facts: { changed } }];
  }
  const { entry, event_type: event, lineage, direction } = blueprint;
  const named = { event, template: lineage.template_verb, state: lineage.state_id };
  const { times } = entry.side;
  const rule = entryOf(named, times, specs);
  const pairs: readonly (readonly [string, Json | undefined, Json])[] = [
    ['direction', direction, directionOf(named, times, specs)],
    ...Object.entries(rule).map(
      ([field, value]) => [`entry.${field}`, entry[field], value] as const,
    ),
  ];
  return pairs.flatMap(([field, said, value]): Doubt[] => {
    if (said !== undefined && fingerprint(said) === fingerprint(value)) return [];
    const [written, found] = [JSON.stringify(said), JSON.stringify(value)];
    return [{ code: 'blueprint/edited', facts: { field, written, found } }];
  });
}
