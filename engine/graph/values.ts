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

const NO_ROUND: Readonly<Record<string, Json>> = {};

/** Parameters of stages, resolved once for every combination of points that they look at. */
export class ValueCache {
  readonly #stages = new Map<
    Stage,
    { readonly dims: readonly Dimension[]; readonly known: Map<string, Values> }
  >();

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
}

function resolve(stage: Stage, binding: Binding, round: Readonly<Record<string, Json>>): Values {
  const json: Record<string, Json> = {};
  const keyed: Record<string, Json> = {};
  for (const param of stage.params) {
    const value = param.at(binding, round);
    if (value === undefined) continue;
    json[param.name] = value;
    if (!isFolder(stage, param.name)) keyed[param.name] = value;
  }
  return { json, text: canonical(keyed) };
}

function isFolder(stage: Stage, name: string): boolean {
  const type = stage.node.params[name]?.['x-dag'];
  return type?.as === 'folder' || (type?.as === 'optional' && type.of['x-dag'].as === 'folder');
}
