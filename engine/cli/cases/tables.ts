import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ColumnFacts, TableFacts } from '../../expr/index.js';
import { readContract } from '../../frame/contract.js';
import { Frame } from '../../frame/frame.js';
import { textColumn } from '../../frame/text.js';
import { columnShape } from '../../graph/contracts.js';
import { readYaml } from '../../yaml/file.js';
import { plain } from '../../yaml/read.js';
import type { Case, Cell, Columns } from './case.js';

/** Length of a bar in cases, milliseconds. */
const BAR = 300_000;
/** A slow series may be carried for so many of its intervals. */
const CARRIED = 6;

/** The tables of a case as the compiler and the evaluator take them. */
export interface CaseTables {
  readonly facts: Readonly<Record<string, TableFacts>>;
  readonly frames: Readonly<Record<string, Frame>> & { readonly self: Frame };
}

/** @param root  the project, whose contracts tell when rows of a table with its own clock are known. */
export function tablesOf(root: string, { columns, tables, from }: Case): CaseTables {
  const facts: Record<string, TableFacts> = { self: barFacts(columns) };
  const frames: Record<string, Frame> = {};
  for (const [name, table] of Object.entries(tables)) {
    frames[name] = frameOf(table.columns, from, table.every ?? BAR);
    facts[name] =
      table.every === undefined
        ? barFacts(table.columns)
        : slowFacts(root, name, table.columns, table.every);
  }
  return { facts, frames: { ...frames, self: frameOf(columns, from, BAR) } };
}

/** Rows of one symbol of a case across symbols. */
export function symbolTable(
  columns: Columns,
  from: number,
): { readonly facts: TableFacts; readonly frame: Frame } {
  return { facts: barFacts(columns), frame: frameOf(columns, from, BAR) };
}

function barFacts(columns: Columns): TableFacts {
  return { clock: 'bars', spacing: BAR, columns: factsOf(columns, () => 0) };
}

function slowFacts(root: string, name: string, columns: Columns, every: number): TableFacts {
  return {
    clock: name,
    nominal: every,
    within: CARRIED * every,
    columns: factsOf(columns, delays(root, name)),
  };
}

function factsOf(
  columns: Columns,
  delayOf: (name: string) => number,
): ReadonlyMap<string, ColumnFacts> {
  return new Map(
    Object.entries(columns).map(([name, cells]) => {
      const dtype = cells.some((c) => typeof c === 'string')
        ? 'text'
        : cells.some((c) => typeof c === 'boolean')
          ? 'bool'
          : 'f64';
      return [name, { dtype, taint: 'feature', delay: delayOf(name), instant: true }];
    }),
  );
}

/** How long after their time the rows of a table are known, by the contract of that name. */
function delays(root: string, name: string): (column: string) => number {
  const file = `spec/contracts/${name}.yaml`;
  if (!existsSync(join(root, file))) return () => 0;
  const { value } = readYaml(join(root, file), file);
  const { contract } = value ? readContract(plain(value)) : { contract: undefined };
  return contract ? (column) => columnShape(column, contract).delay : () => 0;
}

function frameOf(columns: Columns, from: number, every: number): Frame {
  const length = Math.max(0, ...Object.values(columns).map((cells) => cells.length));
  const ts = Float64Array.from({ length }, (_, row) => from + row * every);
  const entries = Object.entries(columns).map(([name, cells]) => ({
    name,
    column: columnOf(cells, length),
  }));
  return Frame.from([{ name: 'ts', column: { dtype: 'time', values: ts } }, ...entries], length);
}

function columnOf(cells: readonly Cell[], length: number) {
  const rows = Array.from({ length }, (_, i) => cells[i] ?? null);
  if (rows.some((c) => typeof c === 'string'))
    return textColumn(rows.map((c) => (c === null ? null : String(c))));
  if (rows.some((c) => typeof c === 'boolean')) {
    return {
      dtype: 'bool' as const,
      values: Uint8Array.from(rows, (c) => (typeof c === 'boolean' ? Number(c) : 255)),
    };
  }
  return {
    dtype: 'f64' as const,
    values: Float64Array.from(rows, (c) => (typeof c === 'number' ? c : Number.NaN)),
  };
}
