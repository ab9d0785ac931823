import { reporter } from '../diag/diagnostic.js';
import { suggestion } from '../diag/suggest.js';
import type { KindEntry } from '../sdk/catalogue.js';
import type { ParamSchema } from '../sdk/params.js';
import type { JsonObject } from '../yaml/value.js';
import { type Given, isMap, leafText } from './given.js';
import { wrongType } from './scalars.js';
import type { Coercion } from './world.js';

const report = reporter({
  'param/other-kind': '{what} must be a spec of kind "{kind}", found one of kind "{found}".',
  'param/unknown-kind': '{what} wants a spec of kind "{kind}", which no plugin declares.',
});

/** The kind of that name; undefined after reporting that there is none. */
export function kindCalled(
  name: string,
  given: Given,
  what: string,
  on: Coercion,
): KindEntry | undefined {
  const { kinds } = on.world;
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (!kind) {
    const hint = suggestion(name, Object.keys(kinds));
    on.problems.add(report('param/unknown-kind', given.place, { what, kind: name }, { hint }));
  }
  return kind;
}

/** Specs named by a glob, or all instances of a spec with `foreach`; undefined where the value names no such thing. */
export function severalSpecs(
  given: Given,
  of: ParamSchema,
  what: string,
  on: Coercion,
): readonly JsonObject[] | 'failed' | undefined {
  const type = of['x-dag'];
  const name = given.kind === 'data' ? given.json : leafText(given);
  if (type.as !== 'spec' || typeof name !== 'string') return undefined;
  const kind = kindCalled(type.kind, given, what, on);
  if (!kind || kind.folder === '') return kind ? undefined : 'failed';
  return on.world.specs(kind, name, given.place, on.problems) ?? 'failed';
}

/** The spec of a kind with a folder that a value names by id or path, or already is; undefined after reporting that it is none. */
export function oneSpec(
  given: Given,
  kind: KindEntry,
  what: string,
  on: Coercion,
): JsonObject | undefined {
  const json = given.kind === 'data' ? given.json : leafText(given);
  if (typeof json === 'string') return on.world.spec(kind, json, given.place, on.problems);
  const found = isMap(json) ? on.world.kindOf(json) : undefined;
  if (isMap(json) && found === kind.kind) return json;
  if (found === undefined)
    return wrongType(given, `the id or path of a spec of kind "${kind.kind}"`, what, on);
  on.problems.add(report('param/other-kind', given.place, { what, kind: kind.kind, found }));
  return undefined;
}
