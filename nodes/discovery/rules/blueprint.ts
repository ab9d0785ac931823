import type { Json } from '../../../engine/sdk/index.js';

/** A blueprint as it is written and read: what its schema asks for, as far as readers here name it. */
export interface Blueprint {
  readonly [field: string]: Json;
  readonly id: string;
  readonly event_type: string;
  readonly candidate_id: string;
  readonly lineage: {
    readonly [field: string]: Json;
    readonly ontology_spec_hash: string;
    readonly state_id: string | null;
    readonly template_verb: string;
  };
}
