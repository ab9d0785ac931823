import type { Facts } from '../../../expr/facts.js';
import {
  type ColumnFacts,
  type Composed,
  compile,
  parseFormula,
  type TableFacts,
} from '../../../expr/index.js';
import type { OpNode } from '../../../expr/node.js';
import { leavesOf } from './leaves.js';

/** What the compiler derives of a formula of which no more is known than it says itself. */
export interface Probed {
  readonly facts: Facts;
  /** The call of the operator that the formula is an example of. */
  readonly node: OpNode | undefined;
}

const MINUTE = 60_000;
/** Rows of the item, and those of tables that come when they come. */
const BARS = { clock: 'bars', spacing: 5 * MINUTE };
const PRINTS = { nominal: 480 * MINUTE, within: 1440 * MINUTE };
const DTYPES = { number: 'f64', boolean: 'bool', text: 'text' } as const;

/** Compile an example on columns that are all just there. Undefined where it does not compile. */
export function probe(
  text: string,
  composed: ReadonlyMap<string, Composed>,
  name?: string,
): Probed | undefined {
  const place = { file: 'example', line: 1, col: 1, length: text.length };
  const { tree } = parseFormula(text, () => place);
  if (tree === undefined) return undefined;
  const tables = tablesOf(leavesOf(tree, composed));
  // Targets may do all that features may.
  const { program } = compile([{ id: 'example', tree, place }], tables, {
    admit: 'target',
    composed,
  });
  const column = program.columns[0];
  if (column === undefined) return undefined;
  const calls = program.nodes.filter((n) => n.kind === 'op').filter((n) => n.op.name === name);
  return { facts: column.facts, node: calls.at(-1) };
}

function tablesOf({ columns, apart }: ReturnType<typeof leavesOf>): Record<string, TableFacts> {
  const names = new Set(['self', ...apart]);
  for (const name of columns.keys()) if (name.includes('.')) names.add(name.split('.')[0] ?? '');
  return Object.fromEntries(
    [...names].map((name) => [name, tableOf(name, columns, apart.has(name))]),
  );
}

function tableOf(
  name: string,
  columns: ReturnType<typeof leavesOf>['columns'],
  apart: boolean,
): TableFacts {
  const own = [...columns].flatMap(([id, type]) => {
    const [table, column] = id.includes('.') ? id.split('.') : ['self', id];
    return table === name && column !== undefined ? [{ column, type }] : [];
  });
  const delay = apart ? MINUTE : 0;
  const found = new Map<string, ColumnFacts>([['ts', { dtype: 'time', taint: 'feature', delay }]]);
  // Instants, so that targets may be made of them; without holes, so that what decays can be counted in rows.
  const sound = { taint: 'feature', delay, instant: true, nullable: false } as const;
  for (const { column, type } of own) found.set(column, { dtype: DTYPES[type], ...sound });
  return { ...(apart ? { clock: name, ...PRINTS } : BARS), columns: found };
}
