import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { suggestion } from '../diag/suggest.js';
import { type Column, MISSING_FLAG, MISSING_TEXT } from '../frame/column.js';
import { concat } from '../frame/concat.js';
import { type Entry, Frame } from '../frame/frame.js';
import { textColumn } from '../frame/text.js';
import type { Json, JsonObject } from '../yaml/value.js';
import type { CheckPort, CheckTable, CheckValue } from './check.js';
import { rollingSum } from './kernels/sum.js';
import { type ColumnFacts, compile, evaluate, type TableFacts } from './program.js';
import { constantValue } from './scalar.js';
import { type CallTree, childrenOf, namesIn, type Tree } from './tree.js';
import { SELF } from './world.js';

const report = reporter({
  'check/no-rows': 'The reducer `{reducer}` needs a column of a table.',
  'check/no-column': 'The table has no column "{name}".',
  'check/reduces': 'The reducer `{reducer}` takes {expected}, found {found}.',
});

/** What turns rows into one value. */
export const REDUCERS = [
  'rows',
  'share',
  'sum',
  'min',
  'max',
  'mean',
  'any',
  'all',
  'last',
] as const;
export type ReducerName = (typeof REDUCERS)[number];

/** `min(p.x)` reduces a column; `min(a, b)` is the smaller of two values. */
export function reducerOf(call: CallTree): ReducerName | undefined {
  const name = REDUCERS.find((r) => r === call.op);
  return call.args.length === 1 && call.named.length === 0 ? name : undefined;
}

