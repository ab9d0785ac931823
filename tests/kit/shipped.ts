import { operators } from '../../engine/expr/index.js';
import type { Plugins } from '../../engine/sdk/catalogue.js';
import type { AnyKind } from '../../engine/sdk/kind.js';
import type { NodePlugin } from '../../engine/sdk/node.js';
import { kinds, nodes } from '../../nodes/index.js';
import { catalogueOf } from './catalogue.js';

/** The nodes, kinds and operators of the checkout, from their sources; and nodes of a test. */
export async function shipped(more: readonly NodePlugin[] = []): Promise<Plugins> {
  const found: NodePlugin[] = [...more];
  // One after the other: Jest cannot link modules that are asked for at once.
  for (const load of Object.values(nodes)) found.push((await load()).default);
  const declared: AnyKind[] = [];
  for (const load of Object.values(kinds))
    declared.push(...Object.values(await load()).filter(isKind));
  const { catalogue, load } = catalogueOf(found, declared);
  const digests = Object.fromEntries(
    [...operators.keys()].map((name) => [name, `code of ${name}`]),
  );
  return { catalogue: { ...catalogue, operators: digests }, load };
}

function isKind(value: unknown): value is AnyKind {
  return typeof value === 'object' && value !== null && 'kind' in value && 'folder' in value;
}
