import { reporter } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';
import type { ParamSchema, ParamType } from '../sdk/params.js';
import type { Json } from '../yaml/value.js';
import type { ParamAst } from './ast.js';
import { coerce } from './coerce.js';
import { describe, type Given, wholeName } from './given.js';
import { typeOf, typeText } from './typetext.js';
import type { World } from './world.js';

const report = reporter({
  'graph/default-type': 'The default of "{name}" is {found}: its type must be said.',
  'graph/default-names': 'The default of "{name}" names "{found}": a default is a plain value.',
  'graph/no-bounds': 'A {type} has no min and max.',
  'graph/bounds': 'The bounds of "{name}" leave no value: min {min}, max {max}.',
});

/** The type of a declared parameter, with its bounds; undefined when it cannot be told. */
export function declaredType(
  param: ParamAst,
  world: World,
  problems: Problems,
): ParamSchema | undefined {
  const named = param.value && nameIn(param.value);
  if (named !== undefined) {
    const facts = { name: param.name, found: `$${named}` };
    problems.add(report('graph/default-names', param.value?.place, facts));
    return undefined;
  }
  const type = param.type ? typeOf(param.type, world.kinds, problems) : inferred(param, problems);
  if (!type) return undefined;
  const schema = bounded(type, param, world, problems);
  return param.doc === '' ? schema : { ...schema, description: param.doc };
}

/** The type of a bare default. A whole number may become a fraction later, so it is a number. */
function inferred(param: ParamAst, problems: Problems): ParamSchema | undefined {
  const { value } = param;
  const type = value && literalType(value);
  if (type) return type;
  const found = value ? describe(value) : 'absent';
  const hint = 'say it: { type: …, default: … }';
  problems.add(
    report(
      'graph/default-type',
      value?.place ?? param.place,
      { name: param.name, found },
      { hint },
    ),
  );
  return undefined;
}

/** The type that plain values have by themselves; lists of one kind of scalar are lists of it, others are json. */
export function literalType(value: Given): ParamSchema | undefined {
  if (value.kind === 'scalar') {
    const as = typeof value.value;
    if (as === 'number') return { 'x-dag': { as: 'number' } };
    if (as === 'string') return { 'x-dag': { as: 'text' } };
    return as === 'boolean' ? { 'x-dag': { as: 'boolean' } } : undefined;
  }
  if (value.kind !== 'list') return undefined;
  const types = value.items.map(literalType);
  const [first] = types;
  const same = first && types.every((t) => t && typeText(t) === typeText(first));
  return { 'x-dag': { as: 'list', of: same ? first : { 'x-dag': { as: 'json' } } } };
}

function bounded(
  type: ParamSchema,
  param: ParamAst,
  world: World,
  problems: Problems,
): ParamSchema {
  if (!param.min && !param.max) return type;
  const limit = (given: Given | undefined, name: string): number | undefined => {
    if (!given) return undefined;
    const on = { world, problems, constants: {} };
    const json: Json | undefined = coerce(given, { 'x-dag': { as: 'number' } }, name, on);
    return typeof json === 'number' ? json : undefined;
  };
  const [min, max] = [limit(param.min, '"min"'), limit(param.max, '"max"')];
  if (min !== undefined && max !== undefined && min > max) {
    problems.add(report('graph/bounds', param.min?.place, { name: param.name, min, max }));
    return type;
  }
  const bounds = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
  const inner: ParamType = type['x-dag'];
  if (inner.as === 'number' || inner.as === 'integer' || inner.as === 'list') {
    return { ...type, 'x-dag': { ...inner, ...bounds } };
  }
  const hint = 'numbers and lists have bounds';
  const place = (param.min ?? param.max)?.place;
  problems.add(report('graph/no-bounds', place, { type: typeText(type) }, { hint }));
  return type;
}

function nameIn(value: Given): string | undefined {
  if (value.kind === 'scalar' && typeof value.value === 'string') return wholeName(value.value);
  if (value.kind === 'list') return value.items.map(nameIn).find((n) => n !== undefined);
  if (value.kind !== 'map') return undefined;
  return value.entries.map((e) => nameIn(e.value)).find((n) => n !== undefined);
}
