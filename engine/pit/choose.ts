import type { Entry } from '../plan/entry.js';
import type { Task } from '../run/task.js';
import type { ParamSchema } from '../sdk/params.js';
import { canonical } from '../yaml/canonical.js';
import type { Json } from '../yaml/value.js';

/** An item and the task that would make it again. */
export interface Made {
  readonly entry: Entry;
  readonly task: Task;
}

/**
 * Items that are worth testing apart: of those of a stage that compute the same formulas on other rows the first and the last,
 * up to `most`. Items that were joined with others gave nothing of their own.
 */
export function worthTesting(made: readonly Made[], most: number): readonly Made[] {
  const groups = new Map<string, Made[]>();
  for (const one of made) {
    const { entry, task } = one;
    if (entry.state.kind !== 'given' || !['cached', 'done'].includes(entry.state.how)) continue;
    const group = `${entry.stage.path} ${formulasOf(entry, task)}`;
    groups.set(group, [...(groups.get(group) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => ends(group, most));
}

function ends<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  const step = (all.length - 1) / Math.max(1, most - 1);
  return Array.from({ length: most }, (_, i) => all[Math.round(i * step)]).filter(
    (one): one is T => one !== undefined,
  );
}

/** The parameters that hold formulas: specs, and formulas themselves. */
function formulasOf({ stage }: Entry, { params }: Task): string {
  const held = Object.entries(params).filter(([name]) => {
    const schema = stage.node.params[name];
    return schema !== undefined && holdsFormulas(schema);
  });
  return canonical(Object.fromEntries(held));
}

function holdsFormulas(schema: ParamSchema): boolean {
  const type = schema['x-dag'];
  if (type.as === 'spec' || type.as === 'formula') return true;
  return (type.as === 'list' || type.as === 'optional') && holdsFormulas(type.of);
}

/** A spec by its kind and id. */
export interface ComputedSpec {
  readonly kind: string;
  readonly id: string;
}

/** The specs among the parameters of an item, in their order. */
export function specsOf({ stage }: Entry, { params }: Task): readonly ComputedSpec[] {
  return Object.entries(params).flatMap(([name, json]) => {
    const schema = stage.node.params[name];
    return schema === undefined ? [] : specsIn(schema, json);
  });
}

function specsIn(schema: ParamSchema, json: Json): readonly ComputedSpec[] {
  const type = schema['x-dag'];
  if (type.as === 'optional') return specsIn(type.of, json);
  if (type.as === 'list')
    return Array.isArray(json) ? json.flatMap((item: Json) => specsIn(type.of, item)) : [];
  if (type.as !== 'spec' || typeof json !== 'object' || json === null || !('id' in json)) return [];
  return [{ kind: type.kind, id: String(json.id) }];
}
