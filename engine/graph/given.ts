import type { Place } from '../diag/diagnostic.js';
import { parseYaml } from '../yaml/parse.js';
import type { Json, JsonObject, Yaml, YamlScalar } from '../yaml/value.js';

/** A value on its way to a typed parameter: YAML, with typed values in the places of `$names`, or words of a command line. */
export type Given = YamlScalar | GivenList | GivenMap | Data | Words;

export interface GivenList {
  readonly kind: 'list';
  readonly items: readonly Given[];
  readonly place: Place;
}
export interface GivenMap {
  readonly kind: 'map';
  readonly entries: readonly GivenEntry[];
  readonly place: Place;
}
export interface GivenEntry {
  readonly key: string;
  readonly keyPlace: Place;
  readonly value: Given;
}
/** A value that already has its final form (milliseconds, resolved specs), or a default of a plugin's metadata. */
export interface Data {
  readonly kind: 'data';
  readonly json: Json;
  readonly place: Place;
  /** A row of a table: it may have more columns than the record it is read as has fields. */
  readonly row?: boolean | undefined;
  /** Of a row: the text that stands for it where a text is wanted. */
  readonly id?: string | undefined;
}
/** Text after `--set x=`: what it means depends on the type it meets. */
export interface Words {
  readonly kind: 'words';
  readonly text: string;
  readonly place: Place;
}

/** `$name` as a whole text; anything else gives undefined. */
export function wholeName(text: string): string | undefined {
  return /^\$([a-z_][a-z0-9_]*)$/.exec(text)?.[1];
}

/** The authored text of a leaf, if it is text. */
export function leafText(given: Given): string | undefined {
  if (given.kind === 'words') return given.text;
  return given.kind === 'scalar' && typeof given.value === 'string' ? given.value : undefined;
}

/** The places of a part of a leaf's text. */
export function locator(given: Given): (offset: number, length: number) => Place {
  if (given.kind === 'scalar' && typeof given.value === 'string') {
    return (offset, length) => given.locate(offset, length);
  }
  if (given.kind !== 'words') return () => given.place;
  const { place } = given;
  return (offset, length) => ({ ...place, col: place.col + offset, length: Math.max(1, length) });
}

/** What a value is, for messages: `text "abc"`, `the number 5`, `a list of 3`. */
export function describe(given: Given): string {
  switch (given.kind) {
    case 'scalar':
      return describeJson(given.value);
    case 'words':
      return `"${clip(given.text)}"`;
    case 'data':
      return describeJson(given.json);
    case 'list':
      return `a list of ${given.items.length}`;
    case 'map':
      return 'a map';
  }
}

/** What a plain value is, for messages. */
export function describeJson(json: Json): string {
  if (json === null) return 'nothing';
  if (typeof json === 'string') return `text "${clip(json)}"`;
  if (typeof json === 'number') return `the number ${json}`;
  if (typeof json === 'boolean') return String(json);
  if (isList(json)) return `a list of ${json.length}`;
  return typeof json.id === 'string' ? `the record "${clip(json.id)}"` : 'a map';
}

export function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

export function isMap(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** A list inside plain data as parts that can be coerced one by one; undefined if it is no list. */
export function itemsOf(given: Given): readonly Given[] | undefined {
  if (given.kind === 'list') return given.items;
  if (given.kind !== 'data' || !isList(given.json)) return undefined;
  return given.json.map((json) => ({ kind: 'data', json, place: given.place }));
}

/** The entries of a map, YAML or plain data; undefined if it is no map. */
export function entriesOf(given: Given): readonly GivenEntry[] | undefined {
  if (given.kind === 'map') return given.entries;
  if (given.kind !== 'data' || !isMap(given.json)) return undefined;
  const { place } = given;
  return Object.entries(given.json).map(([key, json]) => ({
    key,
    keyPlace: place,
    value: { kind: 'data', json, place },
  }));
}

/** Words as the YAML they spell (`[1, 2]`, `{ from: 2024-01-01, to: 2024-02-01 }`); undefined where they spell none. */
export function spelled(words: Words): Yaml | undefined {
  const padding = ' '.repeat(words.place.col - 1);
  const { value, problems } = parseYaml(padding + words.text, words.place.file);
  return problems.length === 0 ? value : undefined;
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
