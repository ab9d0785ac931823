import { type Place, reporter } from '../diag/diagnostic.js';
import { Problems } from '../diag/problems.js';
import { bind, literal } from '../expr/bind.js';
import { parseFormula, printFormula } from '../expr/parse.js';
import { childrenOf, type Tree } from '../expr/tree.js';
import type { Formula } from '../sdk/formula.js';
import type { Json } from '../yaml/value.js';
import { describe, type Given, leafText, locator } from './given.js';

const report = reporter({ 'param/formula': '{what} must be a formula, found {found}.' });

type Read = ReturnType<typeof parseFormula>;

/** Formulas of this process by the scalar they stand in: the instances of a `foreach` share one parse. */
const parsed = new WeakMap<Given, Read>();

/** Formulas by the map or list that holds their canonical text, so that later checks can point at the YAML. */
const authored = new WeakMap<object, Map<string, Formula>>();

/** Remember the formula behind a field of resolved data. */
export function rememberFormula(owner: object, field: string, formula: Formula): void {
  const known = authored.get(owner);
  if (known) known.set(field, formula);
  else authored.set(owner, new Map([[field, formula]]));
}

/**
 * The formulas as they stand in YAML, with the places of their parts, of an object that the compiler resolved: a spec, its
 * `let`, or a list of formulas (fields are then `0`, `1` …). Undefined for data that came from elsewhere.
 */
export function formulaPlaces(owner: object): (field: string) => Formula | undefined {
  const known = authored.get(owner);
  return (field) => known?.get(field);
}

/**
 * Read a formula and bind its `$names`.
 * @param constants  Values of the `$names`; others are problems.
 * @param what       Opens the sentence when this is no formula at all.
 * @param open       Names that are left as they stand.
 */
export function readFormula(
  given: Given,
  constants: Readonly<Record<string, Json>>,
  what: string,
  problems: Problems,
  open: readonly string[] = [],
): Formula | undefined {
  const { tree } = parseOnce(given, what, problems);
  if (!tree) return undefined;
  const found = new Problems();
  const bound = namesParams(tree)
    ? bind(tree, constants, (problem) => found.add(problem), open)
    : bind(tree, {}, (problem) => found.add(problem));
  problems.add(...found.all);
  if (found.failed) return undefined;
  return { text: printFormula(bound), tree: bound, locate: locator(given) };
}

/** Every `$name` of a formula with its place, in reading order; nothing for what does not parse. */
export function paramsIn(
  given: Given,
): readonly { readonly name: string; readonly place: Place }[] {
  const { tree } = parseOnce(given, '', new Problems());
  return tree ? paramsOf(tree) : [];
}

/** Every `$name` of a tree with its place, in reading order. */
export function paramsOf(tree: Tree): readonly { readonly name: string; readonly place: Place }[] {
  if (tree.kind === 'param') return [{ name: tree.name, place: tree.place }];
  return childrenOf(tree).flatMap(paramsOf);
}

function namesParams(tree: Tree): boolean {
  return tree.kind === 'param' || childrenOf(tree).some(namesParams);
}

function parseOnce(given: Given, what: string, problems: Problems): Read {
  const known = parsed.get(given);
  const read = known ?? parse(given, what);
  if (!known) parsed.set(given, read);
  problems.add(...read.problems);
  return read;
}

function parse(given: Given, what: string): Read {
  const text = leafText(given) ?? constantText(given);
  if (typeof text === 'string') return parseFormula(text, locator(given));
  const facts = { what, expected: 'a formula', found: describe(given) };
  return { tree: undefined, problems: [report('param/formula', given.place, facts)] };
}

/** A number or boolean written where a formula may stand is the constant formula. */
function constantText(given: Given): string | undefined {
  const json = given.kind === 'scalar' ? given.value : given.kind === 'data' ? given.json : null;
  if (typeof json === 'string') return json;
  if (typeof json !== 'number' && typeof json !== 'boolean') return undefined;
  const tree = literal(json, given.place);
  return tree && printFormula(tree);
}
