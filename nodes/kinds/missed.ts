import type { Program } from '../../engine/sdk/index.js';

/**
 * Specs that cannot be computed, by the port they miss. What is computed only on the way to one, such as a `let` of it, is no
 * spec; a port that another node has is not missed here.
 * @param ports  Those that the node may be given.
 */
export function missedOf(
  { needs }: Program,
  specs: readonly { readonly id: string }[],
  ports: ReadonlySet<string>,
): Readonly<Record<string, readonly string[]>> {
  const named = new Set(specs.map(({ id }) => id));
  const missed = [...needs].flatMap(([port, ids]) => {
    const own = ports.has(port) ? ids.filter((id) => named.has(id)) : [];
    return own.length > 0 ? [[port, own] as const] : [];
  });
  return Object.fromEntries(missed);
}
