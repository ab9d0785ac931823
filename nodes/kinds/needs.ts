import {
  composedOperators,
  type Diagnostic,
  type Formula,
  type Mention,
  mentionsOf,
  type Program,
  placeIn,
  reporter,
  type Shape,
  type Tree,
} from '../../engine/sdk/index.js';
import { BARS, datasetOf } from './datasets.js';
import { BAR_COLUMNS } from './tables.js';

const report = reporter({
  'needs/lacks':
    '"{id}" stands on {dataset} through `{name}`, but does not say so: its needs are {needs}.',
  'needs/unused': '"{id}" says that it needs {dataset}, but no formula of it stands on that.',
});

/** A spec with formulas and the data sets it says they stand on. */
interface Claim {
  readonly id: string;
  readonly let: Readonly<Record<string, Formula>>;
  readonly needs: readonly string[];
}
interface Feature extends Claim {
  readonly expr: Formula;
}

/** Data sets behind a name, if it is a feature whose formulas are known. */
type Stands = (name: string) => readonly string[] | undefined;

const OWN: ReadonlySet<string> = new Set(BAR_COLUMNS);

/** One data set behind one part of a formula. */
interface Use {
  readonly dataset: string;
  readonly name: string;
  readonly place: Tree['place'];
}

/** The data sets that formulas stand on, each with the first part of them that leads there. */
function usesOf(trees: readonly Tree[], stands: Stands): readonly Use[] {
  const found = new Map<string, Use>();
  for (const mention of trees.flatMap((tree) => mentionsOf(tree, composedOperators()))) {
    const { name, place } = mention;
    for (const dataset of behind(mention, stands)) {
      if (!found.has(dataset)) found.set(dataset, { dataset, name, place });
    }
  }
  return [...found.values()];
}

/** In capitals before a dot stands a symbol, or an event where events may be named. */
function behind(mention: Mention, stands: Stands): readonly string[] {
  const { kind, name } = mention;
  const event = kind === 'symbol' ? stands(name) : undefined;
  if (event) return event;
  const direct = datasetOf(mention);
  if (direct !== undefined) return [direct];
  return kind === 'name' ? behindName(name, stands) : [];
}

function behindName(name: string, stands: Stands): readonly string[] {
  return OWN.has(name) ? [BARS] : (stands(name) ?? []);
}

/** The data sets each of some features stands on, through whatever features they name. */
export function standsOf(specs: readonly Feature[]): ReadonlyMap<string, readonly string[]> {
  const byId = new Map(specs.map((spec) => [spec.id, spec]));
  const found = new Map<string, readonly string[]>();
  const stands = (id: string): readonly string[] | undefined => {
    const known = found.get(id);
    const spec = byId.get(id);
    if (known || !spec) return known;
    // Features that name each other in a circle are refused elsewhere; here they only must come to an end.
    found.set(id, []);
    const own = usesOf(treesOf(spec), inside(spec, stands)).map((use) => use.dataset);
    found.set(id, own);
    return own;
  };
  for (const { id } of specs) stands(id);
  return found;
}

/** Computed columns as they travel on: each with what it stands on, and beside them those that lack a port or do not compile. */
export function standing(
  columns: Shape['columns'],
  stands: ReadonlyMap<string, readonly string[]>,
  program: Pick<Program, 'columns'>,
): Shape {
  const sound = new Set(program.columns.map((c) => c.id));
  const there = new Set(columns.map((c) => c.name));
  const absent = [...stands].filter(([name]) => !sound.has(name) && !there.has(name));
  return {
    columns: columns.map((c) => {
      const own = stands.get(c.name);
      return own ? { ...c, stands: own } : c;
    }),
    absent: absent.map(([name, on]) => ({ name, stands: on })),
  };
}

/** What the columns at a port stand on, those among them that are not there for want of data. */
export function standsAt(...shapes: readonly (Shape | undefined)[]): Stands {
  const columns = shapes.flatMap((shape) => [...(shape?.columns ?? []), ...(shape?.absent ?? [])]);
  const known = new Map(columns.map((c) => [c.name, c.stands]));
  return (name) => known.get(name);
}

/**
 * Hold what a spec says it needs against what its formulas stand on.
 * @param wrong  What is wrong with formulas already: nothing more is said of files that have an error.
 */
export function needsProblems(
  spec: Claim,
  trees: readonly Tree[],
  stands: Stands,
  wrong: readonly Diagnostic[],
): readonly Diagnostic[] {
  const files = new Set(trees.map((tree) => tree.place.file));
  if (wrong.some((p) => p.severity === 'error' && files.has(p.place?.file ?? ''))) return [];
  const { id, needs } = spec;
  const uses = usesOf(trees, inside(spec, stands));
  const lacks = uses
    .filter(({ dataset }) => !needs.includes(dataset))
    .map(({ dataset, name, place }) =>
      report('needs/lacks', place, { id, dataset, name, needs: needs.join(', ') || 'none' }),
    );
  // A default is nobody's claim.
  const claimed = placeIn(spec, 'needs');
  const unused = (claimed ? needs : [])
    .filter((dataset) => !uses.some((use) => use.dataset === dataset))
    .map((dataset) => report('needs/unused', claimed, { id, dataset }));
  return [...lacks, ...unused];
}

/** The formulas of a feature. */
export function treesOf(spec: Pick<Feature, 'let' | 'expr'>): readonly Tree[] {
  return [...Object.values(spec.let).map((clause) => clause.tree), spec.expr.tree];
}

/** A spec's own clauses hide features of their name. */
function inside(spec: Claim, stands: Stands): Stands {
  return (name) => (Object.hasOwn(spec.let, name) ? [] : stands(name));
}
