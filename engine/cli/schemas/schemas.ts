import type { Catalogue } from '../../sdk/catalogue.js';
import type { Made } from '../shared/written.js';
import { contractSchema, formulaSchema } from './engine.js';
import type { Schema } from './field.js';
import { specIds, withIds } from './ids.js';
import { kindSchema } from './kind.js';
import { pipelineSchema } from './pipeline.js';

/** Where schemas are kept, from the project's root. */
export const SCHEMAS = 'spec/schema';

/**
 * The schema files of a project: one for pipelines, one for every kind that has files, one for every file of lines that a node gives.
 * They offer the ids of its specs.
 */
export function schemaFiles(root: string, catalogue: Catalogue): Made {
  const ids = specIds(root, catalogue);
  const kinds = Object.values(catalogue.kinds).filter((kind) => kind.folder !== '');
  const schemas: readonly (readonly [string, Schema])[] = [
    ['dag', pipelineSchema(catalogue)],
    ['contract', contractSchema],
    ['formula', formulaSchema],
    ...kinds.map((kind) => [kind.kind, kindSchema(kind)] as const),
    ...lineSchemas(catalogue),
  ];
  return new Map(
    schemas.map(([name, schema]) => [
      `${SCHEMAS}/${name}.json`,
      `${JSON.stringify(withIds(schema, ids), null, 2)}\n`,
    ]),
  );
}

/** What a line is of the files that nodes give: once a name, however many ports share it. */
function lineSchemas({ nodes }: Catalogue): readonly (readonly [string, Schema])[] {
  const ports = Object.values(nodes).flatMap((node) => Object.values(node.out));
  const told = ports.flatMap(({ lines }) => (lines ? [lines] : []));
  const byName = new Map(told.map(({ name, schema }) => [name, { $schema: DRAFT, ...schema }]));
  return [...byName];
}

const DRAFT = 'http://json-schema.org/draft-07/schema#';
