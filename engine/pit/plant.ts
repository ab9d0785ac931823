import type { Contract } from '../frame/contract.js';
import type { Frame } from '../frame/frame.js';
import type { Random } from '../sdk/random.js';
import { disturbed } from './disturb.js';
import { taken } from './futures.js';
import { rowTimes, spanOf } from './known.js';
import type { Table } from './subject.js';

/** Shares of rows. */
const HOLES = 0.004;
const BAD_TICKS = 0.001;
/** Rows of the longest hole. */
const LONG = 60;
/** What is gathered last starts so much later. */
const LATE = 0.08;

/**
 * Tables made harder: holes of one row and of many, bad ticks and flipped signs, as far as their contracts let them be, and one
 * of several that starts late. Real data have them, and code that leaks often does so only there, as by filling backwards.
 */
export function planted(tables: readonly Table[], random: Random): readonly Table[] {
  const labels = [...new Set(tables.map((t) => t.label))].sort();
  const late = labels.length > 1 ? labels.at(-1) : undefined;
  const [from, to] = spanOf(tables);
  const start = from + LATE * (to - from);
  return tables.map((table) => {
    const times = rowTimes(table.frame, table.contract);
    if (!times) return table;
    const { frame } = table;
    const listed = table.label === late ? taken(frame, (row) => (times[row] ?? 0) >= start) : frame;
    return { ...table, frame: damaged(listed, table.contract, random) };
  });
}

function damaged(frame: Frame, contract: Contract, random: Random): Frame {
  const holes = drawn(frame.length, HOLES, random);
  const ticks = drawn(frame.length, BAD_TICKS, random);
  const middle = Math.floor(frame.length * 0.55);
  const ticked = disturbed(frame, contract, (row) => ticks.has(row), 'scrambled', random);
  const hollow = (row: number): boolean =>
    holes.has(row) || (row >= middle && row < middle + LONG && frame.length > 20 * LONG);
  return disturbed(ticked, contract, hollow, 'missing', random);
}

function drawn(rows: number, share: number, random: Random): ReadonlySet<number> {
  const count = Math.floor(rows * share);
  return new Set(Array.from({ length: count }, () => random.integer(rows)));
}
