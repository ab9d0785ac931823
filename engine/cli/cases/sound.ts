import type { Diagnostic } from '../../diag/diagnostic.js';
import { Problems } from '../../diag/problems.js';
import { Refusal } from '../../diag/refusal.js';
import { checkFiles } from '../../graph/check-specs.js';
import { compile } from '../../run/compile.js';
import type { Project } from '../../run/project.js';
import { listPipelines } from '../shared/pipeline.js';

/**
 * What `dag check` says of some spec files: each read by its kind, then compiled where pipelines use it, since only there
 * are the features known that a formula names, and with them its units and the data it stands on.
 */
export async function specProblems(
  project: Project,
  files: readonly string[],
): Promise<readonly Diagnostic[]> {
  const { root, plugins, pack } = project;
  const problems = new Problems();
  problems.add(...checkFiles({ root, catalogue: plugins.catalogue, pack }, files));
  // Specs that cannot be read would only be told again, by every pipeline.
  const unread = new Set(problems.errors.map((p) => p.place?.file));
  const open = new Set(files.filter((file) => !unread.has(file)));
  for (const pipeline of open.size > 0 ? listPipelines(root) : []) {
    const { read, found } = await compiled(project, pipeline);
    problems.add(...found.filter((p) => p.place !== undefined && open.has(p.place.file)));
    // Another pipeline that reads the same specs says the same of them.
    for (const file of read) open.delete(file);
    if (open.size === 0) break;
  }
  return problems.all;
}

async function compiled(project: Project, pipeline: string) {
  try {
    const { graph, warnings } = await compile(project, pipeline);
    return { read: Object.keys(graph.files), found: warnings };
  } catch (error) {
    if (error instanceof Refusal) return { read: [], found: error.diagnostics };
    throw error;
  }
}
