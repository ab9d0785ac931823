import { readdirSync, readFileSync } from 'node:fs';
import type { Diagnostic, Place } from '../../../engine/diag/diagnostic.js';
import { type Composed, loadComposed } from '../../../engine/expr/composed.js';
import { operators } from '../../../engine/expr/ops/index.js';
import { parseFormula } from '../../../engine/expr/parse.js';
import {
  type ColumnFacts,
  type CompileOptions,
  compile,
  type Definition,
  evaluate,
  type Program,
  SHOWN,
  type TableFacts,
} from '../../../engine/expr/program.js';
import type { Tree } from '../../../engine/expr/tree.js';
import { Frame } from '../../../engine/frame/frame.js';
import { parseYaml } from '../../../engine/yaml/parse.js';

/** Where formulas of tests stand: each in a file of its own name, all on line 1. */
export function locate(offset: number, length: number): Place {
  return { file: 'test.yaml', line: 1, col: offset + 1, length };
}

export function parse(text: string): Tree {
  const { tree, problems } = parseFormula(text, locate);
  if (tree === undefined) throw new Error(problems.map((p) => p.message).join('\n'));
  return tree;
}

export const FORMULAS = new URL('../../../spec/formulas/', import.meta.url);

/** The composed operators that ship with the project. */
export function shipped(): ReadonlyMap<string, Composed> {
  const sources = readdirSync(FORMULAS)
    .filter((f) => f.endsWith('.yaml'))
    .sort()
    .map((file) => {
      const { value, problems } = parseYaml(readFileSync(new URL(file, FORMULAS), 'utf8'), file);
      if (value === undefined || problems.length > 0)
        throw new Error(problems.map((p) => `${file}: ${p.message}`).join('\n'));
      return { file, value };
    });
  const { composed, problems } = loadComposed(sources, new Set(operators.keys()));
  if (problems.length > 0)
    throw new Error(problems.map((p) => `${p.code} ${p.message}`).join('\n'));
  return composed;
}

export const FIVE_MINUTES = 300_000;
/** 2024-03-01, a Friday. */
export const START = 1_709_251_200_000;

/** Stamps of so many 5-minute bars. */
export function bars(rows: number, start = START, spacing = FIVE_MINUTES): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => start + i * spacing);
}

export function column(dtype: ColumnFacts['dtype'], more: Partial<ColumnFacts> = {}): ColumnFacts {
  return { dtype, taint: 'feature', delay: 0, ...more };
}

/** A bar table with number columns of the given names; others by facts. */
export function barTable(
  numbers: readonly string[],
  more: Readonly<Record<string, ColumnFacts>> = {},
): TableFacts {
  const columns = new Map<string, ColumnFacts>([['ts', column('time')]]);
  for (const name of numbers) columns.set(name, column('f64'));
  for (const [name, facts] of Object.entries(more)) columns.set(name, facts);
  return { clock: 'bars', spacing: FIVE_MINUTES, columns };
}

export function definition(id: string, text: string, more: Partial<Definition> = {}): Definition {
  return { id, tree: parse(text), place: locate(0, text.length), ...more };
}

export interface Compiled {
  readonly program: Program;
  readonly problems: readonly Diagnostic[];
}

/** Compile formulas by id over tables; the shipped composed operators are there. */
export function compileAll(
  formulas: Readonly<Record<string, string>>,
  tables: Readonly<Record<string, TableFacts>>,
  options: Partial<CompileOptions> = {},
): Compiled {
  const definitions = Object.entries(formulas).map(([id, text]) => definition(id, text));
  return compile(definitions, tables, { admit: 'feature', composed: COMPOSED, ...options });
}

const COMPOSED = shipped();

export type Values = readonly (number | boolean | string | null)[];

/** Columns of a frame as plain lists: NaN and other missing values are null. */
export function listsOf(frame: Frame): Readonly<Record<string, Values>> {
  const rows = [...frame.rows()];
  return Object.fromEntries(
    frame.names.filter((n) => n !== 'ts').map((name) => [name, rows.map((r) => r[name] ?? null)]),
  );
}

type Cells =
  | readonly number[]
  | Float64Array
  | readonly (boolean | null)[]
  | readonly (string | null)[];

/** Evaluate one formula over columns of 5-minute bars. */
export function run(
  text: string,
  columns: Readonly<Record<string, Cells>>,
  options: Partial<CompileOptions> = {},
): Values {
  const rows = Object.values(columns)[0]?.length ?? 0;
  const plain = Frame.of({ ...columns });
  const facts = Object.fromEntries(plain.fields.map((f) => [f.name, column(f.dtype)]));
  const { program, problems } = compileAll({ out: text }, { self: barTable([], facts) }, options);
  const errors = problems.filter((p) => p.severity === 'error');
  if (errors.length > 0) throw new Error(errors.map((p) => `${p.code} ${p.message}`).join('\n'));
  const self = plain.with('ts', { dtype: 'time', values: bars(rows) });
  return listsOf(evaluate(program, { self }, ['out'], SHOWN)).out ?? [];
}

/** The problems of one formula over bars with the given number columns. */
export function refusals(
  text: string,
  numbers: readonly string[] = ['x', 'y'],
  options: Partial<CompileOptions> = {},
): readonly Diagnostic[] {
  const { tree, problems } = parseFormula(text, locate);
  if (tree === undefined) return problems;
  const flags = { c: column('bool'), d: column('bool'), name: column('text') };
  return compileAll({ out: text }, { self: barTable(numbers, flags) }, options).problems;
}
