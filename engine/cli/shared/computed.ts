import { Refusal } from '../../diag/refusal.js';
import type { CarriedFacts } from '../../expr/types.js';
import { firstBinding } from '../../graph/statics.js';
import { compile } from '../../run/compile.js';
import type { Project } from '../../run/project.js';
import { listPipelines } from './pipeline.js';

/** What the compiler derived of computed columns, by name. */
export type Computed = ReadonlyMap<string, CarriedFacts>;

/**
 * The columns that formulas compute in the pipelines of a project, outcomes left out, as the first one derives them. Pipelines that do not
 * compile as they stand, such as those that wait for a value of the command line, have none; `dag check` tells why.
 */
export async function computedColumns(project: Project): Promise<Computed> {
  const found = new Map<string, CarriedFacts>();
  for (const pipeline of listPipelines(project.root))
    for (const [name, facts] of await columnsIn(project, pipeline))
      if (!found.has(name)) found.set(name, facts);
  return found;
}

async function columnsIn(project: Project, pipeline: string): Promise<Computed> {
  const found = new Map<string, CarriedFacts>();
  try {
    const { graph, shapes } = await compile(project, pipeline);
    for (const stage of graph.stages) {
      const { outs } = shapes.of(stage, firstBinding(stage.dims));
      for (const shape of Object.values(outs))
        for (const { name, facts, taint } of shape?.columns ?? [])
          if (facts && taint === 'feature' && !found.has(name)) found.set(name, facts);
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  return found;
}
