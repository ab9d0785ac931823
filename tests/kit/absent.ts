import { filesIfThere } from '../../engine/run/files.js';
import type { NodePlugin, Shape } from '../../engine/sdk/node.js';

type Values = Readonly<Record<string, unknown>>;
const NO_COLUMNS: Shape = { columns: [] };
/** As a node sees the world: a folder that is not there is empty. */
const WORLD = {
  list: (folder: string, pattern: string) => filesIfThere('/', folder, pattern),
  trials: () => [],
  published: () => [],
};
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
    ...WORLD,
  });
  return Object.entries(shapes ?? {}).flatMap(([port, shape]) => (shape?.nothing ? [port] : []));
}

/** The files that a node says it will read. */
export function filesOf(plugin: NodePlugin, params: Values): readonly string[] {
  return plugin.files?.(params, WORLD) ?? [];
}
