import { sha256 } from '../store/digest.js';
import { digestOf } from '../store/stored.js';
import { canonical } from '../yaml/canonical.js';
import type { JsonObject } from '../yaml/value.js';
import { contentOf, type PortInput } from './key.js';

/**
 * The digest of what a node reads at a port: that of the output itself where it reads one output whole; of several items, or
 * of some columns, that of all they bring to the node's key.
 */
export function readDigest({ items, columns }: Pick<PortInput, 'items' | 'columns'>): string {
  const [first] = items;
  if (first && items.length === 1 && columns === undefined) return digestOf(first.stored);
  return contentDigest(
    Object.fromEntries(items.map(({ label, stored }) => [label, contentOf(stored, columns)])),
  );
}

/** The same for a port as it stands in the preimage of a key: content by the label of the item. */
export function contentDigest(content: JsonObject): string {
  return sha256(canonical(content));
}
