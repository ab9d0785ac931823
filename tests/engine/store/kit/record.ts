import { type Key, sha256 } from '../../../../engine/store/digest.js';
import type { RunRecord } from '../../../../engine/store/record.js';

/** A record with one scalar output. */
export function record(
  key: Key,
  {
    value = 0,
    item = 'item',
    at = '2024-01-01T00:00:00.000Z',
    log = [],
  }: {
    readonly value?: number;
    readonly item?: string;
    readonly at?: string;
    readonly log?: readonly string[];
  },
): RunRecord {
  return {
    key,
    item,
    node: 'test.node',
    at,
    outputs: { out: { kind: 'scalar', value } },
    objects: [{ hash: sha256('an object'), bytes: 3, mtimeMs: 1.5 }],
    warnings: [],
    preimage: { node: 'test.node', params: { a: 1 } },
    timings: { queue: 1, hash: 2, read: 3, user: 4, write: 5 },
    log,
  };
}
