import type { RunFolder } from '../ledger/folder.js';
import type { JsonObject } from '../yaml/value.js';
import type { Compiled } from './compile.js';
import type { Summary } from './events.js';
import type { Project } from './project.js';

type RunStart = ConstructorParameters<typeof RunFolder>[2];

/** What the manifest of a run says of its start: what was asked for, from which files, with which code. */
export function startOf(
  { plugins }: Project,
  { graph, options }: Compiled,
  how: { readonly threads: number; readonly memory: number },
): RunStart {
  const { format, kernel } = plugins.catalogue;
  const stages = graph.stages.map((s) => {
    return [s.path, { node: s.node.type, dims: s.dims.map((d) => d.name) }] as const;
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
    options: { threads: how.threads, memory: how.memory },
  };
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
