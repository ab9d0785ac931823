import type { Operator } from '../op.js';
import * as across from './across/index.js';
import * as clocks from './clocks/index.js';
import * as elementwise from './elementwise/index.js';
import * as happenings from './happenings/index.js';
import * as information from './information/index.js';
import * as lag from './lag/index.js';
import * as recursive from './recursive/index.js';
import * as rolling from './rolling/index.js';

/** Operators of one kind: a folder here, a heading in the reference. */
export interface Family {
  readonly name: string;
  readonly title: string;
  /** What its operators have in common. */
  readonly doc: string;
  readonly operators: readonly Operator[];
}

/** The families in the order in which they are read about. */
export const families: readonly Family[] = [
  family(
    'elementwise',
    'One row',
    'A row from the same row of the arguments, which may be constants. They look back no further than what they are given.',
    elementwise,
  ),
  family(
    'lag',
    'Other rows',
    'A row from another row. A bar grid is full: a gap is a row of missing values, so the row after a gap has none before it.',
    lag,
  ),
  family(
    'rolling',
    'Windows',
    'A statistic of the known rows of the window W = t − window + 1 … t; `all` is every row so far. Missing rows are passed over: the value is missing where fewer than `min` are known, by default all of the window. With two series a row counts where both are known. A window that ends a row earlier is `lag(…, 1)` around it.',
    rolling,
  ),
  family('recursive', 'Running values', 'Values that carry a state from row to row.', recursive),
  family(
    'information',
    'Information and dependence',
    'Statistics of the order and the dependence of the known rows of a window.',
    information,
  ),
  family(
    'happenings',
    'Happenings',
    'Conditions in time. Missing counts as not true where a line says so.',
    happenings,
  ),
  family(
    'clocks',
    'Clocks: calendar, other tables, coarser bars',
    'The time of a row, and rows that come at other times. A row of another table is visible at a bar if it was available at its close.',
    clocks,
  ),
  family(
    'across',
    'Across symbols',
    'A statistic over the symbols whose row is known at that time, in order of id.',
    across,
  ),
];

/** Every operator of the language by name. */
export const operators: ReadonlyMap<string, Operator> = listed();

function family(
  name: string,
  title: string,
  doc: string,
  members: Readonly<Record<string, Operator>>,
): Family {
  const sorted = Object.values(members).sort((a, b) => (a.name < b.name ? -1 : 1));
  return { name, title, doc, operators: sorted };
}

function listed(): ReadonlyMap<string, Operator> {
  const found = new Map<string, Operator>();
  for (const { operators } of families)
    for (const op of operators) {
      if (found.has(op.name)) throw new Error(`Two operators are called ${op.name}.`);
      found.set(op.name, op);
    }
  return found;
}
