import {
  bind,
  childrenOf,
  type Formula,
  type Open,
  printFormula,
  type SpecOf,
  type Tree,
} from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';

/** Another value for the main threshold of an event. */
export interface Nudge {
  readonly value: number;
  /** How far it is from the author's, as a share of that: of a rank, of its distance from the nearer end. */
  readonly change: number;
}

/** Operators whose second argument is a rank. */
const RANKED: ReadonlySet<string> = new Set(['quantile', 'past_quantile']);
const PERCENT = 100;
const COUNTED: ReadonlySet<string> = new Set(['bars', 'prints', 'minutes']);

/**
 * The values on either side of the main threshold, lower first; none where the event has no threshold or its bounds leave no room.
 * A tenth more than the rank 0.97 would be no rank: what is moved is the share beyond it, 0.03.
 * @param step  Share of the threshold.
 */
export function nudgesOf(open: Open | undefined, step: number): readonly Nudge[] {
  if (!open) return [];
  const { value, min = -Infinity, max = Infinity, unit } = open;
  const end = unit === 'percent' ? PERCENT : 1;
  const ranked = unit === 'percent' || formulasOf(open).some(({ tree }) => ranks(tree, open.name));
  const size = ranked ? Math.min(value, end - value) : Math.abs(value);
  if (!(size > 0)) return [];
  const whole = unit !== undefined && COUNTED.has(unit);
  const least = whole ? Math.max(1, Math.round(step * size)) : step * size;
  return [value - least, value + least]
    .map((to) => Math.min(max, Math.max(min, to)))
    .filter((to) => to !== value)
    .map((to) => ({ value: to, change: Math.abs(to - value) / size }));
}

/** The event with another main threshold. */
export function nudged(
  spec: SpecOf<typeof event>,
  open: Open,
  value: number,
): SpecOf<typeof event> {
  const fields = bound(open.fields, open.name, value);
  return { ...spec, ...fields, let: { ...spec.let, ...bound(open.let, open.name, value) } };
}

function bound(formulas: Readonly<Record<string, Formula>>, name: string, value: number) {
  return Object.fromEntries(
    Object.entries(formulas).map(([id, formula]) => {
      // A number can be put in any place where the author's number could.
      const tree = bind(formula.tree, { [name]: value }, () => undefined);
      return [id, { ...formula, tree, text: printFormula(tree) }];
    }),
  );
}

function formulasOf(open: Open): readonly Formula[] {
  return [...Object.values(open.fields), ...Object.values(open.let)];
}

/** Is the constant a rank somewhere in the formula? */
function ranks(tree: Tree, name: string): boolean {
  if (tree.kind === 'call' && RANKED.has(tree.op)) {
    const rank = tree.named.find((arg) => arg.name === 'q')?.value ?? tree.args[1];
    if (rank && mentions(rank, name)) return true;
  }
  return childrenOf(tree).some((part) => ranks(part, name));
}

function mentions(tree: Tree, name: string): boolean {
  if (tree.kind === 'param') return tree.name === name;
  return childrenOf(tree).some((part) => mentions(part, name));
}