/** The table a row expression is about: the first one it names. */
export function rowsPort(tree: Tree, isTable: (name: string) => boolean): string | undefined {
  if (tree.kind === 'name') {
    const name = tree.of ?? tree.name;
    return isTable(name) ? name : undefined;
  }
  for (const child of childrenOf(tree)) {
    const found = rowsPort(child, isTable);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Reduce a row expression over a table, whose columns are bare names in it.
 * Missing rows are left out of `share sum min max mean`; `any` and `all` are Kleene sums and products; `last` takes the last row.
 */
export function reduce(
  reducer: ReducerName,
  tree: Tree,
  table: CheckTable | undefined,
): number | boolean | string | null {
  if (table === undefined) {
    if (reducer === 'any' || reducer === 'all') {
      const value = constantValue(tree, true);
      if (typeof value === 'boolean' || value === null) return value;
    }
    return refuse(report('check/no-rows', tree.place, { reducer }));
  }
  const column = rowsOf(tree, table);
  if (reducer === 'last') return lastOf(column);
  if (reducer === 'any' || reducer === 'all' || reducer === 'share') {
    if (column.dtype === 'bool') return overFlags(reducer, column.values);
    return refuse(wrong(reducer, 'a condition', column, tree));
  }
  if (column.dtype === 'f64' || column.dtype === 'time') return overNumbers(reducer, column.values);
  return refuse(wrong(reducer, 'numbers', column, tree));
}

function wrong(reducer: string, expected: string, column: Column, tree: Tree) {
  return report('check/reduces', tree.place, { reducer, expected, found: column.dtype });
}

/** The expression evaluated on every row. Tables without time get row numbers for one. */
function rowsOf(tree: Tree, table: CheckTable): Column {
  const names = [...namesIn(tree)].filter((name) => name !== 'ts');
  const entries: Entry[] = names.flatMap((name) => {
    const column = table.column(name);
    return column === undefined ? [] : [{ name, column }];
  });
  const frame = Frame.from([timeOf(table), ...entries], table.rows);
  const columns = new Map<string, ColumnFacts>(
    frame.fields.map((f) => [f.name, { dtype: f.dtype, taint: 'feature', delay: 0 }]),
  );
  const self: TableFacts = { clock: 'rows', columns };
  const id = 'checked value';
  const { program, problems } = compile(
    [{ id, tree, place: tree.place }],
    { [SELF]: self },
    { admit: 'feature', scope: 'symbol', measured: true },
  );
  const errors = problems.filter((p) => p.severity === 'error');
  if (errors.length > 0) refuse(...errors.map((p) => asColumn(p, table)));
  return evaluate(program, { [SELF]: frame }, [id]).get(id);
}

/** In a check a bare name is a column of the table that is reduced. */
function asColumn(problem: Diagnostic, { names }: CheckTable): Diagnostic {
  const { name } = problem.facts;
  if (problem.code !== 'expr/unknown-name' || typeof name !== 'string') return problem;
  return report('check/no-column', problem.place, { name }, { hint: suggestion(name, names) });
}

function timeOf(table: CheckTable): Entry {
  const given = table.column('ts');
  if (given?.dtype === 'time' || given?.dtype === 'f64') return { name: 'ts', column: given };
  const values = Float64Array.from({ length: table.rows }, (_, i) => i);
  return { name: 'ts', column: { dtype: 'time', values } };
}

/** Gathered items as one table: rows under each other, single values as a column called `name`, fields of json as columns. */
export function gathered(name: string, ports: readonly CheckPort[]): CheckTable {
  const tables = ports.map((port): CheckTable => {
    if (port.kind === 'frame') return port;
    if (port.kind === 'many') return gathered(name, port.ports);
    const { value } = port;
    return {
      kind: 'frame',
      rows: 1,
      names: isRecord(value) ? Object.keys(value) : [name],
      column: (wanted) => {
        if (!isRecord(value)) return wanted === name && !isList(value) ? oneCell(value) : undefined;
        const field = Object.hasOwn(value, wanted) ? value[wanted] : undefined;
        return field === undefined || isRecord(field) || isList(field) ? undefined : oneCell(field);
      },
    };
  });
  return {
    kind: 'frame',
    rows: tables.reduce((sum, table) => sum + table.rows, 0),
    names: [...new Set(tables.flatMap((table) => table.names))],
    column: (wanted) => {
      const parts = tables.map((table) => table.column(wanted));
      if (parts.length === 0 || parts.some((p) => p === undefined)) return undefined;
      const frames = parts.flatMap((column) =>
        column === undefined ? [] : [Frame.from([{ name: wanted, column }])],
      );
      return concat(frames).get(wanted);
    },
  };
}

function oneCell(value: CheckValue): Column {
  if (typeof value === 'string') return textColumn([value]);
  if (typeof value === 'boolean') return { dtype: 'bool', values: Uint8Array.of(value ? 1 : 0) };
  return { dtype: 'f64', values: Float64Array.of(value ?? Number.NaN) };
}

function isRecord(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function lastOf(column: Column): number | boolean | string | null {
  if (column.dtype === 'text') {
    const code = column.codes[column.codes.length - 1] ?? MISSING_TEXT;
    return column.words[code] ?? null;
  }
  const value = column.values[column.values.length - 1];
  if (column.dtype === 'bool')
    return value === undefined || value === MISSING_FLAG ? null : value === 1;
  return value === undefined || Number.isNaN(value) ? null : value;
}

/** `share` of the known rows; `any` and `all` in Kleene's logic. */
function overFlags(
  reducer: 'any' | 'all' | 'share',
  values: Readonly<Uint8Array>,
): number | boolean | null {
  const yes = values.reduce((n, v) => n + (v === 1 ? 1 : 0), 0);
  const no = values.reduce((n, v) => n + (v === 0 ? 1 : 0), 0);
  const unknown = values.length - yes - no;
  if (reducer === 'share') return yes + no === 0 ? null : yes / (yes + no);
  const decided = reducer === 'any' ? yes > 0 : no > 0;
  if (decided) return reducer === 'any';
  return unknown > 0 ? null : reducer === 'all';
}

function overNumbers(
  reducer: 'sum' | 'min' | 'max' | 'mean' | 'rows',
  values: Readonly<Float64Array>,
): number | null {
  const known = values.filter((v) => !Number.isNaN(v));
  const result = reducedNumbers(reducer, known);
  return Number.isFinite(result) ? result : null;
}

function reducedNumbers(
  reducer: 'sum' | 'min' | 'max' | 'mean' | 'rows',
  known: Readonly<Float64Array>,
): number {
  if (reducer === 'min') return known.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  if (reducer === 'max') return known.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const running = new Float64Array(known.length);
  const anchors = new Uint8Array(known.length);
  rollingSum(known, Number.POSITIVE_INFINITY, 1, anchors, reducer === 'mean', running);
  return running[known.length - 1] ?? (reducer === 'sum' ? 0 : Number.NaN);
}
