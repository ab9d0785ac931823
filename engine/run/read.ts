import type { PortInput } from '../plan/key.js';
import type { Gathered } from '../sdk/port.js';
import { decodeColumn, encodedBytes } from '../store/codecs/column.js';
import type { ObjectHash } from '../store/digest.js';
import type { Lost, ObjectRead, Objects } from '../store/object.js';
import type { Stored, StoredColumn } from '../store/stored.js';
import { assemble, readValue, type Value } from '../store/value.js';

/** How to get at the bytes of a column: from disk, or from memory that threads share. */
export type ReadColumn = (hash: ObjectHash) => ObjectRead;

/** Reads the inputs of a task; every object that could not be read is remembered, not only the first. */
export class Reader {
  readonly lost: Lost[] = [];

  constructor(
    readonly objects: Objects,
    readonly column: ReadColumn,
  ) {}

  /** The value of one port: a list of gathered items, one value, or nothing where an optional input is absent. */
  port(input: PortInput): Value | readonly Gathered<Value>[] | undefined {
    if (input.many) {
      return input.items.flatMap(({ at, stored }) => {
        const value = this.value(stored, input.columns);
        return value === undefined ? [] : [{ at, value }];
      });
    }
    const only = input.items[0];
    return only && this.value(only.stored, input.columns);
  }

  /** A stored value, or undefined after noting what is lost. */
  value(stored: Stored, columns: readonly string[] | undefined): Value | undefined {
    const read =
      stored.kind === 'frame'
        ? assemble(stored, columns, (hash) => {
            const found = this.column(hash);
            return found.state === 'ok' ? decodeColumn(found.bytes) : found;
          })
        : readValue(this.objects, stored);
    if (read.state === 'ok') return read.value;
    this.lost.push(...read.objects);
    return undefined;
  }
}

/** Bytes of a column's object, where its type tells them; those of texts only their object does. */
export function columnSize({ dtype }: StoredColumn, rows: number): number | undefined {
  return dtype === 'text' ? undefined : encodedBytes(dtype, rows);
}
