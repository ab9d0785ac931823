import {
  type Formula,
  printFormula,
  type SpecOf,
  type Tree,
  withParts,
} from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import type { template } from '../../kinds/template.js';
import { type ConditionNode, nodesIn } from './conditions.js';
import { type Named, type Ontology, templatesIn } from './ontology.js';

/*
 * What a candidate was tested with, as formulas that need no spec beside them: parameters and clauses stand in their places. `$side`
 * and `$waited` stay open, for they are of each occurrence. Names are columns of features and context; operators are those of formulas.
 */

/** When and which way a candidate was traded. */
export type Entry = {
  /** The side of a position is `times` × that of its decision. */
  readonly side: {
    readonly times: number;
    /** Columns of the event's row: the first that is not 0 is the side; none where a formula gives it. */
    readonly columns: readonly string[];
    /** What gives the side at the bar of the signal in their place. */
    readonly formula: string | null;
  };
  /** Must be true at the bar of the signal. */
  readonly when: string | null;
  /** Decided at the first of the next `bars` bars at which `for` is true, else never; at the bar of the signal without it. */
  readonly wait: { readonly bars: number; readonly for: string } | null;
  /** Must be true at the bar that decides. */
  readonly keep: string | null;
  /** Must hold at the bar of the signal: its column, and its rule. */
  readonly state: { readonly flag: string; readonly rule: string } | null;
  /** As much of `when` and `keep` as single comparisons can say. */
  readonly condition_nodes: readonly ConditionNode[];
};

/** @param times  +1 trades with the side of a decision, −1 against it. @throws Error where a spec is not there */
export function entryOf(named: Named, times: number, specs: Ontology): Entry {
  const { base, filter, state } = rulesOf(named, specs);
  const side = written(base.side, base.let);
  const [when, keep] = [written(base.when, base.let), filter && written(filter.keep, filter.let)];
  const { wait } = base;
  // A node speaks of the bar of the signal, so what is asked later cannot be one.
  const asked = [when, wait ? undefined : keep];
  return {
    side: {
      times,
      columns: side ? [] : ['direction', 'sign'],
      formula: textOf(side),
    },
    when: textOf(when),
    wait: wait ? { bars: wait.bars, for: printed(wait.for, base.let) } : null,
    keep: textOf(keep),
    state: state
      ? { flag: `${state.id.toLowerCase()}_flag`, rule: printed(state.rule, state.let) }
      : null,
    condition_nodes: asked.flatMap((tree) => (tree ? nodesIn(tree) : [])),
  };
}

/** `long` or `short` where every decision has the same side by its rule; else that of each decision counts. */
export function directionOf(named: Named, times: number, specs: Ontology) {
  const { base } = rulesOf(named, specs);
  const event = specs.events.get(named.event);
  const text = base.side?.text ?? (event && ownSide(event));
  if (text !== '1' && text !== '-1') return 'conditional';
  return times * Number(text) > 0 ? 'long' : 'short';
}

/** The sign of what drives an event stands in for a side of 0. */
function ownSide({ side, sign }: SpecOf<typeof event>): string | undefined {
  return side.text === '0' ? sign?.text : side.text;
}

type Template = SpecOf<typeof template>;

function rulesOf(named: Named, specs: Ontology) {
  const [first, second] = templatesIn(named.template).map((id) => specs.templates.get(id));
  const [base, filter] = second ? [second, first] : [first, undefined];
  const state = named.state === null ? undefined : specs.states.get(named.state);
  if (!base || (named.state !== null && !state)) {
    throw new Error(`No rule of ${named.template} in ${named.state ?? 'any state'}.`);
  }
  return { base, filter, state };
}

type Clauses = Template['let'];

function written(formula: Formula | undefined, clauses: Clauses): Tree | undefined {
  return formula && filled(formula.tree, clauses);
}

function printed(formula: Formula, clauses: Clauses): string {
  return printFormula(filled(formula.tree, clauses));
}

/** The tree with what clauses say in the place of their names. */
function filled(tree: Tree, clauses: Clauses): Tree {
  const fill = (part: Tree): Tree => {
    const named =
      part.kind === 'name' && part.of === undefined && Object.hasOwn(clauses, part.name);
    const clause = named ? clauses[part.name] : undefined;
    return clause ? fill(clause.tree) : withParts(part, fill);
  };
  return fill(tree);
}

function textOf(tree: Tree | undefined): string | null {
  return tree ? printFormula(tree) : null;
}
