import { reporter } from '../diag/diagnostic.js';
import { suggestion } from '../diag/suggest.js';
import { typeDefinition } from './defined.js';
import { columnFacts, tableOf } from './derive.js';
import type { Env, Typed } from './env.js';
import { CONSTANT_FACTS, type Facts } from './facts.js';
import { shown } from './shown.js';
import { synonym } from './synonyms.js';
import { type NameTree, nameText } from './tree.js';
import type { ColumnFacts, ValueType } from './types.js';
import type { Typing } from './typing.js';
import { agree, PURE, parseUnit, type Unit } from './unit.js';
import { SELF, type World } from './world.js';

const report = reporter({
  'expr/unknown-name': 'There is no column, feature or operator called "{name}".',
  'expr/unknown-column': 'The table "{table}" has no column "{name}".',
  'expr/unknown-table': 'There is no table or symbol called "{name}".',
  'expr/table-bare': '"{name}" is a table; name one of its columns.',
  'expr/needs-arguments': '`{name}` is an operator and needs arguments.',
});

/** What a name means: a local of a composed operator, a definition, a column, an operator without arguments. */
export function nameOf(typing: Typing, tree: NameTree, env: Env): Typed | undefined {
  return tree.of === undefined
    ? bareName(typing, tree, env)
    : dottedName(typing, tree, tree.of, env);
}

function bareName(typing: Typing, tree: NameTree, env: Env): Typed | undefined {
  const { name } = tree;
  const local = env.locals?.find(name);
  if (local !== 'unknown' && env.locals !== undefined) return local;
  const { world } = typing;
  // Composed operators read the item's columns, never a clause that happens to be called `high`.
  const visible = (id: string): boolean =>
    typing.names.definitions.has(id) &&
    !(env.locals !== undefined && typing.names.definitions.get(id)?.clause);
  if (visible(name) && !(env.locals !== undefined && hasColumn(world, env.root, name)))
    return use(typing, name, env.root, tree, env);
  const column = tableOf(world, env.root)?.columns.get(name);
  if (column !== undefined) return read(typing, env.root, name, column, tree, env);
  if (name === 'symbol' && env.root === SELF) {
    const node = typing.nodes.symbol({ ...CONSTANT_FACTS, clock: world.main.name });
    return { node, unit: PURE };
  }
  const alone = standsAlone(typing, name);
  return alone ? alone(tree, env) : elsewhere(typing, tree, env);
}

function hasColumn(world: World, root: string, name: string): boolean {
  return tableOf(world, root)?.columns.has(name) ?? false;
}

/** How to read a name that is an operator which needs no arguments; undefined for other names. */
function standsAlone(
  typing: Typing,
  name: string,
): ((tree: NameTree, env: Env) => Typed | undefined) | undefined {
  const op = typing.world.operators.get(name);
  if (op !== undefined && op.args.length === 0) return (tree, env) => typing.nullary(op, tree, env);
  const composed = typing.world.composed.get(name);
  if (!composed?.args.every((a) => a.default !== undefined)) return undefined;
  return (tree, env) => typing.bare(tree, composed, env);
}

/** A bare name that the item's own table does not have: a computed column of one other table, or a problem. */
function elsewhere(typing: Typing, tree: NameTree, env: Env): Typed | undefined {
  const { name } = tree;
  const { world } = typing;
  if (world.options.unavailable?.includes(name)) {
    env.owner.needs.add(name);
    return undefined;
  }
  const homes = [...world.tables].filter(([, t]) => t.columns.get(name)?.facts !== undefined);
  const [home] = homes;
  const column = home?.[1].columns.get(name);
  if (homes.length === 1 && home !== undefined && column !== undefined)
    return read(typing, home[0], name, column, tree, env);
  const place = typing.placeOf(tree, env);
  if (world.tables.has(name) || world.options.unbound?.includes(name))
    return typing.fail(env, report('expr/table-bare', place, { name }));
  if (world.operators.has(name) || world.composed.has(name))
    return typing.fail(env, report('expr/needs-arguments', place, { name }));
  const own = tableOf(world, env.root)?.columns.keys() ?? [];
  const legal = [...typing.names.definitions.keys(), ...own].filter((id) => shown(id) === id);
  const hint = synonym(name) ?? suggestion(name, legal);
  return typing.fail(env, report('expr/unknown-name', place, { name }, { hint }));
}

