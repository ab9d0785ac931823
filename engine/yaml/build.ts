import {
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { type Diagnostic, type Place, reporter } from '../diag/diagnostic.js';
import { flowProblem } from './flow.js';
import { MAX_PROBLEMS } from './limits.js';
import { nothing, scalarOf } from './scalar.js';
import type { Source } from './source.js';
import type { Yaml, YamlEntry, YamlList, YamlMap } from './value.js';

const report = reporter({
  'yaml/duplicate-key': 'The key "{key}" stands twice in one map.',
  'yaml/key-not-text': 'A key must be text, found {found}.',
  'yaml/merge-key': 'Merge keys are not part of our YAML.',
  'yaml/prototype-key': 'The key "{key}" is reserved.',
});

const RESERVED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Turn a node of the parser into our value; entries with a key that we refuse are reported and left out. */
export function build(node: Node, source: Source, problems: Diagnostic[]): Yaml {
  if (isMap(node)) return mapOf(node, source, problems);
  if (isSeq(node)) return listOf(node, source, problems);
  if (isScalar(node)) return scalarOf(node, source, problems);
  // Only aliases are left; the scan has refused them, and nothing will use this value.
  return nothing(node.range?.[0] ?? 0, source);
}

function listOf(node: YAMLSeq, source: Source, problems: Diagnostic[]): YamlList {
  problems.push(...flowProblem(node, source));
  const items = node.items.filter(isNode).map((item) => build(item, source, problems));
  return { kind: 'list', items, place: placeOf(node, source) };
}

function mapOf(node: YAMLMap, source: Source, problems: Diagnostic[]): YamlMap {
  problems.push(...flowProblem(node, source));
  const entries = new Map<string, YamlEntry>();
  for (const pair of node.items) {
    if (problems.length > MAX_PROBLEMS) break;
    const entry = entryOf(pair, source, problems);
    const earlier = entry && entries.get(entry.key);
    if (earlier) problems.push(duplicate(entry, earlier));
    else if (entry) entries.set(entry.key, entry);
  }
  return { kind: 'map', entries: [...entries.values()], place: placeOf(node, source) };
}

function duplicate({ key, keyPlace }: YamlEntry, earlier: YamlEntry): Diagnostic {
  const related = [{ message: 'it stands here first', place: earlier.keyPlace }];
  return report('yaml/duplicate-key', keyPlace, { key }, { hint: 'remove one of them', related });
}

function entryOf(pair: Pair, source: Source, problems: Diagnostic[]): YamlEntry | undefined {
  if (!isNode(pair.key)) throw new Error('The parser gave an entry without a key.');
  const keyPlace = placeOf(pair.key, source);
  const value = isNode(pair.value)
    ? build(pair.value, source, problems)
    : nothing(pair.key.range?.[1] ?? 0, source);
  const refused = refusedKey(pair.key, keyPlace);
  if (refused) problems.push(refused);
  if (refused || !isScalar(pair.key)) return undefined;
  return { key: String(pair.key.value), keyPlace, value };
}

function refusedKey(key: Node, place: Place): Diagnostic | undefined {
  if (!isScalar(key) || typeof key.value !== 'string') {
    const hint =
      isScalar(key) && key.source ? `quote it: "${key.source}"` : 'write a name before the ":"';
    return report('yaml/key-not-text', place, { found: kindOf(key) }, { hint });
  }
  if (key.value === '<<' && key.type === 'PLAIN') {
    const hint = 'write the entries out, or move them to a spec of their own';
    return report('yaml/merge-key', place, {}, { hint });
  }
  if (!RESERVED.has(key.value)) return undefined;
  return report('yaml/prototype-key', place, { key: key.value }, { hint: 'use another name' });
}

function kindOf(key: Node): string {
  if (isMap(key)) return 'a map';
  if (isSeq(key)) return 'a list';
  if (!isScalar(key)) return 'an alias';
  return key.value === null && !key.source ? 'nothing' : `${typeWord(key.value)} ${key.source}`;
}

function typeWord(value: unknown): string {
  if (typeof value === 'number') return 'the number';
  return typeof value === 'boolean' ? 'the truth value' : 'the empty value';
}

function placeOf(node: Node, source: Source): Place {
  const [from, to] = node.range ?? [0, 1];
  return source.at(from, to);
}
