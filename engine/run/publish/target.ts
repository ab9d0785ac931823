import { join } from 'node:path';
import { reporter } from '../../diag/diagnostic.js';
import { refuse } from '../../diag/refusal.js';
import type { Graph, Publish, Stage } from '../../graph/graph.js';
import { type Published, readPublished } from './published.js';

const report = reporter({
  'publish/not-ours':
    'Folder {folder} is published by pipeline "{owner}"; "{pipeline}" may not write there.',
});

/** A folder that a stage publishes to. */
export interface Target {
  readonly stage: Stage;
  readonly to: string;
  readonly ports: readonly Publish[];
}

/** Each folder once, with everything a stage publishes there. */
export function targetsOf(graph: Graph): readonly Target[] {
  return graph.stages.flatMap((stage) =>
    [...new Set(stage.publish.map(({ to }) => to))].map((to) => {
      return { stage, to, ports: stage.publish.filter((p) => p.to === to) };
    }),
  );
}

/**
 * Refuse folders that belong to another pipeline, before anything is computed for them.
 * @throws publish/not-ours
 */
export function expectOwned(root: string, graph: Graph): void {
  for (const target of targetsOf(graph)) ownedOf(root, target, graph.name);
}

/** What a folder of the pipeline says of itself, as `readPublished` does. @throws publish/not-ours */
export function ownedOf(
  root: string,
  { to, ports }: Target,
  pipeline: string,
): Published | 'damaged' | undefined {
  const found = readPublished(join(root, to));
  if (found === undefined || found === 'damaged' || found.pipeline === pipeline) return found;
  const facts = { folder: to, owner: found.pipeline, pipeline };
  const hint = `a folder has one owner: publish elsewhere, or remove ${to}`;
  return refuse(report('publish/not-ours', ports[0]?.place, facts, { hint }));
}
