import type { Blueprint } from './blueprint.js';
import { type Ontology, ontologyHash } from './ontology.js';

/** Why a blueprint is not what the specs say today. */
export interface Mismatch {
  readonly blueprint: string;
  readonly written: string;
  /** Digest of the specs, or the rule they lack. */
  readonly found: string;
}

/**
 * Does a blueprint still mean what it meant when it was written? To be asked wherever one is read: under other rules of its event,
 * template or state it is another strategy, which nobody tested.
 * @returns  what differs, undefined where nothing does
 */
export function checkOntology(blueprint: Blueprint, specs: Ontology): Mismatch | undefined {
  const { ontology_spec_hash: written, template_verb, state_id } = blueprint.lineage;
  const named = { event: blueprint.event_type, template: template_verb, state: state_id };
  const found = ontologyHash(named, specs);
  if (found === written) return undefined;
  const told = typeof found === 'string' ? found : `no ${found.kind} ${found.id}`;
  return { blueprint: blueprint.id, written, found: told };
}