function dottedName(typing: Typing, tree: NameTree, of: string, env: Env): Typed | undefined {
  const { world } = typing;
  const whole = nameText(tree);
  if (typing.names.definitions.has(whole)) return use(typing, whole, env.root, tree, env);
  const own = tableOf(world, env.root)?.columns.get(whole);
  if (own !== undefined) return read(typing, env.root, whole, own, tree, env);
  if (world.tables.has(of)) return member(typing, of, tree, env);
  const absent = [of, whole].find(
    (n) => world.options.unbound?.includes(n) || world.options.unavailable?.includes(n),
  );
  if (absent !== undefined) {
    env.owner.needs.add(absent);
    return undefined;
  }
  const symbols = world.options.symbols;
  if (symbols === undefined ? /^[A-Z0-9_]*[A-Z][A-Z0-9_]*$/.test(of) : symbols.includes(of))
    return member(typing, `@${of}`, tree, env);
  const hint = suggestion(of, [...world.tables.keys(), ...(symbols ?? [])]);
  const place = typing.placeOf(tree, env);
  return typing.fail(env, report('expr/unknown-table', place, { name: of }, { hint }));
}

/** `table.column`, or `table.feature`: the feature's formula over that table's columns. */
function member(typing: Typing, table: string, tree: NameTree, env: Env): Typed | undefined {
  const { name } = tree;
  const facts = tableOf(typing.world, table);
  const column = facts?.columns.get(name);
  if (column !== undefined) return read(typing, table, name, column, tree, env);
  if (typing.names.definitions.has(name)) {
    if (facts?.clock === typing.world.main.name) return use(typing, name, table, tree, env);
    const typed = use(typing, name, SELF, tree, env);
    if (typed === undefined || typed.node.facts.clock === facts?.clock) return typed;
  }
  const hint = suggestion(name, facts?.columns.keys() ?? []);
  const place = typing.placeOf(tree, env);
  const lacking = { table: table.replace(/^@/, ''), name };
  return typing.fail(env, report('expr/unknown-column', place, lacking, { hint }));
}

/** A definition used by another one: what it needs, the user needs too. */
function use(
  typing: Typing,
  id: string,
  root: string,
  tree: NameTree,
  env: Env,
): Typed | undefined {
  const typed = typeDefinition(typing, id, root, { env, place: typing.placeOf(tree, env) });
  const used = typing.names.get(id, root)?.owner;
  if (used === undefined) return typed;
  env.owner.uses.add(used);
  for (const need of used.needs) env.owner.needs.add(need);
  if (used.failed) env.owner.failed = true;
  return typed;
}

const TYPES: Readonly<Record<ColumnFacts['dtype'], ValueType>> = {
  f64: 'number',
  time: 'number',
  bool: 'boolean',
  text: 'text',
};

function read(
  typing: Typing,
  table: string,
  name: string,
  column: ColumnFacts,
  tree: NameTree,
  env: Env,
): Typed | undefined {
  const facts = tableOf(typing.world, table);
  if (facts === undefined) throw new Error(`There is no table ${table}.`);
  const scope = table.startsWith('@') ? 'universe' : 'symbol';
  const node = typing.nodes.column(
    table,
    name,
    TYPES[column.dtype],
    columnFacts(facts, column, scope),
  );
  if (mayBeRefused(node.facts)) typing.mark(tree, env, node.facts, 0);
  return { node, unit: unitOf(column) };
}

function mayBeRefused({ delay, taint, kind, scope }: Facts): boolean {
  return delay > 0 || taint === 'outcome' || kind === 'whole-sample' || scope === 'universe';
}

function unitOf(column: ColumnFacts): Unit {
  if (column.dtype === 'time') return parseUnit('ms');
  const unit = parseUnit(column.unit);
  if (column.facts === undefined || column.facts.dims === unit.dims) return unit;
  const labelled: Unit = { any: false, dims: column.facts.dims, label: column.unit };
  return agree(labelled, labelled) ?? unit;
}
