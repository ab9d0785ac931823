import type { Place } from '../diag/diagnostic.js';

/** What stands in a YAML file, with the place of every part. Aliases, tags and merge keys never reach this form. */
export type Yaml = YamlScalar | YamlList | YamlMap;

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  readonly place: Place;
  /** The place of `length` characters that start `offset` characters into the text, also in quoted and block scalars. */
  locate(offset: number, length: number): Place;
}

export interface YamlList {
  readonly kind: 'list';
  readonly items: readonly Yaml[];
  readonly place: Place;
}

export interface YamlMap {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
  readonly place: Place;
}

export interface YamlEntry {
  readonly key: string;
  readonly keyPlace: Place;
  readonly value: Yaml;
}

export type { Json, JsonObject } from '../diag/data.js';
