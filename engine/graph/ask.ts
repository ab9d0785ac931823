import { reporter } from '../diag/diagnostic.js';
import { Problems } from '../diag/problems.js';
import { Refusal } from '../diag/refusal.js';
import type { Folders, NodePlugin, Shape, ShapeContext } from '../sdk/node.js';
import { revive } from '../sdk/revive.js';
import type { Json, JsonObject } from '../yaml/value.js';
import type { Binding, Stage } from './graph.js';
import type { Said, ShapePack } from './shape-pack.js';
import { formulaPlaces } from './specs.js';
import type { Concerns } from './values.js';

/** Parameters of a stage at some points, and the names of those that only a run can tell. */
export interface Params {
  readonly values: Readonly<Record<string, unknown>>;
  /** The same as plain data. */
  readonly json: JsonObject;
  readonly later: ReadonlySet<string>;
  /** Names of those that were looked at so far. */
  readonly asked: Set<string>;
}

/** Thrown to ourselves when `shape` or `reads` asks for a parameter that only a run can tell. */
const NOT_YET = Symbol('known at run time');

/** Columns that arrive at the ports of a node. */
export type Ins = Readonly<Record<string, Shape | undefined>>;

/** What a node is told, and where answers are kept. */
interface Question {
  readonly ins: Ins;
  readonly params: Params;
  readonly world: Folders;
  readonly pack: ShapePack;
}

/** @returns undefined where one of them is wrong. */
export function paramsAt(stage: Stage, binding: Binding, problems: Problems): Params | undefined {
  const known: Record<string, unknown> = {};
  const plain: Record<string, Json> = {};
  const later = new Set<string>();
  for (const param of stage.params) {
    const schema = stage.node.params[param.name];
    if (!schema) continue;
    if (param.rounds.length > 0 || param.dims.some((d) => !binding.has(d))) {
      later.add(param.name);
      continue;
    }
    try {
      const json = param.at(binding, {});
      if (json === undefined) continue;
      plain[param.name] = json;
      known[param.name] = revive(schema, json, formulaPlaces);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problems.add(...error.diagnostics);
    }
  }
  if (problems.failed) return undefined;
  const asked = new Set<string>();
  const values = new Proxy(known, {
    get(target, name) {
      if (typeof name === 'string') asked.add(name);
      if (typeof name === 'string' && later.has(name)) throw NOT_YET;
      return Reflect.get(target, name);
    },
    ownKeys(target) {
      for (const { name } of stage.params) asked.add(name);
      return Reflect.ownKeys(target);
    },
  });
  return { values, json: plain, later, asked };
}

/** What a node says of its columns: to this process, or to an earlier one that told it the same. */
export function ask(
  stage: Stage,
  plugin: NodePlugin,
  { ins, params, world, pack }: Question,
  problems: Problems,
): Said {
  const { type } = stage.node;
  const question = pack.question({ type, ins, params: params.json, later: params.later });
  const known = question && pack.find(question, params.asked);
  if (known) return known;
  const own = new Problems();
  const looked: string[] = [];
  const watched: Folders = {
    list: (folder, pattern) => {
      looked.push(folder);
      return world.list(folder, pattern);
    },
  };
  const context = shapeContext(stage, params, watched, own);
  const said = {
    outs: attempt(() => plugin.shape?.(ins, params.values, context), own) ?? {},
    reads: attempt(() => plugin.reads?.(params.values, ins), own) ?? {},
    concerns: attempt(() => concernsOf(plugin, params.values, ins), own),
  };
  if (question && own.all.length === 0 && looked.length === 0)
    pack.keep(question, said, params.asked);
  problems.add(...own.all);
  return said;
}

/** The places of the entries that matter in their lists. */
function concernsOf(
  plugin: NodePlugin,
  params: Readonly<Record<string, unknown>>,
  ins: Ins,
): Concerns | undefined {
  const picked = plugin.concerns?.(params, ins);
  return (
    picked &&
    Object.fromEntries(
      Object.entries(picked).flatMap(([name, entries = []]) => {
        const all = params[name];
        const wanted = new Set(entries);
        if (!Array.isArray(all)) return [];
        return [[name, all.flatMap((entry, i) => (wanted.has(entry) ? [i] : []))]];
      }),
    )
  );
}

/** What `shape` may ask and report; errors of the node stand where the parameter is given. */
function shapeContext(
  stage: Stage,
  { later, asked }: Params,
  world: Folders,
  problems: Problems,
): ShapeContext {
  const report = reporter(stage.node.errors);
  return {
    problem: (...found) => problems.add(...found),
    knows: (param) => {
      asked.add(param);
      return !later.has(param);
    },
    wrong: (param, code, facts = {}) => {
      const place = stage.params.find((p) => p.name === param)?.place ?? stage.place;
      const problem = report(code, place, { ...facts, stage: stage.path });
      problems.add({ ...problem, message: `${stage.path}: ${problem.message}` });
    },
    list: (folder, pattern) => world.list(folder, pattern),
  };
}

function attempt<T>(ask: () => T, problems: Problems): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error === NOT_YET) return undefined;
    if (error instanceof Refusal) {
      problems.add(...error.diagnostics);
      return undefined;
    }
    throw error;
  }
}
