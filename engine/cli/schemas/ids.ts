import { basename, join } from 'node:path';
import { yamlFilesUnder } from '../../graph/yaml-files.js';
import type { Catalogue } from '../../sdk/catalogue.js';
import { readYaml } from '../../yaml/file.js';
import { get } from '../../yaml/read.js';
import type { Schema } from './field.js';

/** The specs of a project by kind: what editors offer where one is named. */
export type SpecIds = Readonly<Record<string, readonly SpecId[]>>;
export interface SpecId {
  readonly id: string;
  /** A few words of the spec about itself. */
  readonly title: string;
}

/** The ids of every kind, from the files alone, so that a new file is offered without any code; a kind without files has none. */
export function specIds(root: string, { kinds }: Catalogue): SpecIds {
  const found = Object.values(kinds).map(({ kind, folder }) => {
    const { files } = folder === '' ? { files: [] } : yamlFilesUnder(root, `spec/${folder}`);
    return [kind, files.map((file) => specId(root, file))] as const;
  });
  return Object.fromEntries(found);
}

function specId(root: string, file: string): SpecId {
  const { value } = readYaml(join(root, file), file);
  const told = (key: string): string | undefined => {
    const found = value?.kind === 'map' ? get(value, key) : undefined;
    return found?.kind === 'scalar' && found.value !== null
      ? String(found.value).trim()
      : undefined;
  };
  return { id: basename(file, '.yaml'), title: told('title') ?? told('doc') ?? '' };
}

/** Where a kind's specs are defined in a schema that names them. */
export function refTo(kind: string): Schema {
  return { $ref: `#/definitions/${kind}` };
}

/** A schema with the definitions it refers to: any text, as a file's path is legal too, with the ids that there are. */
export function withIds(schema: Schema, ids: SpecIds): Schema {
  const text = JSON.stringify(schema);
  const named = Object.keys(ids)
    .sort()
    .filter((kind) => text.includes(JSON.stringify(refTo(kind))));
  if (named.length === 0) return schema;
  const definitions = named.map((kind) => {
    const known = (ids[kind] ?? []).map(({ id, title }) => ({
      const: id,
      ...(title === '' ? {} : { description: title }),
    }));
    return [
      kind,
      { anyOf: [...known, { type: 'string', description: `The id of a ${kind}, or its file.` }] },
    ];
  });
  return { ...schema, definitions: Object.fromEntries(definitions) };
}
