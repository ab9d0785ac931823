import { constants } from 'node:buffer';
import { placesOf } from './header.js';
import type { Cells, Wanted } from './rows.js';
import type { Refuse } from './tell.js';
import { readTyped, type TypedCell } from './typed.js';

/**
 * Columns of a JSON file that is a list of rows: lists in the layout's order, as freqtrade and exchanges write them, or
 * objects with names. Numbers may be written as texts.
 */
export function readJson(
  file: string,
  bytes: Uint8Array,
  names: readonly string[],
  wanted: readonly Wanted[],
  refuse: Refuse,
): Cells {
  const limit = constants.MAX_STRING_LENGTH; // the parser takes one text
  if (bytes.length > limit) refuse('ingest/too-large', { file, found: bytes.length, limit });
  const rows = parsed(file, bytes, refuse);
  const first = rows[0];
  if (isObject(first)) placesOf(file, Object.keys(first), wanted, refuse);
  const cell = (column: number, index: number): TypedCell => {
    const target = wanted[column];
    const row = rows[index];
    if (Array.isArray(row)) {
      if (row.length === names.length) return plain(row[target?.at ?? 0]);
      const facts = { file, row: index + 1, found: row.length, expected: names.length };
      return refuse('ingest/wrong-width', facts);
    }
    return isObject(row) ? plain(row[target?.name ?? '']) : wrong(file, index, refuse);
  };
  return readTyped(file, rows.length, wanted, cell, refuse);
}

function parsed(file: string, bytes: Uint8Array, refuse: Refuse): readonly unknown[] {
  const bad = (reason: string) => refuse('ingest/bad-table', { file, form: 'JSON', reason });
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : bad('it is no list of rows');
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) {
      return bad(String(error.message).slice(0, 200));
    }
    throw error;
  }
}

function wrong(file: string, index: number, refuse: Refuse): never {
  return refuse('ingest/bad-table', { file, form: 'JSON', reason: `row ${index + 1} is no row` });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function plain(value: unknown): TypedCell {
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean')
    return value;
  return value === null || value === undefined ? null : '{…}';
}
