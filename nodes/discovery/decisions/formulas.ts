import {
  bind,
  type Definition,
  namesIn,
  type SpecOf,
  type Tree,
} from '../../../engine/sdk/index.js';
import { scoped } from '../../kinds/scoped.js';
import { SIDE, type template, WAITED } from '../../kinds/template.js';

type Template = SpecOf<typeof template>;

/** +1 or −1. */
export type Side = 1 | -1;
export const SIDES: readonly Side[] = [1, -1];

/** What is put in the place of the names a template leaves open. */
type Given = Readonly<Partial<Record<typeof SIDE | typeof WAITED, number>>>;

/** Names of the columns a template is told by; no spec can spell them. */
export const columns = {
  side: (id: string) => `=side:${id}`,
  when: (id: string, side: Side) => `=when:${id}:${side}`,
  wait: (id: string, side: Side, waited: number) => `=wait:${id}:${side}:${waited}`,
  keep: (id: string, side: Side) => `=keep:${id}:${side}`,
};

/**
 * A template as definitions, each formula once a side, and what is waited for once a bar of waiting as well: so every one of
 * them is an ordinary trailing formula of the bar that decides, and is admitted as one. Equal ones are computed once.
 */
export function definitionsOf(spec: Template): readonly Definition[] {
  const { id, side, when, wait, keep } = spec;
  const both = (of: (s: Side) => readonly Definition[]) => SIDES.flatMap(of);
  const bars = Array.from({ length: wait?.bars ?? 0 }, (_, i) => i + 1);
  return [
    ...(side ? told(spec, columns.side(id), side.tree, 'number', { waited: 0 }) : []),
    ...both((s) => [
      ...(when
        ? told(spec, columns.when(id, s), when.tree, 'boolean', { side: s, waited: 0 })
        : []),
      ...bars.flatMap((waited) =>
        wait
          ? told(spec, columns.wait(id, s, waited), wait.for.tree, 'boolean', { side: s, waited })
          : [],
      ),
      ...(keep ? told(spec, columns.keep(id, s), keep.tree, 'boolean', { side: s }) : []),
    ]),
  ];
}

/** The formulas of a template as they are written. */
export function treesOf({ let: clauses, side, when, wait, keep }: Template): readonly Tree[] {
  const formulas = [...Object.values(clauses), side, when, wait?.for, keep];
  return formulas.flatMap((formula) => (formula ? [formula.tree] : []));
}

/** One formula with its names given, and the clauses it stands on beside it, under names of their own. */
function told(
  spec: Template,
  id: string,
  tree: Tree,
  gives: 'number' | 'boolean',
  given: Given,
): readonly Definition[] {
  // What is not given stays, and the compiler tells where: a filter cannot know how long its base has waited.
  const filled = (part: Tree) =>
    bind(
      part,
      given,
      () => {},
      [SIDE, WAITED].filter((name) => !(name in given)),
    );
  const clauses = Object.entries(spec.let).filter(([name]) => standsOn(tree, spec.let).has(name));
  const bound = clauses.map(([name, formula]) => [
    name,
    { ...formula, tree: filled(formula.tree) },
  ]);
  const own = scoped({ id, let: Object.fromEntries(bound) });
  return [...own.clauses, { id, tree: own.inside(filled(tree)), place: tree.place, gives }];
}

/** The clauses a formula names, and those that they name. */
function standsOn(tree: Tree, clauses: Template['let']): ReadonlySet<string> {
  const found = new Set<string>();
  const follow = (part: Tree): void => {
    for (const name of namesIn(part)) {
      const clause = found.has(name) ? undefined : clauses[name];
      if (!clause) continue;
      found.add(name);
      follow(clause.tree);
    }
  };
  follow(tree);
  return found;
}
