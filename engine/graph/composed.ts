import { join } from 'node:path';
import type { Diagnostic } from '../diag/diagnostic.js';
import { type Composed, loadComposed } from '../expr/composed.js';
import { printFormula } from '../expr/parse.js';
import { childrenOf, type Tree } from '../expr/tree.js';
import { sha256 } from '../store/digest.js';
import { canonical } from '../yaml/canonical.js';
import { readText } from '../yaml/file.js';
import type { YamlPack } from '../yaml/pack.js';
import { parseYaml } from '../yaml/parse.js';
import { formulaFiles, linkOutside } from './yaml-files.js';

/** Text of one file of `spec/formulas/`. */
export interface FormulaSource {
  readonly file: string;
  /** Empty where the file cannot be used. */
  readonly text: string;
  readonly problem?: Diagnostic;
}

/** The composed operators of a project. */
export interface ComposedSet {
  readonly composed: ReadonlyMap<string, Composed>;
  readonly problems: readonly Diagnostic[];
}

/** The files of `spec/formulas/`, sorted; none if there is no such folder. */
export function formulaSources(root: string): readonly FormulaSource[] {
  return formulaFiles(root).map((file) => sourceOf(root, file));
}

function sourceOf(root: string, file: string): FormulaSource {
  const text = linkOutside(root, file) ?? readText(join(root, file), file);
  return typeof text === 'string' ? { file, text } : { file, text: '', problem: text };
}

/** @param operators  names of the primitive operators. */
export function composedSet(
  sources: readonly FormulaSource[],
  operators: Iterable<string>,
  pack?: YamlPack,
): ComposedSet {
  const broken = sources.flatMap((s) => s.problem ?? []);
  const parsed = sources
    .filter((s) => !s.problem)
    .map(({ file, text }) => ({
      file,
      ...(pack ? pack.parse(text, file, sha256(text)) : parseYaml(text, file)),
    }));
  const readable = parsed.flatMap(({ file, value }) => (value ? [{ file, value }] : []));
  const { composed, problems } = loadComposed(readable, new Set(operators));
  return { composed, problems: [...broken, ...parsed.flatMap((p) => p.problems), ...problems] };
}

/** Digests of operators by name: primitives from the catalogue, composed ones from what they say and call. */
export class OperatorDigests {
  readonly #known: Map<string, string>;

  constructor(
    primitives: Readonly<Record<string, string>>,
    readonly composed: ReadonlyMap<string, Composed>,
  ) {
    this.#known = new Map(Object.entries(primitives));
  }

  /** The digests of those among some names that are operators. */
  digests(names: readonly string[]): Readonly<Record<string, string>> {
    const found = names.flatMap((name): [string, string][] => {
      const digest = this.of(name);
      return digest === undefined ? [] : [[name, digest]];
    });
    return Object.fromEntries(found);
  }

  /** Undefined for what is no operator, such as an option's word. */
  of(name: string): string | undefined {
    const known = this.#known.get(name);
    const one = this.composed.get(name);
    if (known !== undefined || !one) return known;
    const trees = [one.expr, ...one.lets.values(), ...one.args.flatMap((a) => a.default ?? [])];
    const calls = [...new Set(trees.flatMap(operatorNames))].sort();
    const digest = sha256(
      canonical({
        args: one.args.map((a) => [a.name, a.kind, a.default ? printFormula(a.default) : null]),
        lets: [...one.lets].map(([clause, tree]) => [clause, printFormula(tree)]),
        expr: printFormula(one.expr),
        calls: calls.map((call) => [call, this.of(call) ?? null]),
      }),
    );
    this.#known.set(name, digest);
    return digest;
  }
}

/** Every operator that a tree names: calls and signs, and bare names, which may be operators without arguments. */
export function operatorNames(tree: Tree): readonly string[] {
  const names: string[] = [];
  const visit = (part: Tree): void => {
    if (part.kind === 'call' || part.kind === 'binary' || part.kind === 'unary')
      names.push(part.op);
    if (part.kind === 'name' && part.of === undefined) names.push(part.name);
    for (const child of childrenOf(part)) visit(child);
  };
  visit(tree);
  return names;
}
