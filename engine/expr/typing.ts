import { type Diagnostic, type Place, reporter } from '../diag/diagnostic.js';
import { suggestion } from '../diag/suggest.js';
import { unreachable } from '../diag/unreachable.js';
import { type Given, matchArguments, slotsOf } from './arguments.js';
import { buildNode } from './build.js';
import type { Composed } from './composed.js';
import { constantOf, withDefaults } from './constant.js';
import { clockSpec } from './derive.js';
import { expand } from './expand.js';
import type { Facts } from './facts.js';
import { foldConstant } from './fold.js';
import { type Names, nameOf } from './names.js';
import { NO_CONSTANTS, type Node, NodeTable } from './node.js';
import { type ClockSpec, type Operator, type SeriesArg, signatureOf } from './op.js';
import { printFormula } from './print.js';
import type { BinaryTree, CallTree, NameTree, Tree } from './tree.js';
import type { Constant, ValueType } from './types.js';
import { ANY, MILLISECONDS, PURE, type Unit, unitText } from './unit.js';
import type { World } from './world.js';

const report = reporter({
  'expr/unbound-param': 'The parameter "{name}" has no value here.',
  'expr/no-fixed-length': '{found} has no fixed length in time.',
  'expr/list-here': 'A list may stand only where an operator takes one, as after `in`.',
  'expr/unknown-operator': 'There is no operator called "{name}".',
  'expr/type': 'The argument "{name}" of `{op}` must be {expected}, found {found}.',
  'expr/types': '`{op}` needs values of one type, found {found}.',
  'expr/units': '`{op}` needs values whose units go together, found {found}.',
  'expr/clocks': '`{op}` mixes the clocks {found}.',
  'expr/argument': '`{op}`: {problem}.',
  'expr/constant-series': '`{op}` looks at many rows, and its argument is a constant.',
  'expr/unknown-table': 'There is no table called "{name}".',
});

const TIMES = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** A typed expression: the node that computes it, and its unit. */
export interface Typed {
  readonly node: Node;
  readonly unit: Unit;
}

/** Where an expression stands. */
export interface Env {
  /** Arguments and clauses of the composed operator being expanded; undefined outside of one. */
  readonly locals: Locals | undefined;
  /** The table that bare names refer to. */
  readonly root: string;
  /** The definition being typed, for what it uses and for messages. */
  readonly owner: Owner;
  /** The call in the user's formula that is being expanded. */
  readonly site: Tree | undefined;
  readonly depth: number;
}
export interface Locals {
  readonly composed: Composed;
  find(name: string): Typed | undefined | 'unknown';
}

/** What is remembered of a definition while it is typed. */
export interface Owner {
  readonly id: string;
  /** Tables and columns it needs that are not there. */
  readonly needs: Set<string>;
  /** Definitions it uses. */
  readonly uses: Set<string>;
  /** Reads that may be refused later, with their places. */
  readonly marks: Mark[];
  failed: boolean;
}
export interface Mark {
  readonly text: string;
  readonly place: Place;
  readonly facts: Facts;
  readonly ahead: number;
}

/** Turns trees into nodes of one shared table, deriving type, unit and facts on the way. */
export class Typing {
  readonly nodes = new NodeTable();

  constructor(
    readonly world: World,
    readonly names: Names,
  ) {}

