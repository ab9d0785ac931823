import {
  childrenOf,
  composedOperators,
  type Formula,
  namesIn,
  printFormula,
  type SpecOf,
  type Tree,
} from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import type { feature } from '../../kinds/feature.js';

type Event = SpecOf<typeof event>;
type Feature = SpecOf<typeof feature>;

/**
 * All that decides when an event fires and which way: its own formulas and, as far as they lead, those of the features
 * they name and of the composed operators they call. Another formula anywhere below makes another rule; two events with
 * one rule are one hypothesis under two names, and so are rules that differ in what is said about them.
 */
export function resolvedRule(event: Event, features: ReadonlyMap<string, Feature>): string {
  const clauses = Object.entries(event.let);
  const { fires, stand_in, side, sign, cooldown } = event;
  const own = [
    ...clauses.map(([name, { text }]) => `${name} = ${text}`),
    fires.text,
    ...(stand_in ? [`stand_in: ${stand_in.text}`] : []),
    side.text,
    sign?.text ?? '',
    cooldown,
  ];
  return [...own, ...belowOf(ruleOfEvent(event), features).lines()].join('\n');
}

/** What a state reads of an event that it names: when it fires and which way, and how severe it is where that is asked for. */
export function readOf(
  event: Event,
  severe: boolean,
  features: ReadonlyMap<string, Feature>,
): string {
  const rule = resolvedRule(event, features);
  if (!severe) return rule;
  return `${rule}\n${resolved({ formulas: [event.severity], let: event.let }, features)}`;
}

/** Ids of the features that rules stand on, however deep. */
export function namedFeatures(
  rules: readonly Rule[],
  features: readonly Feature[],
): ReadonlySet<string> {
  const known = new Map(features.map((spec) => [spec.id, spec]));
  return new Set(rules.flatMap((rule) => belowOf(rule, known).names));
}

/** Formulas by name, and the clauses that mean something inside them. */
export interface Rule {
  readonly formulas: readonly Formula[];
  readonly let: Readonly<Record<string, Formula>>;
}

/** The formulas of an event. */
export function ruleOfEvent({ fires, stand_in, side, sign, let: clauses }: Event): Rule {
  const others = [stand_in, sign].flatMap((formula) => (formula ? [formula] : []));
  return { formulas: [fires, side, ...others], let: clauses };
}

/** What formulas say, with all below them: the text that tells one rule from another. */
export function resolved(rule: Rule, features: ReadonlyMap<string, Feature>): string {
  const clauses = Object.entries(rule.let).map(([name, { text }]) => `${name} = ${text}`);
  const own = rule.formulas.map(({ text }) => text);
  return [...clauses, ...own, ...belowOf(rule, features).lines()].join('\n');
}

/** The features and composed operators that formulas lead to, however deep, a line each. */
export function standingOn(
  formulas: readonly Tree[],
  features: ReadonlyMap<string, Feature>,
): readonly string[] {
  const below = new Below(features);
  for (const tree of formulas) below.follow(tree, new Set());
  return below.lines();
}

function belowOf(rule: Rule, features: ReadonlyMap<string, Feature>): Below {
  const below = new Below(features);
  const local = new Set(Object.keys(rule.let));
  for (const { tree } of [...rule.formulas, ...Object.values(rule.let)]) below.follow(tree, local);
  return below;
}

/** What formulas stand on: each feature and operator once, however often it is named. */
class Below {
  readonly #features: ReadonlyMap<string, Feature>;
  readonly #operators = composedOperators();
  readonly #found = new Map<string, string>();

  constructor(features: ReadonlyMap<string, Feature>) {
    this.#features = features;
  }

  /** @param local  names that mean something inside the formula: its clauses or arguments. */
  follow(tree: Tree, local: ReadonlySet<string>): void {
    for (const name of namesIn(tree)) if (!local.has(name)) this.#feature(name);
    for (const name of calledIn(tree)) this.#operator(name);
  }

  get names(): readonly string[] {
    return [...this.#found.keys()];
  }

  /** Sorted, so that the order in which things are named is nothing. */
  lines(): readonly string[] {
    return [...this.#found]
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([name, text]) => `${name} = ${text}`);
  }

  /** @param told  Its id, alone or behind the symbol or port it is read of: `benchmark.ret_12`. */
  #feature(told: string): void {
    const name = told.slice(told.lastIndexOf('.') + 1);
    const spec = this.#features.get(name);
    if (!spec || this.#found.has(name)) return;
    const clauses = Object.entries(spec.let);
    const texts = clauses.map(([clause, { text }]) => `${clause} = ${text}`);
    this.#found.set(name, [...texts, spec.expr.text].join('; '));
    const local = new Set(clauses.map(([clause]) => clause));
    for (const { tree } of [spec.expr, ...clauses.map(([, formula]) => formula)])
      this.follow(tree, local);
  }

  #operator(name: string): void {
    const spec = this.#operators.get(name);
    const key = `${name}()`;
    if (!spec || this.#found.has(key)) return;
    const args = spec.args.map((arg) => {
      const otherwise = arg.default ? `=${printFormula(arg.default)}` : '';
      return `${arg.kind} ${arg.name}${otherwise}`;
    });
    const lets = [...spec.lets].map(([clause, tree]) => `${clause} = ${printFormula(tree)}`);
    const text = [args.join(', '), ...lets, printFormula(spec.expr)].join('; ');
    this.#found.set(key, text);
    const local = new Set([...spec.args.map((arg) => arg.name), ...spec.lets.keys()]);
    for (const tree of [spec.expr, ...spec.lets.values()]) this.follow(tree, local);
  }
}

/** Names of the operators a tree calls. */
function calledIn(tree: Tree): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (part: Tree): void => {
    if (part.kind === 'call') found.add(part.op);
    for (const child of childrenOf(part)) visit(child);
  };
  visit(tree);
  return found;
}
