import type { Table } from './csv.js';
import type { Refuse } from './problems.js';

const MICROSECONDS_FROM = 1e14; // milliseconds of the year 5138; archives of spot carry microseconds from 2025 on
const EARLIEST = Date.UTC(2010, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/**
 * Stamps of a file in whole UTC milliseconds, whether it counts in milli- or microseconds.
 * @param rest  What a count of microseconds must leave over whole milliseconds: 0 at an open, 999 at a close.
 * @throws ingest/bad-time naming file, row and value.
 */
export function stamps(table: Table, column: string, refuse: Refuse, rest?: number): Float64Array {
  const given = table.columns.get(column) ?? new Float64Array(0);
  return given.map((value, i) => {
    const ms = value >= MICROSECONDS_FROM ? Math.floor(value / 1000) : value;
    const odd = ms !== value && rest !== undefined && value % 1000 !== rest;
    if (!Number.isInteger(value) || odd || ms < EARLIEST || ms >= LATEST) {
      refuse('ingest/bad-time', { file: table.file, row: table.rowOf(i), found: value });
    }
    return ms;
  });
}

/** A time as people read it. */
export function clock(ms: number): string {
  return new Date(ms).toISOString();
}
