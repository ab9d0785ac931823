import { canonical } from '../yaml/canonical.js';
import type { Json, JsonObject } from '../yaml/value.js';
import { keyOf } from './binding.js';
import type { Binding, Dimension, Stage } from './graph.js';

/** The resolved parameters of a stage at some points. */
export interface Values {
  readonly json: JsonObject;
  /** Canonical text of what enters the key: every parameter except folders (the content of files does, their place does not). */
  readonly text: string;
}

/** Of parameters that are lists, the places of the entries that matter to a node. */
export type Concerns = Readonly<Record<string, readonly number[]>>;

const NO_ROUND: Readonly<Record<string, Json>> = {};

/** Parameters of stages, resolved once for every combination of points that they look at. */
export class ValueCache {
  readonly #stages = new Map<
    Stage,
    { readonly dims: readonly Dimension[]; readonly known: Map<string, Values> }
  >();

  readonly #narrowed = new WeakMap<Values, Map<Concerns, Values>>();

  /** @throws Refusal when a value does not fit its parameter. */
  of(stage: Stage, binding: Binding, round: Readonly<Record<string, Json>> = NO_ROUND): Values {
    let cache = this.#stages.get(stage);
    if (!cache) {
      const dims = stage.dims.filter((d) => stage.params.some((p) => p.dims.includes(d)));
      cache = { dims, known: new Map() };
      this.#stages.set(stage, cache);
    }
    const key = `${keyOf(binding, cache.dims)}${round === NO_ROUND ? '' : `\n${canonical(round)}`}`;
    let found = cache.known.get(key);
    if (!found) {
      found = resolve(stage, binding, round);
      cache.known.set(key, found);
    }
    return found;
  }

  /** Only the entries of lists that matter. */
  narrowed(stage: Stage, values: Values, concerns: Concerns | undefined): Values {
    if (concerns === undefined) return values;
    let cache = this.#narrowed.get(values);
    if (!cache) {
      cache = new Map();
      this.#narrowed.set(values, cache);
    }
    let found = cache.get(concerns);
    if (!found) {
      found = keyed(stage, picked(values.json, concerns));
      cache.set(concerns, found);
    }
    return found;
  }
}

function resolve(stage: Stage, binding: Binding, round: Readonly<Record<string, Json>>): Values {
  const json: Record<string, Json> = {};
  for (const param of stage.params) {
    const value = param.at(binding, round);
    if (value !== undefined) json[param.name] = value;
  }
  return keyed(stage, json);
}

function keyed(stage: Stage, json: JsonObject): Values {
  const named = Object.entries(json).filter(([name]) => !isFolder(stage, name));
  return { json, text: canonical(Object.fromEntries(named)) };
}

function picked(json: JsonObject, concerns: Concerns): JsonObject {
  const entries = Object.entries(json).map(([name, value]): [string, Json] => {
    const places = concerns[name];
    const list = Array.isArray(value) && places ? places.map((i) => value[i] ?? null) : value;
    return [name, list];
  });
  return Object.fromEntries(entries);
}

function isFolder(stage: Stage, name: string): boolean {
  const type = stage.node.params[name]?.['x-dag'];
  return type?.as === 'folder' || (type?.as === 'optional' && type.of['x-dag'].as === 'folder');
}
