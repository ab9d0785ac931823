import type { Column } from '../frame/column.js';
import type { Frame } from '../frame/frame.js';
import type { Random } from '../sdk/random.js';
import { authorsIn } from './authors.js';
import type { Cut } from './cuts.js';
import { knownTimes } from './known.js';
import type { Output, Table } from './subject.js';

/** Most distinct values of a column that says which of a few things it is. */
const FEW = 8;

/**
 * Moments at which an output does what it seldom does: it falls silent while its inputs are there, or turns to the rarer of a few
 * values, or one of many authors makes a row. What looks a bar or two ahead shows at such rows alone, and they are too rare to be
 * met by chance.
 */
export function rareCuts(
  outputs: readonly Output[],
  base: Readonly<Record<string, Frame>>,
  tables: readonly Table[],
  count: number,
  random: Random,
): readonly Cut[] {
  const silent = silentTimes(tables);
  const classes = outputs.flatMap((output) => {
    const frame = base[output.port];
    const known = frame && knownTimes(frame, output.contract);
    if (!frame || !known) return [];
    const ofColumns = frame.names.map((name) => {
      const rows = rareRows(frame.get(name), (row) => silent.has(known[row] ?? 0));
      return { name: `a rare value of ${output.port}.${name}`, rows, known };
    });
    const rows = rowOfEach(frame, output.authors ?? [], random);
    return [{ name: `a row of ${output.port}`, rows, known }, ...ofColumns];
  });
  const found = new Map<number, Cut>();
  const open = classes.filter(({ rows }) => rows.length > 0);
  for (let draw = 0; open.length > 0 && draw < count; draw += 1) {
    const { name, rows, known } = open[draw % open.length] ?? { name: '', rows: [], known: [] };
    const at = known[rows[random.integer(rows.length)] ?? 0] ?? 0;
    found.set(at, { at, why: name });
  }
  return [...found.values()];
}

/** A row of each author, so that those who make few are met as often as those who make many. */
function rowOfEach(frame: Frame, authors: readonly string[], random: Random): readonly number[] {
  const authorsOf = authorsIn(frame, authors);
  const rows = new Map<string, number[]>();
  for (let row = 0; row < frame.length; row += 1)
    for (const [kind, cell] of Object.entries(authorsOf(row) ?? {})) {
      const id = `${kind} ${cell}`;
      const own = rows.get(id);
      if (own) own.push(row);
      else rows.set(id, [row]);
    }
  return [...rows.values()].map((own) => own[random.integer(own.length)] ?? 0);
}

/** Rows in which a column falls silent without cause, or turns from the commonest of a few values to another. */
function rareRows(column: Column, excused: (row: number) => boolean): readonly number[] {
  if (column.dtype === 'text' || column.dtype === 'time') return [];
  const values = column.dtype === 'bool' ? numbersOf(column.values) : column.values;
  const common = commonest(values);
  const rows: number[] = [];
  for (let row = 1; row < values.length; row += 1) {
    const [before, value] = [values[row - 1] ?? Number.NaN, values[row] ?? Number.NaN];
    const fell = Number.isNaN(value) && !Number.isNaN(before) && !excused(row);
    const turned = common !== undefined && value !== common && before === common;
    if (fell || (turned && !Number.isNaN(value))) rows.push(row);
  }
  return rows;
}

/** The commonest value of a column that has a few only. */
function commonest(values: ArrayLike<number>): number | undefined {
  const counts = new Map<number, number>();
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > FEW) return undefined;
  }
  let best: number | undefined;
  for (const [value, n] of counts)
    if (best === undefined || n > (counts.get(best) ?? 0)) best = value;
  return best;
}

function numbersOf(flags: ArrayLike<number>): Float64Array {
  return Float64Array.from(flags, (flag) => (flag === 255 ? Number.NaN : flag));
}

/** When rows of the inputs were known in which some number is missing. */
function silentTimes(tables: readonly Table[]): ReadonlySet<number> {
  const times = new Set<number>();
  for (const { frame, contract } of tables) {
    const known = knownTimes(frame, contract);
    for (const name of frame.names) {
      const column = frame.get(name);
      if (!known || column.dtype !== 'f64') continue;
      for (let row = 0; row < known.length; row += 1)
        if (Number.isNaN(column.values[row])) times.add(known[row] ?? 0);
    }
  }
  return times;
}
