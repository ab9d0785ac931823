import { parseFormula } from '../expr/parse.js';
import { operatorNames } from '../graph/composed.js';
import type { Catalogue, NodeEntry } from '../sdk/catalogue.js';
import type { ParamSchema, ParamSpecs } from '../sdk/params.js';
import type { Json, JsonObject } from '../yaml/value.js';

/** Names of operators that the formulas among a node's resolved parameters use, sorted: their code is part of the key. */
export function operatorsIn(
  node: NodeEntry,
  params: JsonObject,
  catalogue: Catalogue,
): readonly string[] {
  const used = new Set<string>();
  fields(node.params, params, catalogue, used);
  return [...used].sort();
}

function fields(
  specs: ParamSpecs,
  values: JsonObject,
  catalogue: Catalogue,
  used: Set<string>,
): void {
  for (const [name, schema] of Object.entries(specs)) {
    const value = values[name];
    if (value !== undefined) visit(schema, value, catalogue, used);
  }
}

function visit(schema: ParamSchema, value: Json, catalogue: Catalogue, used: Set<string>): void {
  const type = schema['x-dag'];
  switch (type.as) {
    case 'optional':
      visit(type.of, value, catalogue, used);
      return;
    case 'formula':
      formula(value, used);
      return;
    case 'list':
    case 'map':
      for (const v of Object.values(value ?? {})) visit(type.of, v, catalogue, used);
      return;
    case 'record':
      if (isMap(value)) fields(type.fields, value, catalogue, used);
      return;
    case 'spec':
      if (isMap(value)) spec(type.kind, value, catalogue, used);
  }
}

function spec(kind: string, value: JsonObject, catalogue: Catalogue, used: Set<string>): void {
  const entry = catalogue.kinds[kind];
  if (!entry) return;
  fields(entry.fields, value, catalogue, used);
  if (entry.formulas && isMap(value.let))
    for (const clause of Object.values(value.let)) formula(clause, used);
}

const byText = new Map<string, readonly string[]>();

function formula(value: Json, used: Set<string>): void {
  const text = String(value);
  let names = byText.get(text);
  if (!names) {
    names = namesIn(text);
    byText.set(text, names);
  }
  for (const name of names) used.add(name);
}

function namesIn(text: string): readonly string[] {
  const { tree } = parseFormula(text, (offset, length) => ({
    file: '',
    line: 1,
    col: offset + 1,
    length,
  }));
  return tree ? operatorNames(tree) : [];
}

function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
