import type { Json, JsonObject } from '../../diag/data.js';
import type { ParamSchema, ParamSpecs } from '../../sdk/params.js';
import { refTo } from './ids.js';

/** A JSON Schema for editors. */
export type Schema = JsonObject;

/** Where a value may also be the name of a parameter or loop variable: whole, never inside a text. */
const NAME: Schema = {
  type: 'string',
  pattern: '^\\$[a-z_][a-z0-9_.]*$',
  description: 'A parameter or dimension.',
};

/** The schema of a parameter as authors write it: its own, a `$name`, and for lists of specs a glob. */
export function fieldSchema(schema: ParamSchema): Schema {
  const type = schema['x-dag'];
  const about = {
    ...(schema.description === undefined ? {} : { description: schema.description }),
    ...(schema.default === undefined ? {} : { default: schema.default }),
  };
  if (type.as === 'optional') return { ...fieldSchema(type.of), ...about };
  if (type.as === 'json') return about;
  const choices = [plain(schema), NAME];
  if (type.as === 'list' && type.of['x-dag'].as === 'spec')
    choices.push({ type: 'string', description: 'A glob of specs.' });
  return { ...about, anyOf: choices };
}

/** The schema of a map of parameters. */
export function fieldsSchema(fields: ParamSpecs): Schema {
  const needed = Object.entries(fields).filter(
    ([, s]) => s.default === undefined && !['optional', 'seed'].includes(s['x-dag'].as),
  );
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(fields).map(([name, schema]) => [name, fieldSchema(schema)]),
    ),
    additionalProperties: false,
    ...(needed.length > 0 ? { required: needed.map(([name]) => name) } : {}),
  };
}

function plain(schema: ParamSchema): Schema {
  const type = schema['x-dag'];
  switch (type.as) {
    case 'list':
      return { ...keywords(schema), items: fieldSchema(type.of) };
    case 'map':
      return { ...keywords(schema), additionalProperties: fieldSchema(type.of) };
    case 'record':
      return fieldsSchema(type.fields);
    case 'spec':
    case 'id':
      return refTo(type.kind);
    default:
      return keywords(schema);
  }
}

/** What JSON Schema itself says of a parameter. */
function keywords(schema: ParamSchema): Schema {
  const own = Object.entries(schema).filter(
    ([name]) => !['x-dag', 'description', 'default'].includes(name),
  );
  return Object.fromEntries(own.flatMap(([name, value]) => (isJson(value) ? [[name, value]] : [])));
}

function isJson(value: unknown): value is Json {
  return value === null || ['string', 'number', 'boolean', 'object'].includes(typeof value);
}
