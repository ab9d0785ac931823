import { isAbsolute, relative, sep } from 'node:path';
import type { Diagnostic } from '../diag/diagnostic.js';
import { Problems } from '../diag/problems.js';
import { checkedTypes } from '../graph/checked.js';
import { compileGraph } from '../graph/compile.js';
import { OperatorDigests } from '../graph/composed.js';
import type { Graph, Stage } from '../graph/graph.js';
import { knownAt } from '../graph/known.js';
import { ShapeCache } from '../graph/shapes.js';
import { staticBindings } from '../graph/statics.js';
import { ValueCache } from '../graph/values.js';
import type { Compiled as Walkable } from '../plan/walk.js';
import type { Plugins } from '../sdk/catalogue.js';
import type { NodePlugin } from '../sdk/node.js';
import { composedOf } from './composed.js';
import { glimpsed, type Listing } from './files.js';
import type { Project } from './project.js';
import { isPublished } from './publish/published.js';

export interface CompileOptions {
  readonly profile?: string | undefined;
  /** `--set path=text`, in order. */
  readonly sets?: readonly { readonly path: string; readonly text: string }[];
  /** Folders outside the project that parameters may name; absolute. */
  readonly folders?: readonly string[];
}

/** A pipeline that may run: read, resolved, its columns and known-at times checked. */
export interface Compiled extends Walkable {
  readonly graph: Graph;
  readonly plugins: ReadonlyMap<string, NodePlugin>;
  readonly operators: OperatorDigests;
  readonly warnings: readonly Diagnostic[];
  readonly options: CompileOptions;
  /** Whether folders that parameters name are published by a pipeline. */
  readonly published: Readonly<Record<string, boolean>>;
  /** What nodes found in folders to tell their columns. */
  readonly lists: readonly Listing[];
}

/** @throws Refusal with every problem of the pipeline and its specs, sorted by place. */
export async function compile(
  project: Project,
  file: string,
  options: CompileOptions = {},
): Promise<Compiled> {
  const problems = new Problems();
  const { composed, problems: ofFormulas } = composedOf(project);
  problems.add(...ofFormulas);
  const { graph, problems: found } = compileGraph({
    root: project.root,
    file,
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    sets: options.sets ?? [],
    folders: options.folders ?? [],
    catalogue: project.plugins.catalogue,
    pack: project.pack,
    lake: lakeIn(project),
  });
  project.pack.save();
  problems.add(...found);
  if (!graph) {
    problems.settle();
    throw new Error(`No graph and no problem for ${file}`);
  }
  const plugins = await loadCompileTime(graph, project.plugins);
  const values = new ValueCache();
  const lists: Listing[] = [];
  const shapes = new ShapeCache(
    graph,
    plugins,
    values,
    glimpsed(project.root, lists),
    project.shapes,
  );
  // Where an operator is broken, so is every formula that calls it: those are told once the operator is mended.
  for (const stage of problems.failed ? [] : graph.stages) {
    for (const binding of staticBindings(shapes.relevant(stage)))
      problems.add(...shapes.of(stage, binding).problems);
  }
  project.shapes.save();
  if (!problems.failed) problems.add(...checkedTypes(graph, shapes));
  const published: Record<string, boolean> = {};
  if (!problems.failed)
    knownAt(graph, plugins, problems, (folder) => {
      const found = isPublished(project.root, folder);
      published[folder] = found;
      return found;
    });
  problems.settle();
  const operators = new OperatorDigests(project.plugins.catalogue.operators, composed);
  const warnings = problems.all;
  return { graph, values, shapes, plugins, operators, warnings, options, published, lists };
}

/** The lake as paths of the project name it; one that lies elsewhere is not where pipelines publish, so they keep `lake/`. */
function lakeIn({ root, lake }: Project): string | undefined {
  const inside = relative(root, lake).split(sep).join('/');
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? undefined : inside;
}

/** Only nodes whose metadata is not plain data have to be loaded to compile. */
async function loadCompileTime(
  graph: Graph,
  plugins: Plugins,
): Promise<ReadonlyMap<string, NodePlugin>> {
  const types = new Set(graph.stages.filter((s) => needsCode(s)).map((s) => s.node.type));
  const loaded = await Promise.all(
    [...types].sort().map(async (type) => [type, await plugins.load(type)] as const),
  );
  return new Map(loaded);
}

function needsCode({ node }: Stage): boolean {
  const { shape, reads, concerns, files, within } = node.has;
  return shape || reads || concerns || files || within;
}
