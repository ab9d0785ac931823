import type { Json } from '../diag/data.js';
import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { suggestion } from '../diag/suggest.js';
import { unreachable } from '../diag/unreachable.js';
import type { Dtype } from '../frame/column.js';
import { canonicalJson } from './codecs/json.js';
import { type ObjectHash, sha256 } from './digest.js';

/** One column of a stored frame. */
export interface StoredColumn {
  readonly name: string;
  readonly dtype: Dtype;
  readonly unit?: string | undefined;
  readonly object: ObjectHash;
}

export interface StoredFrame {
  readonly kind: 'frame';
  readonly rows: number;
  readonly columns: readonly StoredColumn[];
}

/** Plain data: the hash of its canonical text; a small value stands here and has no object. */
export interface StoredJson {
  readonly kind: 'json';
  readonly object: ObjectHash;
  readonly inline?: Json | undefined;
}

export interface StoredScalar {
  readonly kind: 'scalar';
  readonly value: Scalar;
}

export interface StoredFile {
  readonly kind: 'file' | 'model';
  readonly object: ObjectHash;
  readonly name: string;
  readonly bytes: number;
}

/** What a record holds of an output: where its value is, never the value of a table or file itself. */
export type Stored = StoredFrame | StoredJson | StoredScalar | StoredFile;

/** One value; NaN is null. */
export type Scalar = number | boolean | string | null;

const report = reporter({ 'store/no-column': 'The stored frame has no column {column}.' });

/**
 * The digest of what a consumer reads, for its key. It tells kinds apart, and for frames depends on the chosen columns
 * (name, type, unit, content) and the number of rows alone: not on other columns, nor on any order.
 * @param columns  Frames: the columns read, default all.
 * @throws store/no-column
 */
export function digestOf(stored: Stored, columns?: readonly string[]): string {
  switch (stored.kind) {
    case 'frame':
      return sha256(frameText(stored, columns));
    case 'json':
      return sha256(`json\n${stored.object}`);
    case 'scalar':
      return sha256(`scalar\n${canonicalJson(stored.value)}`);
    case 'file':
    case 'model':
      return sha256(`${stored.kind}\n${stored.object}\n${stored.name}`);
    default:
      return unreachable(stored);
  }
}

/** The columns of a stored frame by name, in the order asked for. @throws store/no-column */
export function chosen(stored: StoredFrame, names?: readonly string[]): readonly StoredColumn[] {
  if (!names) return stored.columns;
  const byName = new Map(stored.columns.map((column) => [column.name, column]));
  return names.map((name) => {
    const hint = () => suggestion(name, byName.keys());
    return (
      byName.get(name) ??
      refuse(report('store/no-column', undefined, { column: name }, { hint: hint() }))
    );
  });
}

/** The objects that must be there for this output to be read. */
export function objectsOf(stored: Stored, columns?: readonly string[]): readonly ObjectHash[] {
  switch (stored.kind) {
    case 'frame':
      return [...new Set(chosen(stored, columns).map(({ object }) => object))];
    case 'json':
      return stored.inline === undefined ? [stored.object] : [];
    case 'scalar':
      return [];
    case 'file':
    case 'model':
      return [stored.object];
    default:
      return unreachable(stored);
  }
}

/** Names are JSON texts, so no name can imitate two. */
function frameText(stored: StoredFrame, names?: readonly string[]): string {
  const unique = names && [...new Set(names)];
  const lines = chosen(stored, unique).map(
    ({ name, dtype, unit, object }) =>
      `${JSON.stringify(name)} ${dtype} ${unit === undefined ? '-' : JSON.stringify(unit)} ${object}`,
  );
  return ['frame', stored.rows, ...lines.sort()].join('\n');
}
