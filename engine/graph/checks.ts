import { reporter } from '../diag/diagnostic.js';
import { Problems } from '../diag/problems.js';
import { suggestion } from '../diag/suggest.js';
import { bind } from '../expr/bind.js';
import { parseCheck } from '../expr/check.js';
import { printFormula } from '../expr/parse.js';
import { REDUCERS } from '../expr/reduce.js';
import { childrenOf, type NameTree, type Tree } from '../expr/tree.js';
import type { Json } from '../yaml/value.js';
import type { FormulaAst } from './ast.js';
import { paramsOf } from './formulas.js';
import { locator } from './given.js';
import type { Check, CheckName, Param } from './graph.js';
import type { Scope } from './scope.js';
import type { Names, Term } from './terms.js';

const report = reporter({
  'graph/check-name': 'The check reads "{name}", which is nothing it can see.',
  'graph/check-param': 'The check names "{name}", which is nothing here.',
  'graph/check-operator': 'A check has no operator "{op}".',
  'graph/check-unset': 'The check names "{name}", which has no value.',
});

/**
 * Read a check formula: `when`, `until`, `expect`, or `where` of a dimension. Constant `$names` are bound now, the others
 * when the point is known.
 * @param meaning  What a name in it stands for.
 * @param legal    Names it could mean, for suggestions.
 */
export function compileCheck(
  formula: FormulaAst,
  scope: Scope,
  names: Names,
  meaning: (name: string) => CheckName | undefined,
  legal: readonly string[],
): Check | undefined {
  const { problems } = scope.session;
  const text = String(formula.value);
  const { tree, problems: found } = parseCheck(text, locator(formula));
  problems.add(...found);
  if (!tree) return undefined;
  const own = new Problems();
  checkOperators(tree, scope.session.catalogue.operators, own);
  const terms = termsOf(tree, names, own);
  // A declared parameter without a term has a problem of its own.
  const lost = paramsOf(tree).some((p) => names.all.includes(p.name) && !terms.has(p.name));
  const read = namesOf(tree, meaning, legal, own);
  const constants: Record<string, Json> = {};
  const params: Param[] = [];
  for (const [name, term] of terms) {
    if (term.dims.length > 0 || term.rounds.length > 0) params.push({ ...term, name });
    else {
      const json = term.at(new Map(), {});
      if (json === undefined)
        own.add(report('graph/check-unset', formula.place, { name: `$${name}` }));
      else constants[name] = json;
    }
  }
  const bound = own.failed || lost ? tree : bindSome(tree, constants, own);
  problems.add(...own.all);
  if (own.failed || lost) return undefined;
  return { tree: bound, text: printFormula(tree), place: formula.place, params, names: read };
}

/** A check may use what reduces tables, and every operator that a single value fits. */
function checkOperators(
  tree: Tree,
  operators: Readonly<Record<string, string>>,
  problems: Problems,
): void {
  const legal = [...REDUCERS, ...Object.keys(operators)];
  const visit = (part: Tree): void => {
    if (part.kind === 'call' && !legal.includes(part.op)) {
      const hint = suggestion(part.op, legal) ?? `tables are reduced by ${REDUCERS.join(' ')}`;
      problems.add(report('graph/check-operator', part.place, { op: part.op }, { hint }));
    }
    for (const child of childrenOf(part)) visit(child);
  };
  visit(tree);
}

/** Bind the constants of a tree and leave its other `$names` where they are. */
function bindSome(tree: Tree, constants: Readonly<Record<string, Json>>, problems: Problems): Tree {
  if (paramsOf(tree).every((p) => Object.hasOwn(constants, p.name))) {
    return bind(tree, constants, (problem) => problems.add(problem));
  }
  const visit = (part: Tree): Tree => {
    switch (part.kind) {
      case 'param':
        return Object.hasOwn(constants, part.name)
          ? bind(part, constants, (problem) => problems.add(problem))
          : part;
      case 'list':
        return { ...part, items: part.items.map(visit) };
      case 'call':
        return {
          ...part,
          args: part.args.map(visit),
          named: part.named.map((n) => ({ ...n, value: visit(n.value) })),
        };
      case 'unary':
        return { ...part, arg: visit(part.arg) };
      case 'binary':
        return { ...part, left: visit(part.left), right: visit(part.right) };
      default:
        return part;
    }
  };
  return visit(tree);
}

function termsOf(tree: Tree, names: Names, problems: Problems): ReadonlyMap<string, Term> {
  const found = new Map<string, Term>();
  for (const { name, place } of paramsOf(tree)) {
    const term = names.find(name);
    if (term) {
      found.set(name, term);
      continue;
    }
    if (names.all.includes(name)) continue;
    const hint = names.why(name) ?? suggestion(name, names.all);
    problems.add(report('graph/check-param', place, { name: `$${name}` }, { hint }));
  }
  return found;
}

function namesOf(
  tree: Tree,
  meaning: (name: string) => CheckName | undefined,
  legal: readonly string[],
  problems: Problems,
): Readonly<Record<string, CheckName>> {
  const found: Record<string, CheckName> = {};
  for (const part of nameParts(tree)) {
    const name = part.of ?? part.name;
    if (Object.hasOwn(found, name)) continue;
    const what = meaning(name);
    if (what) {
      found[name] = what;
      continue;
    }
    const hint = suggestion(name, legal);
    problems.add(report('graph/check-name', part.place, { name }, { hint }));
  }
  return found;
}

function nameParts(tree: Tree): readonly NameTree[] {
  return tree.kind === 'name' ? [tree] : childrenOf(tree).flatMap(nameParts);
}
