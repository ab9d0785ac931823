import { reporter } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';
import {
  freeNames,
  get,
  listOf,
  mapOf,
  numberOf,
  scalarTextOf,
  textOf,
  unknownKeys,
} from '../yaml/read.js';
import type { Yaml, YamlMap } from '../yaml/value.js';
import type { ConstantArg } from './op.js';
import { parseFormula } from './parse.js';
import type { Tree } from './tree.js';

const report = reporter({
  'formula/kind': 'The kind of the argument "{name}" must be one of {kinds}, found {found}.',
  'formula/words': 'The argument "{name}" chooses between words: "words" must list two or more.',
  'formula/default': 'The default of the argument "{name}" must be one of {words}.',
  'formula/bounds': 'The argument "{name}" is a {kind}, which has no "{key}".',
});

/** What an argument of a composed operator may be: a series, or a constant of one of the other kinds. */
export const KINDS = ['series', 'rows', 'number', 'flag', 'word'] as const;
export type ComposedKind = (typeof KINDS)[number];

/** Fields of an argument. */
export const ARG_KEYS = ['kind', 'default', 'min', 'max', 'words', 'doc'];

export interface ComposedArg {
  readonly name: string;
  readonly kind: ComposedKind;
  /** How a constant is read and held to its bounds, as those of primitive operators are; undefined for a series. */
  readonly constant: ConstantArg | undefined;
  readonly default: Tree | undefined;
  readonly doc: string;
}

/** The arguments of a composed operator in their order. */
export function readArgs(value: Yaml | undefined, problems: Problems): readonly ComposedArg[] {
  const map = value === undefined ? undefined : mapOf(value, problems, '"args"');
  if (map === undefined) return [];
  freeNames(map, problems);
  return map.entries.flatMap(({ key, value: body }) => {
    const fields = mapOf(body, problems, `The argument "${key}"`);
    return fields === undefined ? [] : [readArg(key, fields, problems)];
  });
}

function readArg(name: string, fields: YamlMap, problems: Problems): ComposedArg {
  unknownKeys(fields, ARG_KEYS, problems);
  const kind = kindOf(name, fields, problems);
  const preset = get(fields, 'default');
  const doc = get(fields, 'doc');
  const constant = constantOf(name, kind, fields, problems);
  const tree = preset === undefined ? undefined : readTree(preset, problems, '"default"');
  const words = constant?.words ?? [];
  if (preset && words.length > 0 && !(tree?.kind === 'name' && words.includes(tree.name)))
    problems.add(report('formula/default', preset.place, { name, words }));
  return {
    name,
    kind,
    constant,
    default: tree,
    doc: (doc === undefined ? undefined : textOf(doc, problems, '"doc"')) ?? '',
  };
}

function kindOf(name: string, fields: YamlMap, problems: Problems): ComposedKind {
  const written = get(fields, 'kind');
  const found = written === undefined ? 'series' : textOf(written, problems, '"kind"');
  const kind = KINDS.find((k) => k === found);
  // What is no text at all was told already.
  if (kind === undefined && found !== undefined)
    problems.add(report('formula/kind', fields.place, { name, kinds: KINDS, found }));
  return kind ?? 'series';
}

function constantOf(
  name: string,
  kind: ComposedKind,
  fields: YamlMap,
  problems: Problems,
): ConstantArg | undefined {
  const counted = kind === 'rows' || kind === 'number';
  const allowed = counted ? ['min', 'max'] : kind === 'word' ? ['words'] : [];
  for (const key of ['min', 'max', 'words']) {
    const given = get(fields, key);
    if (given !== undefined && !allowed.includes(key))
      problems.add(report('formula/bounds', given.place, { name, kind, key }));
  }
  if (kind === 'series') return undefined;
  const bound = (key: string): number | undefined => {
    const value = counted ? get(fields, key) : undefined;
    return value === undefined ? undefined : numberOf(value, problems, `"${key}"`);
  };
  const [least, most] = [bound('min'), bound('max')];
  return {
    name,
    is: kind,
    ...(kind === 'rows' ? { all: true as const } : {}),
    ...(least === undefined ? {} : { least }),
    ...(most === undefined ? {} : { most }),
    ...(kind === 'word' ? { words: wordsOf(name, fields, problems) } : {}),
  };
}

function wordsOf(name: string, fields: YamlMap, problems: Problems): readonly string[] {
  const value = get(fields, 'words');
  const items = (value && listOf(value, problems, '"words"')?.items) ?? [];
  const words = items.flatMap((item) => textOf(item, problems, 'A word') ?? []);
  if (words.length < 2) problems.add(report('formula/words', fields.place, { name }));
  return words;
}

/** A formula in a file of a composed operator: text, or a bare number or truth value. */
export function readTree(value: Yaml, problems: Problems, what: string): Tree | undefined {
  if (
    value.kind === 'scalar' &&
    (typeof value.value === 'number' || typeof value.value === 'boolean')
  ) {
    const parsed = parseFormula(String(value.value), () => value.place);
    problems.add(...parsed.problems);
    return parsed.tree;
  }
  const scalar = scalarTextOf(value, problems, what);
  if (scalar === undefined) return undefined;
  const { tree, problems: found } = parseFormula(scalar.value, (o, l) => scalar.locate(o, l));
  problems.add(...found);
  return tree;
}
