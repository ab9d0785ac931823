import { type Diagnostic, type Place, reporter } from '../diag/diagnostic.js';
import { suggestion } from '../diag/suggest.js';
import { unreachable } from '../diag/unreachable.js';
import { apply, nullary } from './apply.js';
import type { Composed } from './composed.js';
import type { Names } from './defined.js';
import type { Env, Typed } from './env.js';
import { expand } from './expand.js';
import type { Facts } from './facts.js';
import { within } from './grouping.js';
import { nameOf } from './names.js';
import { NodeTable } from './node.js';
import type { Operator } from './op.js';
import { printFormula } from './print.js';
import { synonym } from './synonyms.js';
import {
  type BinaryTree,
  type CallTree,
  callTree,
  type NameTree,
  type NumberTree,
  type Tree,
} from './tree.js';
import { ANY, MILLISECONDS, PURE } from './unit.js';
import type { World } from './world.js';

const report = reporter({
  'expr/unbound-param': 'The parameter "{name}" has no value here.',
  'expr/no-fixed-length': '{found} has no fixed length in time.',
  'expr/list-here': 'A list may stand only where an operator takes one, as after `in`.',
  'expr/too-involved':
    'What this stands on is nested deeper than {limit} levels, definitions included.',
  'expr/unknown-operator': 'There is no operator called "{name}".',
});

/** How deep typing may recurse through trees, composed operators and definitions on other tables. */
const MAX_NESTED = 600;

const TIMES = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** Turns trees into nodes of one shared table, deriving type, unit and facts on the way. */
export class Typing {
  readonly nodes = new NodeTable();
  #nested = 0;
  /** Calls of composed operators in which a problem was found: what follows from it is not told. */
  readonly #told = new Set<Tree>();

  constructor(
    readonly world: World,
    readonly names: Names,
  ) {}

  /** Undefined after reporting what is wrong, or when something it needs is not bound. */
  type(tree: Tree, env: Env): Typed | undefined {
    if (this.#nested >= MAX_NESTED) {
      const place = this.placeOf(tree, env);
      return this.fail(env, report('expr/too-involved', place, { limit: MAX_NESTED }));
    }
    this.#nested += 1;
    const typed = this.#typed(tree, env);
    this.#nested -= 1;
    return typed && within(this, typed, env);
  }

  #typed(tree: Tree, env: Env): Typed | undefined {
    switch (tree.kind) {
      case 'number':
        return this.#number(tree, env);
      case 'text':
        return { node: this.nodes.constant(tree.value, 'text'), unit: PURE };
      case 'flag':
        return { node: this.nodes.constant(tree.value, 'boolean'), unit: PURE };
      case 'missing':
        return { node: this.nodes.constant(undefined, 'number'), unit: ANY };
      case 'list':
        return this.fail(env, report('expr/list-here', this.placeOf(tree, env)));
      case 'param':
        return this.fail(env, report('expr/unbound-param', tree.place, { name: tree.name }));
      case 'name':
        return nameOf(this, tree, env);
      case 'call':
        return this.#call(tree, env);
      case 'unary':
        return this.#sign(tree.op === '-' ? 'negate' : 'not', [tree.arg], tree, env);
      case 'binary':
        return this.#binary(tree, env);
      default:
        return unreachable(tree);
    }
  }

  fail(env: Env, problem: Diagnostic): undefined {
    env.owner.failed = true;
    const { site } = env;
    if (site === undefined) this.world.report(problem);
    else if (!this.#told.has(site)) {
      this.#told.add(site);
      this.world.report({
        ...problem,
        place: site.place,
        hint: problem.hint ?? this.#within(site),
      });
    }
    return undefined;
  }

  /** Says that what is complained of stands inside a composed operator. */
  #within(site: Tree): string | undefined {
    const name = site.kind === 'call' ? site.op : '';
    const composed = this.world.composed.get(name);
    return composed && `${composed.signature} is made of other operators`;
  }

  /** Inside a composed operator a problem is shown where the user called it. */
  placeOf(tree: Tree, env: Env): Place {
    return (env.site ?? tree).place;
  }

  /** Leave word of a read that admission may refuse. */
  mark(tree: Tree, env: Env, facts: Facts, ahead: number): void {
    const shown = env.site ?? tree;
    env.owner.marks.push({ text: printFormula(shown), place: shown.place, facts, ahead });
  }

  /** A call of a composed operator that takes no arguments, by its bare name. */
  bare(tree: NameTree, composed: Composed, env: Env): Typed | undefined {
    return expand(this, callTree(tree.name, [], tree.place), composed, env);
  }

  /** An operator that takes no arguments, by its bare name. */
  nullary(op: Operator, tree: Tree, env: Env): Typed | undefined {
    return nullary(this, op, tree, env);
  }

  #number(tree: NumberTree, env: Env): Typed | undefined {
    const { unit, value } = tree;
    if (unit === undefined || unit === 'b')
      return { node: this.nodes.constant(value, 'number'), unit: ANY };
    if (unit !== 'mo' && unit !== 'y')
      return { node: this.nodes.constant(value * TIMES[unit], 'number'), unit: MILLISECONDS };
    const found = `${value}${unit}`;
    const hint = 'give days, as in 30d';
    return this.fail(env, report('expr/no-fixed-length', tree.place, { found }, { hint }));
  }

  #binary(tree: BinaryTree, env: Env): Typed | undefined {
    const sides = [tree.left, tree.right];
    if (tree.op !== '==' && tree.op !== '!=') return this.#sign(tree.op, sides, tree, env);
    return this.#sign(
      tree.op,
      sides.map((s, i) => this.#spelled(s, sides[1 - i], env)),
      tree,
      env,
    );
  }

  /** A parameter such as `1d` reads as a duration; beside text it is the text it was written as. */
  #spelled(side: Tree, other: Tree | undefined, env: Env): Tree {
    if (side.kind !== 'number' || side.unit === undefined || other === undefined) return side;
    if (other.kind !== 'name' || this.type(other, env)?.node.type !== 'text') return side;
    return { kind: 'text', value: `${side.value}${side.unit}`, place: side.place };
  }

  #call(tree: CallTree, env: Env): Typed | undefined {
    const { composed, operators } = this.world;
    const formula = composed.get(tree.op);
    if (formula !== undefined) return expand(this, tree, formula, env);
    const op = operators.get(tree.op);
    if (op !== undefined) return apply(this, op, tree, env);
    const known = [...operators.keys(), ...composed.keys()].filter((name) => /^\w+$/.test(name));
    const hint = synonym(tree.op) ?? suggestion(tree.op, known);
    const place = this.placeOf(tree, env);
    return this.fail(env, report('expr/unknown-operator', place, { name: tree.op }, { hint }));
  }

  /** The operator that a sign or `not` stands for. */
  #sign(name: string, args: readonly Tree[], tree: Tree, env: Env): Typed | undefined {
    const op = this.world.operators.get(name);
    if (op === undefined) throw new Error(`The operator ${name} is not listed.`);
    return apply(this, op, callTree(name, args, tree.place), env, tree);
  }
}
