import { Problems } from '../diag/problems.js';
import type { NodePlugin } from '../sdk/node.js';
import type { ParamSchema } from '../sdk/params.js';
import { revive } from '../sdk/revive.js';
import type { Json } from '../yaml/value.js';
import { attempt } from './attempt.js';
import { formulaPlaces } from './formulas.js';
import type { Binding, Dimension, Graph, Param, Stage } from './graph.js';
import type { Interval } from './interval.js';

/** Does a folder, as parameters name it, hold what some pipeline published? */
export type Published = (folder: string) => boolean;

/** Thrown to ourselves when `within` asks for a parameter that differs from item to item. */
const VARIES = Symbol('varies from item to item');

/** Where the rows of a source lie; nothing for a stage that only passes on what it is given. */
export function withinOf(
  stage: Stage,
  plugin: NodePlugin | undefined,
  graph: Graph,
  published: Published,
): readonly Interval[] {
  const { inputs, node } = stage;
  if (inputs.length > 0 && node.effects.length === 0) return [];
  const back = readsBack(stage, graph, published);
  if (back !== undefined) return [{ kind: 'published', folder: back }];
  const span = plugin?.within && ask(stage, plugin.within);
  return [span ? { kind: 'span', span } : { kind: 'all' }];
}

function ask(stage: Stage, within: NonNullable<NodePlugin['within']>) {
  const params: Record<string, unknown> = {};
  const varies = new Set<string>();
  for (const param of stage.params) {
    const schema = stage.node.params[param.name];
    if (!schema) continue;
    if (isFixed(param)) {
      const json = param.at(new Map(), {});
      if (json !== undefined) params[param.name] = revive(schema, json, formulaPlaces);
    } else varies.add(param.name);
  }
  const guarded = new Proxy(params, {
    get(target, name) {
      if (typeof name === 'string' && varies.has(name)) throw VARIES;
      return Reflect.get(target, name);
    },
  });
  try {
    return within(guarded);
  } catch (error) {
    if (error === VARIES) return undefined;
    throw error;
  }
}

/** The folder among a source's parameters that a pipeline publishes to: this one, or another one before. */
function readsBack(stage: Stage, graph: Graph, published: Published): string | undefined {
  if (stage.node.effects.length === 0) return undefined;
  const targets = graph.stages.flatMap((s) => s.publish.map((p) => p.to));
  return stage.params
    .filter((p) => isFolder(stage.node.params[p.name]))
    .flatMap((p) => valuesOf(stage, p))
    .find((folder): folder is string => {
      if (typeof folder !== 'string') return false;
      return published(folder) || targets.some((t) => covers(t, folder) || covers(folder, t));
    });
}

/** Every value of a parameter that can be told before a run: of every item, in every round. */
function valuesOf(stage: Stage, param: Param): readonly (Json | undefined)[] {
  const over = param.rounds.length > 0 ? Object.entries(stage.repeat?.over ?? {}) : [];
  const rounds = Array.from({ length: over[0]?.[1].length ?? 1 }, (_, i) =>
    Object.fromEntries(over.map(([name, values]) => [name, values[i] ?? null])),
  );
  const dims = stage.dims.filter((d) => param.dims.some((p) => p === d || dependsOn(p, d)));
  return bindingsOf(dims).flatMap((binding) =>
    rounds.flatMap((round) => attempt(new Problems(), () => param.at(binding, round))),
  );
}

/** Every combination of points of some dimensions; none where a run tells them. */
function bindingsOf(dims: readonly Dimension[]): readonly Binding[] {
  return dims.reduce<readonly Binding[]>(
    (found, dimension) =>
      found.flatMap((binding) => {
        const { points } = dimension;
        return points.kind === 'port'
          ? []
          : points.at(binding).map((point) => new Map(binding).set(dimension, point));
      }),
    [new Map()],
  );
}

function dependsOn(dimension: Dimension, other: Dimension): boolean {
  return dimension.depends.some((d) => d === other || dependsOn(d, other));
}

function isFixed(param: Param): boolean {
  return param.dims.length === 0 && param.rounds.length === 0;
}

function isFolder(schema: ParamSchema | undefined): boolean {
  const type = schema?.['x-dag'];
  return type?.as === 'optional' ? isFolder(type.of) : type?.as === 'folder';
}

/** Is the second folder the first, or inside it? Case is ignored, as some file systems do. */
function covers(outer: string, inner: string): boolean {
  return outer === '.' || `${inner}/`.toLowerCase().startsWith(`${outer}/`.toLowerCase());
}
