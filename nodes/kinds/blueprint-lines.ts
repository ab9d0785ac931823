import { type Json, port } from '../../engine/sdk/index.js';
import { blueprintSchema } from './blueprint-schema.js';

/** A blueprint as it is written and read: what its schema asks for, as far as nodes here name it. */
export interface Blueprint {
  readonly [field: string]: Json;
  readonly id: string;
  readonly event_type: string;
  readonly candidate_id: string;
  readonly direction: string;
  readonly entry: {
    readonly [field: string]: Json;
    readonly side: { readonly [field: string]: Json; readonly times: number };
  };
  readonly lineage: {
    readonly [field: string]: Json;
    readonly ontology_spec_hash: string;
    /** Digests of the rules it stands on, by what they are rules of. */
    readonly ontology_parts: Readonly<Record<string, string>>;
    readonly state_id: string | null;
    readonly template_verb: string;
  };
}

/*
 * These ports are not among those of `ports.ts`: every node imports that file, and would be keyed anew whenever this schema changes.
 */

export const blueprintList = port.json<readonly Blueprint[]>('Blueprints, better ones first.', {
  type: 'array',
  items: blueprintSchema,
});

/** The name of the file, wherever it lies. */
export const BLUEPRINTS = 'blueprints.jsonl';

export const blueprintFile = port.file('The same, one a line.', {
  lines: { name: 'blueprint-line', schema: blueprintSchema },
});
