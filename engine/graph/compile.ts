import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import { Problems } from '../diag/problems.js';
import type { Catalogue } from '../sdk/catalogue.js';
import type { YamlPack } from '../yaml/pack.js';
import type { Json, JsonObject } from '../yaml/value.js';
import type { NameAst } from './ast.js';
import { allShells, buildStages, resolveAll } from './build.js';
import { loadContract } from './contract-files.js';
import { withoutEchoes } from './echoes.js';
import { openTop } from './flatten.js';
import type { Dimension, Graph, Source, Stage } from './graph.js';
import { inOrder } from './order.js';
import { loadPipeline } from './pipelines.js';
import { Project } from './project.js';
import { checkOwners } from './publish.js';
import type { Scope, Session } from './scope.js';
import { type Setting, settle } from './settings.js';
import { checkItems } from './sizes.js';
import { Specs } from './specs.js';
import { wireOf } from './wires.js';

const report = reporter({
  'graph/out-selects': 'Output "{name}" selects, but an output gives all of a stage.',
  'graph/unused-param': 'Parameter "{name}" is never used.',
  'graph/unused-dimension': 'Dimension "{name}" is never used.',
  'graph/unused-input': 'Input "{name}" is never used.',
  'graph/no-pipeline': 'There is no pipeline {file}.',
});

/** What to compile. */
export interface Compilation {
  /** Absolute path of the project. */
  readonly root: string;
  /** The pipeline, relative to the project. */
  readonly file: string;
  readonly profile?: string | undefined;
  /** `--set` of the command line, in order. */
  readonly sets: readonly Setting[];
  /** Folders outside the project that the command line allows parameters to name; absolute. */
  readonly folders: readonly string[];
  readonly catalogue: Catalogue;
  /** Gives the text of a project-relative file that is not on the disk as it is here. */
  readonly readText?: ((file: string) => string | undefined) | undefined;
  /** Folder of the specs, default `spec`. */
  readonly specs?: string | undefined;
  /** Folder of the store, default `lake`. */
  readonly lake?: string | undefined;
  /** Parsed files of earlier processes. */
  readonly pack?: YamlPack | undefined;
}

/** A graph, unless there were errors; warnings may stand beside it. */
export interface Compiled {
  readonly graph?: Graph | undefined;
  /** Sorted by place. */
  readonly problems: readonly Diagnostic[];
}

/** From a pipeline file to its typed graph, with every problem that can be found at once. Never throws for what YAML says. */
export function compileGraph(compilation: Compilation): Compiled {
  const session = openSession(compilation);
  const { problems, project } = session;
  const { file } = compilation;
  if (!project.exists(file) && !existsSync(path.join(project.root, file))) {
    return { problems: [report('graph/no-pipeline', undefined, { file })] };
  }
  const ast = loadPipeline(session, file, undefined);
  if (!ast) return { problems: withoutEchoes(problems.all) };
  const settled = settle(ast, compilation.profile, compilation.sets, problems);
  const top = openTop(session, settled.ast, settled.values);
  resolveAll(top);
  const stages = buildStages(top);
  const outs = outsOf(top);
  checkOwners(stages, problems);
  checkItems(stages, problems);
  const order = inOrder(stages, problems);
  const contracts = contractsOf(session, stages);
  if (problems.failed || !order) return { problems: withoutEchoes(problems.all) };
  reportUnused(top);
  const graph: Graph = {
    name: ast.name,
    doc: ast.doc,
    file: ast.file,
    stages: order,
    dimensions: dimensionsOf(order, session),
    outs,
    params: paramsOf(top),
    files: project.digests(),
    asked: project.asked(),
    contracts,
  };
  return { graph, problems: withoutEchoes(problems.all) };
}

/** What one compilation knows of its project. */
export function openSession(compilation: Compilation): Session {
  const { root, catalogue, folders, readText } = compilation;
  const project = new Project(root, readText, compilation.pack);
  const specs = new Specs(project, catalogue.kinds, new Set(folders), compilation.specs);
  return {
    catalogue,
    project,
    specs,
    problems: new Problems(),
    lake: compilation.lake ?? 'lake',
    types: new WeakMap(),
    dimensions: [],
    used: new Set(),
  };
}

function outsOf(top: Scope): Readonly<Record<string, Source>> {
  const outs: Record<string, Source> = {};
  for (const { name, ref } of top.ast.outs) {
    const wire = ref && wireOf(top, ref, name);
    if (!ref || !wire || wire === 'unbound') continue;
    if (wire.fixed.length > 0) {
      const hint = 'leave the selection out';
      top.session.problems.add(report('graph/out-selects', ref.place, { name }, { hint }));
    }
    outs[name] = wire.source;
  }
  return outs;
}

/** The contracts that ports of these stages keep. */
function contractsOf(
  session: Session,
  stages: readonly Stage[],
): Readonly<Record<string, JsonObject>> {
  const found: Record<string, JsonObject> = {};
  for (const { node, place } of stages) {
    for (const [port, { contract }] of [...Object.entries(node.in), ...Object.entries(node.out)]) {
      if (contract === undefined || Object.hasOwn(found, contract)) continue;
      const json = loadContract(session, contract, { node: node.type, port, place });
      if (json) found[contract] = json;
    }
  }
  return found;
}

/** Dimensions of stages and those they depend on, in the order they were resolved. */
function dimensionsOf(stages: readonly Stage[], session: Session): readonly Dimension[] {
  const used = new Set(stages.flatMap((s) => s.dims).flatMap((d) => [d, ...d.depends]));
  return session.dimensions.filter((d) => used.has(d));
}

function paramsOf(top: Scope): JsonObject {
  const params: Record<string, Json> = {};
  for (const { name } of top.ast.params) {
    const json = top.param(name)?.at(new Map(), {});
    if (json !== undefined) params[name] = json;
  }
  return params;
}

/** Told only of pipelines without errors: what looks unused may be what a mistyped name meant. */
function reportUnused(top: Scope): void {
  const { used, problems } = top.session;
  const scopes = [top, ...[...allShells(top)].flatMap((s) => (s.kind === 'part' ? [s.inner] : []))];
  const warn = (code: Parameters<typeof report>[0], list: readonly NameAst[]): void => {
    for (const one of list) {
      if (used.has(one)) continue;
      problems.add(report(code, one.place, { name: one.name }, { severity: 'warning' }));
    }
  };
  for (const { ast } of scopes) {
    warn('graph/unused-param', ast.params);
    warn('graph/unused-dimension', ast.dimensions);
    warn('graph/unused-input', ast.ins);
  }
}
