import type { Place } from '../diag/diagnostic.js';
import type { KindEntry } from '../sdk/catalogue.js';
import type { ParamSchema } from '../sdk/params.js';
import type { Json } from '../yaml/value.js';
import { paramsIn } from './formulas.js';
import { type Given, leafText, locator, wholeName } from './given.js';
import { rowId } from './ids.js';

/** One `$name` in a value: as the whole of a text, in a formula, or joined with other text (which is not allowed). */
export interface Use {
  readonly name: string;
  readonly place: Place;
  readonly how: 'whole' | 'formula' | 'joined';
}

type Kinds = Readonly<Record<string, KindEntry>>;

/** The value of a `$name`; `row` says that it is a row of a table. */
export type Lookup = (name: string) => { readonly json: Json | undefined; readonly row?: boolean };

/** Every `$name` of a value that is meant for a schema, in reading order. */
export function usesIn(
  given: Given,
  schema: ParamSchema | undefined,
  kinds: Kinds,
): readonly Use[] {
  if (given.kind === 'list')
    return given.items.flatMap((item) => usesIn(item, itemOf(schema), kinds));
  if (given.kind === 'map') {
    return given.entries.flatMap((e) => usesIn(e.value, fieldOf(schema, e.key, kinds), kinds));
  }
  const text = leafText(given);
  if (text === undefined || !text.includes('$')) return [];
  const name = wholeName(text);
  if (name !== undefined) return [{ name, place: given.place, how: 'whole' }];
  if (isFormula(schema)) return paramsIn(given).map((use) => ({ ...use, how: 'formula' }));
  if (text.startsWith('$$')) return [];
  const locate = locator(given);
  return [...text.matchAll(/\$([a-z_][a-z0-9_]*)/g)].map((found) => ({
    name: found[1] ?? '',
    place: locate(found.index, found[0].length),
    how: 'joined',
  }));
}

/**
 * Put values in the places of whole `$names`, and drop one `$` of texts that start with `$$`.
 * A name without a value (its json is undefined) leaves its field out of a map, and is null elsewhere.
 */
export function substitute(
  given: Given,
  schema: ParamSchema | undefined,
  kinds: Kinds,
  lookup: Lookup,
): Given | undefined {
  if (given.kind === 'list') {
    const items = given.items.map(
      (i) => substitute(i, itemOf(schema), kinds, lookup) ?? nothing(i),
    );
    return items.every((item, i) => item === given.items[i]) ? given : { ...given, items };
  }
  if (given.kind === 'map') {
    const entries = given.entries.flatMap((e) => {
      const value = substitute(e.value, fieldOf(schema, e.key, kinds), kinds, lookup);
      return value === undefined ? [] : [{ ...e, value }];
    });
    return { ...given, entries };
  }
  return leaf(given, isFormula(schema), lookup);
}

function leaf(given: Given, formula: boolean, lookup: Lookup): Given | undefined {
  const text = leafText(given);
  if (text === undefined || !text.startsWith('$')) return given;
  const name = wholeName(text);
  if (name === undefined) {
    const escaped = text.startsWith('$$') && !formula;
    return escaped ? { kind: 'data', json: text.slice(1), place: given.place } : given;
  }
  const { json, row } = lookup(name);
  // A formula that is passed on arrives as text and is read here; other constants are bound in place.
  if (formula && json !== undefined && typeof json !== 'string') return given;
  if (json === undefined) return undefined;
  return { kind: 'data', json, place: given.place, row, id: row ? rowId(json, name) : undefined };
}

function nothing(given: Given): Given {
  return { kind: 'data', json: null, place: given.place };
}

function isFormula(schema: ParamSchema | undefined): boolean {
  const type = schema?.['x-dag'];
  if (type?.as === 'optional') return isFormula(type.of);
  return type?.as === 'formula';
}

function itemOf(schema: ParamSchema | undefined): ParamSchema | undefined {
  const type = schema?.['x-dag'];
  if (type?.as === 'optional') return itemOf(type.of);
  return type?.as === 'list' ? type.of : undefined;
}

function fieldOf(
  schema: ParamSchema | undefined,
  key: string,
  kinds: Kinds,
): ParamSchema | undefined {
  const type = schema?.['x-dag'];
  if (type?.as === 'optional') return fieldOf(type.of, key, kinds);
  if (type?.as === 'map') return type.of;
  const fields =
    type?.as === 'record'
      ? type.fields
      : type?.as === 'spec'
        ? kinds[type.kind]?.fields
        : undefined;
  return fields && Object.hasOwn(fields, key) ? fields[key] : undefined;
}
