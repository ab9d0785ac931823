import type { Json, JsonObject } from '../../diag/data.js';
import type { Problems } from '../../diag/problems.js';
import { bind, type Definition, parseFormula, type Tree } from '../../expr/index.js';
import type { KindEntry } from '../../sdk/catalogue.js';
import type { ParamSchema, ParamSpecs, ParamType } from '../../sdk/params.js';
import { get, plain } from '../../yaml/read.js';
import type { Yaml, YamlMap } from '../../yaml/value.js';

/** The formulas of a spec: its clauses, and by field name what it gives. */
export interface SpecFormulas {
  readonly clauses: readonly Definition[];
  readonly fields: ReadonlyMap<string, Tree>;
}

/** The formulas of a spec with constants bound: its own defaults, the first values of `foreach`, and what a case sets. */
export function formulasOf(
  spec: YamlMap,
  kind: KindEntry,
  set: JsonObject,
  problems: Problems,
): SpecFormulas {
  const constants = { ...constantsOf(spec), ...set };
  const read = (value: Yaml): Tree | undefined => {
    const tree = treeOf(value, problems);
    return tree && bind(tree, constants, (p) => problems.add(p));
  };
  const lets = get(spec, 'let');
  const clauses = (lets?.kind === 'map' ? lets.entries : []).flatMap(
    ({ key, value }): Definition[] => {
      const tree = read(value);
      return tree ? [{ id: key, tree, place: value.place, clause: true }] : [];
    },
  );
  const found = formulasIn(spec, kind.fields).flatMap(([name, value]) => {
    const tree = read(value);
    return tree ? [[name, tree] as const] : [];
  });
  return { clauses, fields: new Map(found) };
}

/** What is written where a formula belongs, in the order written; `wait.for` is the field `for` of a record. */
export function formulasIn(
  map: YamlMap,
  schemas: ParamSpecs,
): readonly (readonly [string, Yaml])[] {
  return map.entries.flatMap(({ key, value }) => {
    const schema = Object.hasOwn(schemas, key) ? schemas[key] : undefined;
    const type = schema && typeOf(schema);
    if (type?.as === 'formula') return [[key, value] as const];
    if (type?.as !== 'record' || value.kind !== 'map') return [];
    return formulasIn(value, type.fields).map(
      ([name, inner]) => [`${key}.${name}`, inner] as const,
    );
  });
}

/** A formula in YAML: text, or a bare number or truth value. */
export function treeOf(value: Yaml, problems: Problems): Tree | undefined {
  if (value.kind !== 'scalar' || value.value === null) return undefined;
  const locate = typeof value.value === 'string' ? value.locate.bind(value) : () => value.place;
  const { tree, problems: found } = parseFormula(String(value.value), locate);
  problems.add(...found);
  return tree;
}

function constantsOf(spec: YamlMap): JsonObject {
  const constants: Record<string, Json> = {};
  for (const { key, value } of entriesAt(spec, 'params')) {
    const given = value.kind === 'map' ? get(value, 'default') : value;
    if (given) constants[key] = plain(given);
  }
  for (const { key, value } of entriesAt(spec, 'foreach')) {
    const [first] = value.kind === 'list' ? value.items : [];
    if (first) constants[key] = plain(first);
  }
  return constants;
}

function entriesAt(spec: YamlMap, key: string): YamlMap['entries'] {
  const value = get(spec, key);
  return value?.kind === 'map' ? value.entries : [];
}

/** The fields of a kind that are formulas, in declared order: a case can say what comes out of them. */
export function formulaFields({ fields }: Pick<KindEntry, 'fields'>): readonly string[] {
  return Object.entries(fields).flatMap(([name, schema]) => {
    const type = typeOf(schema);
    if (type.as === 'record') return formulaFields(type).map((inner) => `${name}.${inner}`);
    return type.as === 'formula' ? [name] : [];
  });
}

function typeOf(schema: ParamSchema): ParamType {
  const type = schema['x-dag'];
  return type.as === 'optional' ? typeOf(type.of) : type;
}
