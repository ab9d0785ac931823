import { type Diagnostic, type Place, reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { suggestion } from '../diag/suggest.js';
import type { Column } from '../frame/column.js';
import type { Json, JsonObject } from '../yaml/value.js';
import { slipsIn } from './literals.js';
import { type Locate, parseFormula } from './parse.js';
import { gathered, type ReducerName, reduce, reducerOf, rowsPort } from './reduce.js';
import { constantValue } from './scalar.js';
import {
  type CallTree,
  childrenOf,
  type NameTree,
  nameText,
  type Tree,
  withParts,
} from './tree.js';

const report = reporter({
  'check/unknown-port': 'There is no input or output called "{name}".',
  'check/frame-bare': '"{name}" is a table; reduce it to one value, as in rows({name}).',
  'check/not-scalar': '"{name}" is {found}, not one value.',
  'check/no-field': '"{port}" has no field "{field}".',
  'check/no-table': '"{name}" is one value and has no rows.',
  'check/rows-of': '`rows` takes the name of a table.',
});

/** A value a check formula may read, by the name of its port (or dimension, or parameter). */
export type CheckPort = CheckTable | CheckOne | CheckMany;
/** A table whose columns are fetched when a check reads them. */
export interface CheckTable {
  readonly kind: 'frame';
  readonly rows: number;
  readonly column: (name: string) => Column | undefined;
  /** Its columns, for suggestions. */
  readonly names: readonly string[];
}
export type CheckOne =
  | { readonly kind: 'scalar'; readonly value: CheckValue }
  | { readonly kind: 'json'; readonly value: Json };
/** What a gathering port receives: the rows of all tables, or one value an item, in order of their ids. */
export interface CheckMany {
  readonly kind: 'many';
  readonly ports: readonly CheckPort[];
}
/** What a check gives: null is missing, and counts as false where a decision is asked for. */
export type CheckValue = number | boolean | string | null;

/** Read a check formula: `when until expect where`. The grammar is that of all formulas. */
export function parseCheck(
  text: string,
  locate: Locate,
): { readonly tree: Tree | undefined; readonly problems: readonly Diagnostic[] } {
  const read = parseFormula(text, locate);
  const { tree } = read;
  const slips = tree === undefined ? [] : slipsIn(tree);
  return slips.length === 0 ? read : { tree: undefined, problems: slips };
}

/**
 * What a check reads: ports by name, each with its columns (of a table) or fields (of json).
 * `rows(p)` and a bare scalar read no column.
 */
export function checkReads(tree: Tree): ReadonlyMap<string, readonly string[]> {
  const reads = new Map<string, Set<string>>();
  const read = (port: string): Set<string> => {
    const known = reads.get(port) ?? new Set<string>();
    reads.set(port, known);
    return known;
  };
  const visit = (part: Tree): void => {
    if (part.kind === 'name') {
      if (part.of === undefined) read(part.name);
      else read(part.of).add(part.name);
    }
    for (const child of childrenOf(part)) visit(child);
  };
  visit(tree);
  return new Map([...reads].map(([port, columns]) => [port, [...columns].sort()]));
}

/**
 * The value of a check formula. What cannot be computed from the values of a run is missing.
 * @throws check/unknown-port, check/frame-bare, check/not-scalar, check/no-field, and problems of its row expressions
 */
export function evaluateCheck(tree: Tree, ports: Readonly<Record<string, CheckPort>>): CheckValue {
  const known = new Map(Object.entries(ports));
  return constantValue(substituted(tree, known), true);
}

/** The tree with every reducer and port replaced by the value it has. */
function substituted(tree: Tree, ports: ReadonlyMap<string, CheckPort>): Tree {
  if (tree.kind === 'name') return spelled(portValue(tree, ports), tree.place);
  const reducer = tree.kind === 'call' ? reducerOf(tree) : undefined;
  if (tree.kind === 'call' && reducer !== undefined)
    return spelled(reduced(reducer, tree, ports), tree.place);
  return withParts(tree, (part) => substituted(part, ports));
}

function reduced(
  reducer: ReducerName,
  call: CallTree,
  ports: ReadonlyMap<string, CheckPort>,
): CheckValue {
  const [arg] = call.args;
  if (arg === undefined) throw new Error('A reducer has one argument.');
  if (reducer === 'rows') {
    const name = arg.kind === 'name' && arg.of === undefined ? arg.name : undefined;
    if (name === undefined) return refuse(report('check/rows-of', arg.place));
    const table = tableIn(name, portOf(name, arg.place, ports));
    if (table !== undefined) return table.rows;
    return refuse(report('check/no-table', arg.place, { name }));
  }
  const name = rowsPort(arg, (n) => {
    const port = ports.get(n);
    return port !== undefined && tableIn(n, port) !== undefined;
  });
  if (name === undefined) return reduce(reducer, substituted(arg, ports), undefined);
  const table = tableIn(name, portOf(name, arg.place, ports));
  return reduce(reducer, inTable(arg, name, ports), table);
}

/** A port as rows: a table, or gathered items. Gathered single values are a column that has the port's own name. */
function tableIn(name: string, port: CheckPort): CheckTable | undefined {
  if (port.kind === 'frame') return port;
  return port.kind === 'many' ? gathered(name, port.ports) : undefined;
}

/** A row expression with its table's columns bare; other ports, and what is reduced inside it, are replaced by values. */
function inTable(tree: Tree, table: string, ports: ReadonlyMap<string, CheckPort>): Tree {
  const reducer = tree.kind === 'call' ? reducerOf(tree) : undefined;
  if (tree.kind === 'call' && reducer !== undefined)
    return spelled(reduced(reducer, tree, ports), tree.place);
  if (tree.kind !== 'name') return withParts(tree, (part) => inTable(part, table, ports));
  if (tree.of === table) return { kind: 'name', name: tree.name, place: tree.place };
  if (tree.of === undefined && tree.name === table) return tree;
  return ports.has(tree.of ?? tree.name) ? spelled(portValue(tree, ports), tree.place) : tree;
}

function portOf(name: string, place: Place, ports: ReadonlyMap<string, CheckPort>): CheckPort {
  const port = ports.get(name);
  if (port !== undefined) return port;
  const hint = suggestion(name, ports.keys());
  return refuse(report('check/unknown-port', place, { name }, { hint }));
}

function portValue(tree: NameTree, ports: ReadonlyMap<string, CheckPort>): CheckValue {
  const port = portOf(tree.of ?? tree.name, tree.place, ports);
  const name = nameText(tree);
  if (port.kind === 'frame' || port.kind === 'many')
    return refuse(report('check/frame-bare', tree.place, { name: tree.of ?? tree.name }));
  if (port.kind === 'scalar') {
    if (tree.of === undefined) return port.value;
    return refuse(report('check/no-field', tree.place, { port: tree.of, field: tree.name }));
  }
  const value = tree.of === undefined ? port.value : fieldOf(port.value, tree);
  if (value === null || typeof value !== 'object') return value;
  const found = Array.isArray(value) ? 'a list' : 'a record';
  return refuse(report('check/not-scalar', tree.place, { name, found }));
}

function fieldOf(value: Json, tree: NameTree): Json {
  const record = isRecord(value) ? value : {};
  const found = Object.hasOwn(record, tree.name) ? record[tree.name] : undefined;
  if (found !== undefined) return found;
  const hint = suggestion(tree.name, Object.keys(record));
  const facts = { port: tree.of, field: tree.name };
  return refuse(report('check/no-field', tree.place, facts, { hint }));
}

function isRecord(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as the tree that spells it; numbers that are not finite are missing. */
function spelled(value: CheckValue, place: Place): Tree {
  if (value === null) return { kind: 'missing', place };
  if (typeof value === 'boolean') return { kind: 'flag', value, place };
  if (typeof value === 'string') return { kind: 'text', value, place };
  if (!Number.isFinite(value)) return { kind: 'missing', place };
  const size: Tree = { kind: 'number', value: Math.abs(value), place };
  return value < 0 ? { kind: 'unary', op: '-', arg: size, place } : size;
}
