import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import {
  type Column,
  type Field,
  MISSING_TEXT,
  type NumberColumn,
  type TextColumn,
  type TimeColumn,
} from './column.js';
import { type Entry, Frame } from './frame.js';
import { canonicalText } from './text.js';
import { joinedWords } from './words.js';

const report = reporter({
  'frame/nothing-to-concat': 'There is no frame to put together.',
  'frame/unlike-schemas':
    'Frame {index} differs from the first in column {column}: {found} where {expected} is expected.',
});

/**
 * The rows of several frames, one below the other, with the columns in the order of the first.
 * @throws frame/nothing-to-concat; frame/unlike-schemas when names, dtypes or units differ
 */
export function concat(frames: readonly Frame[]): Frame {
  const [first, ...rest] = frames;
  if (!first) return refuse(report('frame/nothing-to-concat', undefined));
  rest.forEach((frame, i) => {
    expectAlike(first, frame, i + 1);
  });
  if (rest.length === 0) return first;
  const rows = frames.reduce((sum, frame) => sum + frame.length, 0);
  const columns = first.fields.map(({ name, unit }): Entry => {
    const parts = frames.map((frame) => frame.get(name));
    return { name, unit, column: joined(parts, rows) };
  });
  return Frame.from(columns, rows);
}

function expectAlike(first: Frame, other: Frame, index: number): void {
  const theirs = new Map(other.fields.map((field) => [field.name, field]));
  for (const field of first.fields) {
    const expected = show(field);
    const found = show(theirs.get(field.name));
    if (found !== expected) differ(index, field.name, found, expected);
    theirs.delete(field.name);
  }
  for (const [name, field] of theirs) differ(index, name, show(field), 'no such column');
}

function differ(index: number, column: string, found: string, expected: string): never {
  return refuse(report('frame/unlike-schemas', undefined, { index, column, found, expected }));
}

function show(field: Field | undefined): string {
  if (!field) return 'no such column';
  return field.unit === undefined ? field.dtype : `${field.dtype} (${field.unit})`;
}

function joined(parts: readonly Column[], rows: number): Column {
  const [first] = parts;
  if (first?.dtype === 'text') return joinTexts(parts.filter(isTexts), rows);
  if (first?.dtype === 'bool') {
    const values = new Uint8Array(rows);
    let at = 0;
    for (const part of parts) {
      if (part.dtype !== 'bool') continue;
      values.set(part.values, at);
      at += part.values.length;
    }
    return { dtype: 'bool', values };
  }
  const values = new Float64Array(rows);
  let at = 0;
  for (const part of parts.filter(isNumbers)) {
    values.set(part.values, at);
    at += part.values.length;
  }
  return { dtype: first?.dtype ?? 'f64', values };
}

/** Codes are shifted into one long dictionary, which is then made canonical: equal words become one. */
function joinTexts(parts: readonly TextColumn[], rows: number): TextColumn {
  const codes = new Uint32Array(rows);
  let at = 0;
  let shift = 0;
  for (const part of parts) {
    for (let row = 0; row < part.codes.length; row++) {
      const code = part.codes[row] ?? MISSING_TEXT;
      codes[at + row] = code === MISSING_TEXT ? code : code + shift;
    }
    at += part.codes.length;
    shift += part.words.length;
  }
  return canonicalText(codes, joinedWords(parts.map(({ words }) => words)));
}

function isTexts(column: Column): column is TextColumn {
  return column.dtype === 'text';
}

function isNumbers(column: Column): column is NumberColumn | TimeColumn {
  return column.dtype === 'f64' || column.dtype === 'time';
}
