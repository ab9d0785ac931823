import type { ColumnFacts, Frame, Shape, TableFacts } from '../../engine/sdk/index.js';
import { PORT_DATA } from './datasets.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Tables that are read on a clock of their own: how far apart their rows are and for how long one is carried. The delay is their
 * contract's, for where a frame has come without one; a test holds the two together.
 */
export const PRINTS: Readonly<Record<string, Omit<TableFacts, 'columns'> & { delay: number }>> = {
  // A rate holds until the next print: the longest interval of a venue, and a bar for the print to be seen.
  funding: { clock: 'funding', nominal: 8 * HOUR, within: 8 * HOUR + 5 * MINUTE, delay: MINUTE },
  open_interest: {
    clock: 'open_interest',
    nominal: 5 * MINUTE,
    within: 15 * MINUTE,
    delay: 5 * MINUTE,
  },
  fees: { clock: 'fees', nominal: 30 * DAY, within: 366 * DAY, delay: MINUTE },
  news: { clock: 'news', nominal: DAY, within: 366 * DAY, available: 'announced', delay: 0 },
};

/** Columns of clean bars that formulas may read. */
export const BAR_COLUMNS = [
  'open',
  'high',
  'low',
  'close',
  'volume',
  'quote_volume',
  'trade_count',
  'taker_base_volume',
  'is_gap',
] as const;

/** Columns of bars that are values as of the close, not of the time a bar covers. */
const INSTANTS: ReadonlySet<string> = new Set(['close', 'mid_close']);

/** What stands at a port: its columns before data exist, or the frame itself. */
export type Known = Shape | Frame | undefined;

/**
 * The tables formulas may read, from what stands at the ports of a node.
 * @param ports    `self` and ports by the name formulas use.
 * @param spacing  Milliseconds of a bar.
 */
export function tablesOf(
  ports: Readonly<Record<string, Known>>,
  spacing: number,
): Readonly<Record<string, TableFacts>> {
  const tables: Record<string, TableFacts> = {};
  for (const [name, known] of Object.entries(ports)) {
    if (known === undefined) continue;
    const prints = PRINTS[name];
    tables[name] = prints
      ? { ...prints, columns: columnsOf(known, prints.delay) }
      : { clock: 'bars', spacing, columns: columnsOf(known, 0) };
  }
  return tables;
}

/** The ports formulas may name that are not among these tables. */
export function unboundPorts(tables: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(PORT_DATA).filter((port) => !(port in tables));
}

const columnsKnown = new WeakMap<Shape, ReadonlyMap<string, ColumnFacts>>();

/** Those of a shape are the same map each time: programs over it are recalled by that, not by hundreds of columns. */
function columnsOf(known: Shape | Frame, delay: number): ReadonlyMap<string, ColumnFacts> {
  const before = isShape(known) ? columnsKnown.get(known) : undefined;
  if (before) return before;
  const columns = new Map<string, ColumnFacts>();
  for (const facts of isShape(known) ? known.columns : fieldsOf(known, delay)) {
    if (facts.dtype === 'time') continue;
    columns.set(facts.name, INSTANTS.has(facts.name) ? { ...facts, instant: true } : facts);
  }
  if (isShape(known)) columnsKnown.set(known, columns);
  return columns;
}

/** What the columns of a frame are when only the frame is known. */
function fieldsOf(frame: Frame, delay: number): Shape['columns'] {
  return frame.fields.map(({ name, dtype, unit }) => ({
    name,
    dtype,
    ...(unit === undefined ? {} : { unit }),
    taint: 'feature',
    delay,
  }));
}

function isShape(known: Shape | Frame): known is Shape {
  return 'columns' in known;
}
