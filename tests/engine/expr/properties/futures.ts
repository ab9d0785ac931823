import type { ColumnFacts, TableFacts } from '../../../../engine/expr/program.js';
import type { Column } from '../../../../engine/frame/column.js';
import { Frame } from '../../../../engine/frame/frame.js';
import { FIVE_MINUTES } from '../kit.js';
import { MINUTE } from '../market.js';
import type { Facts, Tables, World } from './world.js';

/** What takes the place of what is not known yet: nothing at all, holes, or values that never were. */
export type Future = 'removed' | 'missing' | 'replaced';

/** The market as it is known at a time, with some other future. */
export function knownAt(world: World, facts: Facts, time: number, future: Future): World {
  return each(world, facts, (frame, table) => {
    const later = (row: number, c: ColumnFacts): boolean =>
      stampOf(frame, table, row) + c.delay > time;
    const changed = turned(frame, table, later, future === 'removed' ? 'missing' : future);
    if (future !== 'removed') return changed;
    const delay = Math.min(...columnsOf(table).map(([, c]) => c.delay), table.delay ?? Infinity);
    return taken(changed, (row) => stampOf(frame, table, row) + delay <= time);
  });
}

/** The market of files that begin at a time. */
export function since(world: World, facts: Facts, time: number): World {
  return each(world, facts, (frame) => {
    const ts = frame.column('ts');
    return taken(frame, (row) => (ts[row] ?? 0) >= time);
  });
}

/** The market with everything before a time replaced by what never was. */
export function otherPast(world: World, facts: Facts, time: number): World {
  return each(world, facts, (frame, table) => {
    const ts = frame.column('ts');
    return turned(frame, table, (row) => (ts[row] ?? 0) < time, 'replaced');
  });
}

export function each(
  world: World,
  facts: Facts,
  change: (frame: Frame, table: TableFacts) => Frame,
): World {
  return new Map(
    [...world].map(([symbol, tables]): [string, Tables] => [
      symbol,
      Object.fromEntries(
        Object.entries(tables).map(([name, frame]) => {
          const table = facts[name];
          if (table === undefined) throw new Error(`There is no table ${name}.`);
          return [name, change(frame, table)];
        }),
      ),
    ]),
  );
}

/** When a row is there. */
function stampOf(frame: Frame, { clock, available }: TableFacts, row: number): number {
  const width = clock === 'bars' ? FIVE_MINUTES : 0;
  return (frame.column(available ?? 'ts')[row] ?? 0) + (available === undefined ? width : 0);
}

function columnsOf({ columns }: TableFacts): readonly (readonly [string, ColumnFacts])[] {
  return [...columns].filter(([name]) => name !== 'ts');
}

function taken(frame: Frame, keeps: (row: number) => boolean): Frame {
  return frame.take(Array.from({ length: frame.length }, (_, row) => row).filter(keeps));
}

/** The frame with other cells; those that stay as they are keep every bit. */
export function turned(
  frame: Frame,
  table: TableFacts,
  takes: (row: number, column: ColumnFacts) => boolean,
  how: 'missing' | 'replaced',
): Frame {
  const entries = frame.names.map((name) => {
    const column = frame.get(name);
    const facts = table.columns.get(name);
    if (name === 'ts' || facts === undefined) return { name, column };
    return { name, column: turnedColumn(column, (row) => takes(row, facts), how, facts) };
  });
  return Frame.from(entries, frame.length);
}

function turnedColumn(
  column: Column,
  takes: (row: number) => boolean,
  how: 'missing' | 'replaced',
  { nullable }: ColumnFacts,
): Column {
  const blank = how === 'missing' && nullable !== false;
  switch (column.dtype) {
    case 'f64':
      // Beyond, below and across all that was seen; holes become prints.
      return {
        dtype: 'f64',
        values: column.values.map((v, i) =>
          !takes(i)
            ? v
            : blank
              ? NaN
              : Number.isNaN(v)
                ? 5_000 + i
                : (i % 3 === 0 ? 7 : -3) * v + 11,
        ),
      };
    case 'time':
      // What is not there yet may come later still.
      return {
        dtype: 'time',
        values: column.values.map((v, i) => (takes(i) ? v + 7 * MINUTE : v)),
      };
    case 'bool':
      return {
        dtype: 'bool',
        values: column.values.map((v, i) => (!takes(i) ? v : blank ? 255 : v === 1 ? 0 : 1)),
      };
    case 'text': {
      const words = [...column.words, 'never'];
      const other = blank ? 0xffff_ffff : words.length - 1;
      return { dtype: 'text', words, codes: column.codes.map((v, i) => (takes(i) ? other : v)) };
    }
  }
}
