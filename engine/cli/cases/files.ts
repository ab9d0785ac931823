import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type Diagnostic, type Place, reporter } from '../../diag/diagnostic.js';
import { Problems } from '../../diag/problems.js';
import { refuse } from '../../diag/refusal.js';
import { type Composed, operators, parseFormula, type Tree } from '../../expr/index.js';
import { composedSet, formulaSources } from '../../graph/composed.js';
import type { Catalogue, KindEntry } from '../../sdk/catalogue.js';
import { readYaml } from '../../yaml/file.js';
import type { YamlPack } from '../../yaml/pack.js';
import { get, mapOf } from '../../yaml/read.js';
import type { YamlMap } from '../../yaml/value.js';
import { type Case, readCases } from './case.js';
import { checkCase } from './check.js';
import { formulasIn, formulasOf, type SpecFormulas } from './definitions.js';

const report = reporter({
  'case/no-path': 'There is no file or folder {path}.',
});

/** What the cases of one file gave. */
export interface FileResult {
  readonly file: string;
  readonly cases: number;
  /** Whether there are formulas in it, which cases could show. */
  readonly formulas: boolean;
  readonly problems: readonly Diagnostic[];
}

/** The YAML files under some paths, from the project's root and sorted. @throws case/no-path */
export function specFiles(root: string, cwd: string, paths: readonly string[]): readonly string[] {
  const found = paths.flatMap((text) => {
    const path = [resolve(cwd, text), resolve(root, text)].find((p) => existsSync(p));
    return path === undefined
      ? refuse(report('case/no-path', undefined, { path: text }))
      : yamlBelow(path);
  });
  return [...new Set(found)].map((path) => relative(root, path)).sort();
}

function yamlBelow(path: string): readonly string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(path, name));
}

/** Runs the cases of spec files; composed operators are read once. */
export class CaseRunner {
  readonly #composed: ReadonlyMap<string, Composed>;

  constructor(
    readonly root: string,
    readonly catalogue: Catalogue,
    pack?: YamlPack,
  ) {
    this.#composed = composedSet(formulaSources(root), operators.keys(), pack).composed;
  }

  run(file: string): FileResult {
    const problems = new Problems();
    const { value, problems: unread } = readYaml(join(this.root, file), file);
    problems.add(...unread);
    const spec = value && mapOf(value, problems, 'A spec');
    const cases = spec ? readCases(spec, problems) : [];
    for (const one of problems.failed ? [] : cases)
      problems.add(...(spec ? this.#check(spec, one) : []));
    const kind = spec?.entries[0]?.key ?? '';
    const entry = this.catalogue.kinds[kind];
    const written = spec && entry ? formulasIn(spec, entry.fields) : [];
    const formulas = kind === 'formula' || written.length > 0;
    return { file, cases: cases.length, formulas, problems: problems.all };
  }

  #check(spec: YamlMap, one: Case): readonly Diagnostic[] {
    const problems = new Problems();
    const kind = spec.entries[0]?.key ?? '';
    const formulas =
      kind === 'formula'
        ? this.#call(spec, one, problems)
        : this.#formulas(spec, kind, one, problems);
    if (!formulas || problems.failed) return problems.all;
    const admit = kind === 'target' ? 'target' : 'feature';
    return checkCase(one, {
      root: this.root,
      formulas,
      admit,
      cooldown: cooldownOf(spec),
      composed: this.#composed,
    });
  }

  #formulas(spec: YamlMap, kind: string, one: Case, problems: Problems): SpecFormulas | undefined {
    const entry: KindEntry | undefined = this.catalogue.kinds[kind];
    return entry?.formulas ? formulasOf(spec, entry, one.constants, problems) : undefined;
  }

  /** A composed operator is called with the columns that have the names of its arguments. */
  #call(spec: YamlMap, one: Case, problems: Problems): SpecFormulas | undefined {
    const { place } = one;
    const [first] = spec.entries;
    const name = first?.value.kind === 'scalar' ? String(first.value.value) : '';
    const composed = this.#composed.get(name);
    if (!composed) return undefined;
    const columns = Object.keys(one.symbols ? (Object.values(one.symbols)[0] ?? {}) : one.columns);
    const args = composed.args
      .filter((a) => columns.includes(a.name))
      .map((a): Tree => bare(a.name, place));
    const named = Object.entries(one.constants).flatMap(([arg, value]) => {
      const tree = constant(value, place, problems);
      return tree ? [{ name: arg, value: tree, place }] : [];
    });
    const tree: Tree =
      composed.args.length === 0
        ? bare(name, place)
        : { kind: 'call', op: name, args, named, place };
    return { clauses: [], fields: new Map([['expr', tree]]) };
  }
}

function bare(name: string, place: Place): Tree {
  return { kind: 'name', name, place };
}

/** A constant argument as it would be written: a number, a truth value, `all`, a duration or a word. */
function constant(value: unknown, place: Place, problems: Problems): Tree | undefined {
  const { tree, problems: found } = parseFormula(String(value), () => place);
  problems.add(...found);
  return tree;
}

/** `cooldown: 6b` → 6; whether it is written so, the kind has checked. */
function cooldownOf(spec: YamlMap): number | undefined {
  const value = get(spec, 'cooldown');
  const rows = value?.kind === 'scalar' ? /^(\d+)b$/.exec(String(value.value))?.[1] : undefined;
  return rows === undefined ? undefined : Number(rows);
}
