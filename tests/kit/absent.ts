import { filesIfThere } from '../../engine/run/files.js';
import type { NodePlugin, Shape } from '../../engine/sdk/node.js';

type Values = Readonly<Record<string, unknown>>;
const NO_COLUMNS: Shape = { columns: [] };
const nothing = () => undefined;

/** Optional outputs that `shape` says are absent, given what is bound and all parameters. */
export function absentOf(plugin: NodePlugin, ins: Values, params: Values): readonly string[] {
  if (!Object.values(plugin.out).some((spec) => spec.optional)) return [];
  const bound = Object.entries(ins).flatMap(([port, value]) =>
    value === undefined ? [] : [[port, NO_COLUMNS] as const],
  );
  const shapes = plugin.shape?.(Object.fromEntries(bound), params, {
    problem: nothing,
    wrong: nothing,
    knows: () => true,
    list: (folder, pattern) => filesIfThere('/', folder, pattern),
  });
  return Object.entries(shapes ?? {}).flatMap(([port, shape]) => (shape?.nothing ? [port] : []));
}
