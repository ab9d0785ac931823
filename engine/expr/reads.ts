import type { Names } from './defined.js';
import type { Node } from './node.js';
import type { Program } from './program.js';
import { type Definition, SELF, type TableFacts } from './world.js';

/** The columns some definitions read of each table. */
export function readsOfColumns(
  program: Program,
  ids: readonly string[],
): Readonly<Record<string, readonly string[]>> {
  const roots = program.columns.filter((c) => ids.includes(c.id)).map((c) => c.node);
  return readsOf(roots, program.nodes, program.tables);
}

/** The columns that some nodes, with all that they are computed from, read of each table; always the stamps of `self`. */
export function readsOf(
  roots: readonly Node[],
  nodes: readonly Node[],
  tables: ReadonlyMap<string, TableFacts>,
): Readonly<Record<string, readonly string[]>> {
  const used = new Set<number>(roots.map((n) => n.id));
  const reads = new Map<string, Set<string>>();
  const add = (table: string, column: string): void => {
    const columns = reads.get(table) ?? new Set();
    reads.set(table, columns.add(column));
  };
  add(SELF, 'ts');
  for (const node of [...nodes].reverse()) {
    if (!used.has(node.id)) continue;
    if (node.kind === 'column') {
      add(node.table, node.column);
      add(node.table, 'ts');
    }
    if (node.kind !== 'op') continue;
    if (node.table !== undefined) add(node.table, 'ts');
    for (const input of node.inputs) used.add(input.node.id);
  }
  for (const [table, columns] of reads) {
    const available = tables.get(table)?.available;
    if (available !== undefined) columns.add(available);
  }
  const names = [...reads.keys()].sort();
  return Object.fromEntries(names.map((name) => [name, [...(reads.get(name) ?? [])].sort()]));
}

/** What is not bound, with the definitions that cannot be computed without it. */
export function needsOf(
  byId: ReadonlyMap<string, Definition>,
  names: Names,
): ReadonlyMap<string, readonly string[]> {
  const needs = new Map<string, string[]>();
  for (const id of byId.keys()) {
    const owner = names.get(id, SELF)?.owner;
    for (const need of owner?.needs ?? []) {
      const ids = needs.get(need);
      if (ids === undefined) needs.set(need, [id]);
      else ids.push(id);
    }
  }
  return needs;
}
