import { Frame } from '../../../engine/sdk/index.js';
import type { Held } from '../../kinds/market-files.js';
import { columnsOf, FLAG, type RawTable } from '../../kinds/raw-tables.js';
import type { Merged } from './merge.js';

/** The raw table that rows of each data set make. */
export const TABLE_OF: Readonly<Record<Held, RawTable>> = {
  bars: 'bars',
  spot: 'bars',
  funding: 'funding',
  open_interest: 'open_interest',
  liquidations: 'liquidations',
  quotes: 'quotes',
  trades: 'trades',
  mark: 'marks',
  premium: 'marks',
};

/** Does a table hold bars, which have a length and a grid? */
export function hasBars(table: RawTable): boolean {
  return table === 'bars' || table === 'marks';
}

const MISSING_FLAG = 255;

/** Rows as the frame that the contract of their raw table describes; columns that no file has are missing throughout. */
export function frameOf(table: RawTable, { ts, columns }: Merged): Frame {
  const entries = columnsOf(table).map(([name, unit]) => {
    const values = columns.get(name) ?? new Float64Array(ts.length).fill(Number.NaN);
    if (name !== FLAG) return { name, unit, column: { dtype: 'f64', values } as const };
    const flags = Uint8Array.from(values, (v) => (Number.isNaN(v) ? MISSING_FLAG : v));
    return { name, unit, column: { dtype: 'bool', values: flags } as const };
  });
  const floor = ts.every(Number.isInteger) ? ts : ts.map(Math.floor); // microseconds: the contract has whole milliseconds
  return Frame.from([{ name: 'ts', column: { dtype: 'time', values: floor } }, ...entries]);
}
