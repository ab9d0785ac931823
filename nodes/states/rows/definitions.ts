import { type Definition, namesIn, type SpecOf, type Tree } from '../../../engine/sdk/index.js';
import { scoped } from '../../kinds/scoped.js';
import type { state } from '../../kinds/state.js';

type State = SpecOf<typeof state>;

/** States as definitions under their ids, with clauses that no other spec can meet. */
export function definitionsOf(specs: readonly State[]): readonly Definition[] {
  return specs.flatMap((spec) => {
    const { clauses, inside } = scoped(spec);
    const { tree } = spec.rule;
    return [...clauses, { id: spec.id, tree: inside(tree), place: tree.place, gives: 'boolean' }];
  });
}

/** The formulas of a state. */
export function treesOf(spec: State): readonly Tree[] {
  return [...Object.values(spec.let).map(({ tree }) => tree), spec.rule.tree];
}

/** Every name that formulas of these states mention; `VOL_SHOCK.side` is one. */
export function namedBy(specs: readonly State[]): ReadonlySet<string> {
  return new Set(specs.flatMap((spec) => treesOf(spec).flatMap((tree) => [...namesIn(tree)])));
}

/** The column a state has in tables. */
export function columnOf(id: string): string {
  return `${id.toLowerCase()}_flag`;
}
