import type { Composed, Definition, Tree } from '../../expr/index.js';
import type { SpecFormulas } from './definitions.js';

const COOLDOWN = 'cooldown';

/** What is checked: the formulas of a spec, with operators made of formulas. */
export interface Checked {
  readonly root: string;
  readonly formulas: SpecFormulas;
  /** Targets look ahead, nothing else does. */
  readonly admit: 'feature' | 'target';
  /** Rows between two firings, where the spec has a cooldown. */
  readonly cooldown: number | undefined;
  readonly composed: ReadonlyMap<string, Composed>;
}

/** Fields get names that no column can have: a feature may be called like a field. */
export function idOf(field: string): string {
  return `=${field}`;
}

/** The definitions that give some fields of a spec, its clauses included. */
export function definitionsOf(
  { formulas, cooldown }: Checked,
  fields: readonly string[],
): readonly Definition[] {
  const own = fields.flatMap((field): Definition[] => {
    const tree = formulas.fields.get(field);
    if (!tree) return [];
    const thinned = field === 'fires' && cooldown !== undefined ? rested(tree, cooldown) : tree;
    return [{ id: idOf(field), tree: thinned, place: tree.place }];
  });
  return [...formulas.clauses, ...own];
}

/** Firings within the cooldown of one before are dropped. */
function rested(tree: Tree, rows: number): Tree {
  const { place } = tree;
  return {
    kind: 'call',
    op: COOLDOWN,
    args: [tree, { kind: 'number', value: rows, place }],
    named: [],
    place,
  };
}
