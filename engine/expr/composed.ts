import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import { Problems } from '../diag/problems.js';
import { describe, freeNames, get, mapOf, plain, textOf, unknownKeys } from '../yaml/read.js';
import type { Json, Yaml, YamlMap } from '../yaml/value.js';
import { type ComposedArg, readArgs, readTree } from './composed-args.js';
import { childrenOf, type Tree } from './tree.js';

const report = reporter({
  'formula/no-expr': 'The formula "{name}" has no expr.',
  'formula/name': 'A composed formula starts with `formula: name`, found {found}.',
  'formula/twice': 'The formula "{name}" is declared twice.',
  'formula/hides': 'The formula "{name}" has the name of an operator.',
  'formula/recursion': 'The formulas {path} call each other in a circle.',
});

/** An operator that is a formula over its arguments and the item's columns. It has no kernel: it is expanded. */
export interface Composed {
  readonly name: string;
  readonly doc: string;
  readonly source: string | undefined;
  readonly args: readonly ComposedArg[];
  readonly lets: ReadonlyMap<string, Tree>;
  readonly expr: Tree;
  readonly cases: Json;
  readonly signature: string;
}

/** A YAML file that has been read. */
export interface Source {
  readonly file: string;
  readonly value: Yaml;
}

/**
 * Read composed operators from `spec/formulas/*.yaml`.
 * @param operators  names of the primitive operators, which must not be hidden
 */
export function loadComposed(
  sources: readonly Source[],
  operators: ReadonlySet<string>,
): { readonly composed: ReadonlyMap<string, Composed>; readonly problems: readonly Diagnostic[] } {
  const problems = new Problems();
  const composed = new Map<string, Composed>();
  for (const { value } of sources) {
    const map = mapOf(value, problems, 'A formula file');
    const one = map === undefined ? undefined : readOne(map, problems);
    if (one === undefined || map === undefined) continue;
    const facts = { name: one.name };
    if (composed.has(one.name)) problems.add(report('formula/twice', map.place, facts));
    else if (operators.has(one.name)) problems.add(report('formula/hides', map.place, facts));
    else composed.set(one.name, one);
  }
  for (const one of composed.values()) {
    const path = circle(one.name, composed);
    if (path !== undefined)
      problems.add(report('formula/recursion', one.expr.place, { path: path.join(' → ') }));
  }
  return { composed, problems: problems.all };
}

/** Fields of a composed operator. */
export const KEYS = ['formula', 'title', 'doc', 'source', 'args', 'let', 'expr', 'cases'];

function readOne(map: YamlMap, problems: Problems): Composed | undefined {
  unknownKeys(map, KEYS, problems);
  const named = get(map, 'formula');
  const name = named === undefined ? undefined : textOf(named, problems, '"formula"');
  if (name === undefined || !/^[a-z_][a-z0-9_]*$/.test(name)) {
    const found = named === undefined ? 'nothing' : describe(named);
    problems.add(report('formula/name', map.place, { found }));
    return undefined;
  }
  const exprText = get(map, 'expr');
  if (exprText === undefined) {
    problems.add(report('formula/no-expr', map.place, { name }));
    return undefined;
  }
  const args = readArgs(get(map, 'args'), problems);
  const lets = readLets(get(map, 'let'), problems);
  const expr = readTree(exprText, problems, '"expr"');
  if (expr === undefined) return undefined;
  const cases = get(map, 'cases');
  return {
    name,
    doc: optionalText(map, 'doc', problems) ?? '',
    source: optionalText(map, 'source', problems),
    args,
    lets,
    expr,
    cases: cases === undefined ? [] : plain(cases),
    signature: signature(name, args, map),
  };
}

function readLets(value: Yaml | undefined, problems: Problems): ReadonlyMap<string, Tree> {
  const lets = new Map<string, Tree>();
  const map = value === undefined ? undefined : mapOf(value, problems, '"let"');
  if (map === undefined) return lets;
  freeNames(map, problems);
  for (const { key, value: body } of map.entries) {
    const tree = readTree(body, problems, `"${key}"`);
    if (tree !== undefined) lets.set(key, tree);
  }
  return lets;
}

function optionalText(map: YamlMap, key: string, problems: Problems): string | undefined {
  const value = get(map, key);
  return value === undefined ? undefined : textOf(value, problems, `"${key}"`);
}

function signature(name: string, args: readonly ComposedArg[], map: YamlMap): string {
  if (args.length === 0) return name;
  const written = get(map, 'args');
  const parts = args.map((arg) => {
    const fields = written?.kind === 'map' ? get(written, arg.name) : undefined;
    const preset = fields?.kind === 'map' ? get(fields, 'default') : undefined;
    return preset?.kind === 'scalar' ? `${arg.name}=${String(preset.value)}` : arg.name;
  });
  return `${name}(${parts.join(', ')})`;
}

/** The names on a shortest way from a formula back to itself, if there is one. */
function circle(
  name: string,
  composed: ReadonlyMap<string, Composed>,
): readonly string[] | undefined {
  const ways = new Map<string, readonly string[]>([[name, [name]]]);
  // A map hands out what is added while it is walked: nearest first, each formula once.
  for (const [caller, way] of ways) {
    const one = composed.get(caller);
    for (const callee of one === undefined ? [] : calledBy(one)) {
      if (callee === name) return [...way, name];
      if (!ways.has(callee)) ways.set(callee, [...way, callee]);
    }
  }
  return undefined;
}

function calledBy(one: Composed): ReadonlySet<string> {
  const called = new Set<string>();
  const visit = (tree: Tree): void => {
    if (tree.kind === 'call') called.add(tree.op);
    if (
      tree.kind === 'name' &&
      tree.of === undefined &&
      !one.args.some((a) => a.name === tree.name)
    )
      called.add(tree.name);
    for (const child of childrenOf(tree)) visit(child);
  };
  for (const tree of [one.expr, ...one.lets.values(), ...one.args.flatMap((a) => a.default ?? [])])
    visit(tree);
  return called;
}
