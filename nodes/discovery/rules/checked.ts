import type { Blueprint } from '../../kinds/blueprint-lines.js';
import { isUnknown, type Ontology, ontologyHash, partsOf } from './ontology.js';

/** Why a blueprint is not what the specs say today. */
export interface Mismatch {
  readonly blueprint: string;
  readonly written: string;
  /** Digest of the specs, or the rule they lack. */
  readonly found: string;
  /** Rules that differ or are gone: `event VOL_SPIKE`. */
  readonly changed: readonly string[];
}

/**
 * Does a blueprint still mean what it meant when it was written? To be asked wherever one is read: under other rules of its event,
 * template or state it is another strategy, which nobody tested.
 * @returns  what differs, undefined where nothing does
 */
export function checkOntology(blueprint: Blueprint, specs: Ontology): Mismatch | undefined {
  const { lineage } = blueprint;
  const { ontology_spec_hash: written, template_verb, state_id } = lineage;
  const named = { event: blueprint.event_type, template: template_verb, state: state_id };
  const parts = partsOf(named, specs);
  const told = { blueprint: blueprint.id, written };
  if (isUnknown(parts)) {
    const gone = `${parts.kind} ${parts.id}`;
    return { ...told, found: `no ${gone}`, changed: [gone] };
  }
  const found = ontologyHash(parts);
  const before = lineage.ontology_parts;
  const names = new Set([...Object.keys(before), ...Object.keys(parts)]);
  const changed = [...names].filter((name) => before[name] !== parts[name]).sort();
  if (found === written && changed.length === 0) return undefined;
  return { ...told, found, changed };
}