  /** Undefined after reporting what is wrong, or when something it needs is not bound. */
  type(tree: Tree, env: Env): Typed | undefined {
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
        return this.#apply(tree.op === '-' ? 'negate' : 'not', [tree.arg], tree, env);
      case 'binary':
        return this.#binary(tree, env);
      default:
        return unreachable(tree);
    }
  }

  fail(env: Env, problem: Diagnostic): undefined {
    env.owner.failed = true;
    this.world.report(problem);
    return undefined;
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
    const call: CallTree = { kind: 'call', op: tree.name, args: [], named: [], place: tree.place };
    return expand(this, call, composed, env);
  }

  /** An operator that takes no arguments, by its bare name. */
  nullary(op: Operator, tree: Tree, env: Env): Typed | undefined {
    return this.#make(op, [], NO_CONSTANTS, undefined, tree, env);
  }

  #number(tree: Tree & { kind: 'number' }, env: Env): Typed | undefined {
    const { unit, value } = tree;
    if (unit === undefined || unit === 'b')
      return { node: this.nodes.constant(value, 'number'), unit: ANY };
    if (unit === 'mo' || unit === 'y') {
      const hint = 'give days, as in 30d';
      const problem = report(
        'expr/no-fixed-length',
        tree.place,
        { found: `${value}${unit}` },
        { hint },
      );
      return this.fail(env, problem);
    }
    return { node: this.nodes.constant(value * TIMES[unit], 'number'), unit: MILLISECONDS };
  }

  #binary(tree: BinaryTree, env: Env): Typed | undefined {
    const sides = [tree.left, tree.right];
    if (tree.op !== '==' && tree.op !== '!=') return this.#apply(tree.op, sides, tree, env);
    return this.#apply(
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
    const composed = this.world.composed.get(tree.op);
    if (composed !== undefined) return expand(this, tree, composed, env);
    const op = this.world.operators.get(tree.op);
    if (op === undefined) {
      const known = [...this.world.operators.keys(), ...this.world.composed.keys()];
      const hint = suggestion(
        tree.op,
        known.filter((name) => /^\w+$/.test(name)),
      );
      const problem = report(
        'expr/unknown-operator',
        this.placeOf(tree, env),
        { name: tree.op },
        { hint },
      );
      return this.fail(env, problem);
    }
    return this.#operator(op, tree, env);
  }

  #apply(name: string, args: readonly Tree[], tree: Tree, env: Env): Typed | undefined {
    const op = this.world.operators.get(name);
    if (op === undefined) throw new Error(`The operator ${name} is not listed.`);
    return this.#operator(
      op,
      { kind: 'call', op: name, args, named: [], place: tree.place },
      env,
      tree,
    );
  }

  #operator(op: Operator, call: CallTree, env: Env, shown: Tree = call): Typed | undefined {
    const place = this.placeOf(shown, env);
    const problem = (p: Diagnostic): void => void this.fail(env, p);
    const given = matchArguments(call, slotsOf(op.args), signatureOf(op), problem);
    if (given === undefined) return undefined;
    const inputs = this.#inputs(op, given, env);
    const table = this.#table(op, given, env);
    if (inputs === undefined || table === undefined) return undefined;
    const clocks = [
      ...new Set(inputs.map((i) => i.typed.node.facts.clock).filter((c) => c !== undefined)),
    ];
    if (clocks.length > 1 && !op.crosses) {
      const hint = `bring the other one over with asof(…), as in asof(funding.rate)`;
      return this.fail(
        env,
        report('expr/clocks', place, { op: op.name, found: clocks.join(' and ') }, { hint }),
      );
    }
    const filtered = table.name !== undefined && inputs.length > 0 ? table.name : undefined;
    if (filtered !== undefined && !this.#isHome(filtered)) {
      const problem = `where= cannot filter "${filtered}", whose clock has the rows of another table`;
      return this.fail(env, report('expr/argument', place, { op: op.name, problem }));
    }
    const [name] = clocks;
    const clock = name === undefined ? this.world.main : clockSpec(this.world, name);
    const constants = this.#constants(op, given, clock, env);
    if (constants === undefined) return undefined;
    const wrong = op.check?.(constants);
    if (wrong !== undefined)
      return this.fail(env, report('expr/argument', place, { op: op.name, problem: wrong }));
    return this.#make(op, inputs, constants, table.name, shown, env);
  }

  /** Whether a table's rows are those of its clock. */
  #isHome(table: string): boolean {
    const clock = this.world.tables.get(table)?.clock ?? '';
    return this.world.clocks.get(clock)?.table === table;
  }

  /** The series arguments in declared order; all are typed, so that every problem is told. */
  #inputs(op: Operator, given: readonly Given[], env: Env): readonly Placed[] | undefined {
    const placed: Placed[] = [];
    let sound = true;
    for (const arg of op.args) {
      if (arg.is !== 'series') continue;
      for (const { tree } of given.filter((g) => g.slot === arg.name)) {
        const typed = this.type(tree, env);
        if (typed === undefined) sound = false;
        else placed.push({ arg, tree, typed });
      }
    }
    if (!sound) return undefined;
    const fitted = placed.map((p) => this.#fit(op, p, placed, env));
    return fitted.every((p) => p !== undefined) ? fitted : undefined;
  }

  /** A literal `missing` takes the type its neighbours have; other types must be those declared. */
  #fit(op: Operator, placed: Placed, all: readonly Placed[], env: Env): Placed | undefined {
    const { arg, typed, tree } = placed;
    const open = (p: Placed): boolean => isMissing(p.typed.node);
    const others = all.find((p) => p.arg.type === 'any' && !open(p));
    const wanted: ValueType = arg.type === 'any' ? (others?.typed.node.type ?? 'number') : arg.type;
    if (open(placed)) {
      const node = this.nodes.constant(undefined, wanted);
      return { ...placed, typed: { node, unit: ANY } };
    }
    if (arg.type === 'any' || typed.node.type === wanted) return placed;
    const facts = { op: op.name, name: arg.name, expected: wanted, found: typed.node.type };
    const hint =
      wanted === 'number' && typed.node.type === 'boolean'
        ? 'count conditions with if(c, 1, 0)'
        : undefined;
    return this.fail(env, report('expr/type', this.placeOf(tree, env), facts, { hint }));
  }

  #table(op: Operator, given: readonly Given[], env: Env): { readonly name?: string } | undefined {
    const arg = op.args.find((a) => a.is === 'table');
    const tree = given.find((g) => g.slot === arg?.name)?.tree;
    if (arg === undefined || tree === undefined) return {};
    const name = tree.kind === 'name' && tree.of === undefined ? tree.name : printFormula(tree);
    if (this.world.tables.has(name)) return { name };
    if (this.world.options.unbound?.includes(name)) {
      env.owner.needs.add(name);
      return undefined;
    }
    const hint = suggestion(name, this.world.tables.keys());
    return this.fail(
      env,
      report('expr/unknown-table', this.placeOf(tree, env), { name }, { hint }),
    );
  }

  #constants(op: Operator, given: readonly Given[], clock: ClockSpec, env: Env) {
    const values = new Map<string, Constant>();
    let sound = true;
    for (const arg of op.args) {
      if (arg.is === 'series' || arg.is === 'table') continue;
      const tree = given.find((g) => g.slot === arg.name)?.tree;
      if (tree === undefined) continue;
      const value = constantOf(arg, tree, {
        op,
        clock,
        work: (part) => this.type(part, env),
        problem: (p) =>
          this.fail(env, env.site === undefined ? p : { ...p, place: env.site.place }),
      });
      if (value === undefined) sound = false;
      else values.set(arg.name, value);
    }
    return sound ? withDefaults(op, values) : undefined;
  }

  #make(
    op: Operator,
    inputs: readonly Placed[],
    constants: ReturnType<typeof withDefaults>,
    table: string | undefined,
    tree: Tree,
    env: Env,
  ): Typed | undefined {
    const place = this.placeOf(tree, env);
    const types = inputs.map((i) => i.typed.node.type);
    const type = typeof op.gives === 'function' ? op.gives(types) : op.gives;
    if (type === undefined) {
      const found = [...new Set(types)].join(' and ');
      return this.fail(env, report('expr/types', place, { op: op.name, found }));
    }
    const units = inputs.map((i) => i.typed.unit);
    const unit = op.unit(units, constants);
    if (unit === undefined) {
      const found = units
        .filter((u) => !u.any)
        .map((u) => unitText(u) ?? 'a pure number')
        .join(' and ');
      return this.fail(env, report('expr/units', place, { op: op.name, found }));
    }
    const parts = inputs.map((i) => ({ slot: i.arg.name, node: i.typed.node }));
    if (parts.length > 0 && parts.every((p) => p.node.kind === 'constant')) {
      if (op.elementWise) return { node: foldConstant(this.nodes, op, parts, constants), unit };
      if (op.name === 'lag') return inputs[0]?.typed;
      return this.fail(env, report('expr/constant-series', place, { op: op.name }));
    }
    const node = buildNode(this, op, type, parts, constants, table);
    if (typeof node === 'string')
      return this.fail(env, report('expr/argument', place, { op: op.name, problem: node }));
    if (op.name === 'ahead') this.mark(tree, env, node.facts, constants.number('k'));
    return { node, unit };
  }
}

interface Placed {
  readonly arg: SeriesArg;
  readonly tree: Tree;
  readonly typed: Typed;
}

function isMissing(node: Node): boolean {
  return node.kind === 'constant' && node.value === undefined && node.type === 'number';
}
