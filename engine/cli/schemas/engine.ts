import { KINDS } from '../../expr/composed-args.js';
import { DESCRIPTIVE } from '../../sdk/kind.js';
import type { Schema } from './field.js';
import { DESCRIPTIONS } from './kind.js';

/*
 * Contracts and composed operators are the engine's own: no plugin declares them. `frame/declare.ts` and `expr/composed.ts`
 * read them and know more than a schema can say; a test holds the fields of both sides equal.
 */

const ID: Schema = {
  type: 'string',
  pattern: '^[a-z_][a-z0-9_]*$',
  description: 'The id; the name of the file.',
};
const TEXT: Schema = { type: 'string' };
const DURATION: Schema = { type: 'string', pattern: '^(0|[1-9][0-9]*)(ms|s|m|h|d|w)$' };
const COLUMNS: Schema = { anyOf: [TEXT, { type: 'array', items: TEXT }] };
const FREE: Schema = { pattern: '^[a-z_][a-z0-9_]*$' };

const AVAILABLE: Schema = {
  description: 'When a row is known.',
  anyOf: [
    { enum: ['events', 'window'] },
    object({ column: TEXT, plus: DURATION }, ['column']),
    object({ static: TEXT }, ['static']),
  ],
};

const COLUMN: Schema = {
  anyOf: [
    { enum: ['f64', 'bool', 'text', 'time'] },
    object(
      {
        type: { enum: ['f64', 'bool', 'text', 'time'] },
        unit: { type: 'string', description: 'Such as bar, return, quote / base.' },
        doc: TEXT,
        nullable: { type: 'boolean', description: 'Values may be missing.' },
        optional: { type: 'boolean', description: 'The column may be absent.' },
        min: { type: 'number' },
        max: { type: 'number' },
        above: { type: 'number', description: 'Values are larger than this.' },
        whole: { type: 'boolean', description: 'Values are whole numbers.' },
        available: AVAILABLE,
      },
      ['type'],
    ),
  ],
};

/** The schema of `spec/contracts/`. */
export const contractSchema: Schema = file('contract', 'What the rows of a table promise.', {
  columns: {
    type: 'object',
    description: 'Type and rules by name.',
    propertyNames: FREE,
    additionalProperties: COLUMN,
  },
  entity: { ...COLUMNS, description: 'What a row is about.' },
  sort: { ...COLUMNS, description: 'The order of rows.' },
  unique: { ...COLUMNS, description: 'No two rows agree in all of these.' },
  spacing: { ...DURATION, description: 'From one row to the next.' },
  absent: {
    ...object({ column: FREE, is: { type: ['string', 'number'] } }, ['column', 'is']),
    description:
      'What a column has in a row that stands for one that was not there; publishing takes it for no row.',
  },
  silence: {
    ...FREE,
    description:
      'A column of texts, such as a symbol: of each of them, having no row means that there was nothing. Publishing replaces what a run looked at.',
  },
  available: AVAILABLE,
});

/** The schema of `spec/formulas/`. */
export const formulaSchema: Schema = file(
  'formula',
  'An operator made of operators.',
  {
    args: {
      type: 'object',
      description: 'Arguments in their order.',
      propertyNames: FREE,
      additionalProperties: object({
        kind: { enum: KINDS, description: 'Default series.' },
        default: {},
        min: { type: 'number', description: 'The least value of rows or number.' },
        max: { type: 'number', description: 'The largest value of rows or number.' },
        words: { type: 'array', items: TEXT, minItems: 2, description: 'What a word may be.' },
        doc: TEXT,
      }),
    },
    let: {
      type: 'object',
      description: 'Named formulas; each may use those above it.',
      propertyNames: FREE,
      additionalProperties: { type: ['string', 'number', 'boolean'] },
    },
    expr: { type: ['string', 'number', 'boolean'], description: 'The formula.' },
  },
  ['expr'],
);

function file(
  kind: string,
  description: string,
  fields: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
): Schema {
  const descriptive = Object.fromEntries(DESCRIPTIVE.map((name) => [name, DESCRIPTIONS[name]]));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: kind,
    description,
    ...object({ [kind]: ID, ...descriptive, ...fields }, [kind, ...required]),
  };
}

function object(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
): Schema {
  return {
    type: 'object',
    properties,
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
  };
}
