import type { Available, Contract } from '../frame/contract.js';
import type { Frame } from '../frame/frame.js';
import type { Table } from './subject.js';

/** When each row is known, UTC milliseconds; undefined for tables that are tied to no time, or lack the column that tells. */
export function knownTimes(
  frame: Frame,
  contract: Contract | undefined,
): Readonly<Float64Array> | undefined {
  return contract && timesOf(frame, contract.available);
}

/** Columns that become known after their row does, with the times. */
export function lateColumns(
  frame: Frame,
  contract: Contract | undefined,
): ReadonlyMap<string, Readonly<Float64Array>> {
  const late = new Map<string, Readonly<Float64Array>>();
  for (const [name, { available }] of contract?.columns ?? []) {
    const times = frame.has(name) ? timesOf(frame, available) : undefined;
    if (times) late.set(name, times);
  }
  return late;
}

/** Columns that tell when rows and cells of a table are known. */
export function tellingColumns(contract: Contract): readonly string[] {
  const rules = [contract.available, ...[...contract.columns.values()].map((c) => c.available)];
  return [...new Set(rules.flatMap((rule) => columnOf(rule) ?? []))];
}

/** When each row starts: the column that its availability counts from. */
export function rowTimes(frame: Frame, contract: Contract): Readonly<Float64Array> | undefined {
  const column = columnOf(contract.available);
  return column !== undefined && frame.has(column) ? frame.column(column) : undefined;
}

function timesOf(
  frame: Frame,
  available: Available | undefined,
): Readonly<Float64Array> | undefined {
  const column = columnOf(available);
  if (column === undefined || !frame.has(column)) return undefined;
  const plus = available?.kind === 'after' ? available.plus : 0;
  return plus === 0 ? frame.column(column) : frame.column(column).map((ms) => ms + plus);
}

function columnOf(available: Available | undefined): string | undefined {
  return available?.kind === 'after' || available?.kind === 'static' ? available.column : undefined;
}

/** The last of some times; −∞ where there are none. */
export function latest(times: Iterable<number>): number {
  let last = Number.NEGATIVE_INFINITY;
  for (const ms of times) last = Math.max(last, ms);
  return last;
}

/** From the first to the last row of any table. */
export function spanOf(tables: readonly Table[]): readonly [number, number] {
  const times = tables.flatMap(({ frame, contract }) => {
    const all = rowTimes(frame, contract);
    return all && all.length > 0 ? [all[0] ?? 0, all[all.length - 1] ?? 0] : [];
  });
  return [Math.min(...times), Math.max(...times)];
}
