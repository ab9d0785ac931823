import type { KindEntry } from '../../sdk/catalogue.js';
import { DESCRIPTIVE } from '../../sdk/kind.js';
import { fieldsSchema, type Schema } from './field.js';

/** Fields that every spec may have and that no key contains. */
export const DESCRIPTIONS: Readonly<Record<(typeof DESCRIPTIVE)[number], Schema>> = {
  title: { type: 'string', description: 'A few words for tables and plots.' },
  doc: { type: 'string', description: 'What it is and why one would want it.' },
  source: { type: 'string', description: 'Where it is from: paper, book, page.' },
  cases: {
    type: 'array',
    description: 'Examples that `dag test` runs.',
    items: { type: 'object' },
  },
};

const CONSTANT: Schema = {
  anyOf: [
    { type: ['number', 'string', 'boolean'] },
    {
      type: 'object',
      required: ['default'],
      additionalProperties: false,
      properties: {
        default: { type: ['number', 'string', 'boolean'] },
        min: { type: 'number' },
        max: { type: 'number' },
        unit: { type: 'string' },
        doc: { type: 'string' },
      },
    },
  ],
};

const FORMULA_PARTS = {
  params: {
    type: 'object',
    description: 'Constants that formulas name as $name.',
    additionalProperties: CONSTANT,
  },
  foreach: {
    type: 'object',
    description: 'One instance for every combination of these values.',
    additionalProperties: { type: 'array', minItems: 1 },
  },
  let: {
    type: 'object',
    description: 'Named formulas; each may use those above it.',
    additionalProperties: { type: ['string', 'number', 'boolean'] },
  },
};

/** The schema of a kind of spec file. */
export function kindSchema(kind: KindEntry): Schema {
  const fields = fieldsSchema(kind.fields);
  const required = Array.isArray(fields.required) ? fields.required : [];
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: kind.kind,
    description: kind.doc,
    ...fields,
    properties: {
      [kind.kind]: {
        type: 'string',
        pattern: '^[A-Za-z0-9_.+-]{1,64}$',
        description: 'The id; the name of the file.',
      },
      ...Object.fromEntries(DESCRIPTIVE.map((name) => [name, DESCRIPTIONS[name]])),
      ...(typeof fields.properties === 'object' ? fields.properties : {}),
      ...(kind.formulas ? FORMULA_PARTS : {}),
    },
    required: [kind.kind, ...required],
  };
}
