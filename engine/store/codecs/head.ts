import type { Json } from '../../diag/data.js';
import type { Dtype } from '../../frame/column.js';
import type { Key, ObjectHash } from '../digest.js';
import type { ObjectStat } from '../object.js';
import type { RecordHead } from '../record.js';
import { objectsOf, type Scalar, type Stored, type StoredColumn } from '../stored.js';

/*
 * The head of a record as lists without names: a warm run reads ten thousand of them, and names would double the time.
 *   head    [item, node, at, [port, stored, …], stats, [warning …], held?]
 *   stored  ['frame', rows, [name, dtype, unit or null, object, …]]   ['json', object, inline?]
 *           ['scalar', value]   ['file' | 'model', object, name, bytes]
 *   stats   one text, read only when asked for: `object bytes mtimeMs;…`, where an object is its number in the list of
 *           the outputs' objects, or its hash
 */
type WireStored =
  | readonly ['frame', rows: number, columns: readonly (string | null)[]]
  | readonly ['json', object: ObjectHash, inline?: Json]
  | readonly ['scalar', value: Scalar]
  | readonly ['file' | 'model', object: ObjectHash, name: string, bytes: number];
type WireHead = readonly [
  item: string,
  node: string,
  at: string,
  outputs: readonly (string | WireStored)[],
  stats: string,
  warnings: readonly Json[],
  held?: string,
];

/** The text of a head, one line without its end; the key stands in the index. */
export function encodeHead(head: RecordHead): string {
  const outputs = Object.entries(head.outputs);
  const numbers = new Map(allObjects(head.outputs).map((hash, i) => [hash, i]));
  const wire: WireHead = [
    head.item,
    head.node,
    head.at,
    outputs.flatMap(([port, stored]) => [port, storedWire(stored)]),
    head.objects
      .map(({ hash, bytes, mtimeMs }) => `${numbers.get(hash) ?? hash} ${bytes} ${mtimeMs}`)
      .join(';'),
    head.warnings,
  ];
  return JSON.stringify(head.held === undefined ? wire : [...wire, head.held]);
}

/** The head that a text holds. The text passed its checksum, so it is one that `encodeHead` wrote. */
export function decodeHead(key: Key, text: string): RecordHead {
  const [item, node, at, ports, stats, warnings, held] = JSON.parse(text) as WireHead;
  const outputs = wireOutputs(ports);
  return {
    key,
    item,
    node,
    at,
    outputs,
    get objects() {
      return statsOf(stats, outputs);
    },
    warnings,
    ...(held === undefined ? {} : { held }),
  };
}

/** By entries, so that no port's name can touch a prototype. */
function wireOutputs(wire: WireHead[3]): RecordHead['outputs'] {
  const entries: [string, Stored][] = [];
  for (let i = 0; i < wire.length; i += 2) {
    entries.push([wire[i] as string, wireStored(wire[i + 1] as WireStored)]);
  }
  return Object.fromEntries(entries);
}

function storedWire(stored: Stored): WireStored {
  switch (stored.kind) {
    case 'frame': {
      const columns = stored.columns.flatMap(({ name, dtype, unit, object }) => [
        name,
        dtype,
        unit ?? null,
        object,
      ]);
      return ['frame', stored.rows, columns];
    }
    case 'json':
      return stored.inline === undefined
        ? ['json', stored.object]
        : ['json', stored.object, stored.inline];
    case 'scalar':
      return ['scalar', stored.value];
    default:
      return [stored.kind, stored.object, stored.name, stored.bytes];
  }
}

function wireStored(wire: WireStored): Stored {
  switch (wire[0]) {
    case 'frame':
      return { kind: 'frame', rows: wire[1], columns: wireColumns(wire[2]) };
    case 'json':
      return wire.length === 2
        ? { kind: 'json', object: wire[1] }
        : { kind: 'json', object: wire[1], inline: wire[2] };
    case 'scalar':
      return { kind: 'scalar', value: wire[1] };
    default:
      return { kind: wire[0], object: wire[1], name: wire[2], bytes: wire[3] };
  }
}

function wireColumns(wire: readonly (string | null)[]): readonly StoredColumn[] {
  const columns: StoredColumn[] = [];
  for (let i = 0; i < wire.length; i += 4) {
    const [name, dtype, object] = [
      wire[i] as string,
      wire[i + 1] as Dtype,
      wire[i + 3] as ObjectHash,
    ];
    const unit = wire[i + 2];
    columns.push(unit === null ? { name, dtype, object } : { name, dtype, unit, object });
  }
  return columns;
}

function statsOf(text: string, outputs: RecordHead['outputs']): readonly ObjectStat[] {
  if (text === '') return [];
  const hashes = allObjects(outputs);
  return text.split(';').map((stat) => {
    const [object = '', bytes, mtimeMs] = stat.split(' ');
    const hash = (hashes[Number(object)] ?? object) as ObjectHash;
    return { hash, bytes: Number(bytes), mtimeMs: Number(mtimeMs) };
  });
}

function allObjects(outputs: RecordHead['outputs']): readonly ObjectHash[] {
  return Object.values(outputs).flatMap((stored) => objectsOf(stored));
}
