import type { Stage } from '../graph/graph.js';
import type { RunStart } from '../ledger/manifest.js';
import { redactObject } from '../ledger/secrets.js';
import type { Json, JsonObject } from '../yaml/value.js';
import type { Compiled } from './compile.js';
import type { Summary } from './events.js';
import type { Project } from './project.js';
import type { Origin } from './publish/published.js';

/** What the manifest of a run says of its start: what was asked for, from which files, with which code. */
export function startOf(
  { plugins }: Project,
  { graph, options }: Compiled,
): Omit<RunStart, 'options'> {
  const { format, kernel } = plugins.catalogue;
  const stages = graph.stages.map((s) => {
    const dims = s.dims.map((d) => d.name);
    return [s.path, { node: s.node.type, dims, takes: takesOf(s) }] as const;
  });
  const outs = Object.entries(graph.outs).map(([name, { stage, port }]) => {
    return [name, `${stage.path}.${port}`] as const;
  });
  return {
    pipeline: graph.name,
    file: graph.file,
    profile: options.profile,
    sets: (options.sets ?? []).map((s) => `${s.path}=${s.text}`),
    params: graph.params,
    specs: graph.files,
    code: { format, kernel },
    stages: Object.fromEntries(stages),
    outs: Object.fromEntries(outs),
  };
}

/** The outputs that are wired to each port of a stage. */
function takesOf({ inputs }: Stage): Readonly<Record<string, readonly string[]>> {
  const takes: Record<string, string[]> = {};
  for (const { port, source } of inputs) {
    const wires = takes[port] ?? [];
    takes[port] = [...wires, `${source.stage.path}.${source.port}`];
  }
  return takes;
}

/** What a run publishes under: its profile and parameters, of specs no more than their ids. */
export function originOf(run: string, { graph, options }: Compiled): Origin {
  const specs: Record<string, Json> = {};
  const params: Record<string, Json> = {};
  for (const [name, value] of Object.entries(graph.params)) {
    const ids = idsOf(value);
    if (ids === undefined) params[name] = value;
    else specs[name] = ids;
  }
  return { run, profile: options.profile ?? null, specs, params: redactObject(params) };
}

/** The id of a spec, or those of a list of specs; undefined of all other values. */
function idsOf(value: Json): Json | undefined {
  if (isMap(value)) return typeof value.id === 'string' ? value.id : undefined;
  if (!Array.isArray(value)) return undefined;
  const ids = value.map(idsOf);
  const known = ids.filter((id) => id !== undefined);
  return ids.length > 0 && known.length === ids.length ? known : undefined;
}

function isMap(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The outputs of a run as its manifest keeps them: digest, and path where one was published. */
export function plainOuts({ outs }: Summary): JsonObject {
  return Object.fromEntries(
    Object.entries(outs).map(([name, { digest, path }]) => [
      name,
      path === undefined ? { digest } : { digest, path },
    ]),
  );
}
