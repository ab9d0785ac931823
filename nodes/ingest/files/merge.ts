import type { RawTable } from '../../kinds/raw-tables.js';
import { numbersOf } from '../../math/vector.js';
import type { Range } from '../tables/given.js';
import { type Repeats, withoutRepeats } from './repeats.js';
import type { Rows } from './rows.js';
import type { Refuse, Tally } from './tell.js';

/** Rows of several files as one table: `pick` names, in order of time, the rows of `all` that stay. */
export interface Merged {
  readonly ts: Float64Array;
  readonly columns: ReadonlyMap<string, Float64Array>;
}

/** Where the rows of each file begin among those of all, for messages. */
export class Origin {
  readonly #starts: readonly number[];

  constructor(readonly parts: readonly Rows[]) {
    let start = 0;
    this.#starts = parts.map(({ length }) => {
      start += length;
      return start - length;
    });
  }

  /** File and row of a row of all. */
  of(index: number): { readonly file: string; readonly row: number } {
    let part = this.#starts.length - 1;
    while (part > 0 && (this.#starts[part] ?? 0) > index) part -= 1;
    const rows = this.parts[part];
    const row = rows?.rowOf(index - (this.#starts[part] ?? 0)) ?? 0;
    return { file: rows?.file ?? '', row };
  }
}

/** How rows of one time are told apart and what becomes of repeated ones. */
const REPEATS: Readonly<Record<RawTable, Repeats>> = {
  bars: 'refuse',
  marks: 'refuse',
  funding: 'refuse',
  open_interest: 'last',
  liquidations: 'alike',
  quotes: 'numbered',
  trades: 'numbered',
};

/**
 * Columns in which rows of one time may differ: the end of a bar is not kept, and is one millisecond or microsecond before the
 * next; intervals of funding are only derived by some sources.
 */
const UNTOLD: ReadonlySet<string> = new Set(['close_ts', 'interval_hours']);

/** Funding is settled at a minute and stamped some milliseconds beside it, by each source at its own. */
const MINUTE = 60_000;

/**
 * Put rows of several files together: in order of time (then of their numbers, then of files), each once, within a range.
 * Prints of funding are of one time where they round to the same minute; the earliest stays.
 * @throws ingest/duplicate-row where two rows of one time differ
 */
export function merge(
  table: RawTable,
  parts: readonly Rows[],
  range: Range,
  refuse: Refuse,
  tally: Tally,
): Merged {
  const ordered = [...parts].filter(({ length }) => length > 0);
  ordered.sort((a, b) => least(a) - least(b));
  const origin = new Origin(ordered);
  const ts = joined(ordered, (rows) => rows.ts);
  const names = [...new Set(ordered.flatMap(({ columns }) => [...columns.keys()]))];
  const columns = new Map(
    names.map((name) => [name, joined(ordered, (rows) => rows.columns.get(name))] as const),
  );
  const id = ordered.some((rows) => rows.id) ? joined(ordered, (rows) => rows.id) : undefined;
  for (const part of ordered) tellDisorder(part, tally);
  const all = { ts, columns, id };
  const order = inRange(ordering(ts, id), ts, range);
  const times = table === 'funding' ? ts.map((t) => Math.round(t / MINUTE) * MINUTE) : ts;
  const told = new Map([...columns].filter(([name]) => !UNTOLD.has(name)));
  const bench = { all: { ts: times, columns: told, id }, origin, refuse, tally };
  const kept = withoutRepeats(REPEATS[table], order, bench);
  if (kept.length === ts.length && kept.every((at, i) => at === i)) return all;
  const take = (values: Float64Array) =>
    numbersOf(kept.length, (i) => values[kept[i] ?? 0] ?? Number.NaN);
  return {
    ts: take(ts),
    columns: new Map([...columns].map(([name, values]) => [name, take(values)])),
  };
}

function least({ ts }: Rows): number {
  let found = Number.POSITIVE_INFINITY;
  for (const t of ts) if (t < found) found = t;
  return found;
}

/** One column of all files, missing where a file lacks it. */
function joined(
  parts: readonly Rows[],
  of: (rows: Rows) => Float64Array | undefined,
): Float64Array {
  const [only] = parts;
  const alone = parts.length === 1 && only ? of(only) : undefined;
  if (alone) return alone;
  const out = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0)).fill(Number.NaN);
  let start = 0;
  for (const rows of parts) {
    const values = of(rows);
    if (values) out.set(values, start);
    start += rows.length;
  }
  return out;
}

function tellDisorder({ file, ts, length, rowOf }: Rows, tally: Tally): void {
  let count = 0;
  let first = -1;
  for (let i = 1; i < length; i++) {
    if ((ts[i] ?? 0) >= (ts[i - 1] ?? 0)) continue;
    count += 1;
    if (first < 0) first = i;
  }
  tally.add('ingest/out-of-order', count, () => ({ file, row: rowOf(Math.max(first, 0)) }));
}

/** Rows in order of time, then of their numbers, then as they come. */
function ordering(ts: Float64Array, id: Float64Array | undefined): Int32Array {
  const order = new Int32Array(ts.length).map((_, i) => i);
  const compare = (a: number, b: number): number =>
    (ts[a] ?? 0) - (ts[b] ?? 0) || (id ? (id[a] ?? 0) - (id[b] ?? 0) : 0) || a - b;
  for (let i = 1; i < order.length; i++) {
    if (compare(i - 1, i) > 0) return order.sort(compare);
  }
  return order;
}

function inRange(order: Int32Array, ts: Float64Array, { from, to }: Range): Int32Array {
  return order.filter((at) => (ts[at] ?? 0) >= from && (ts[at] ?? 0) < to);
}
