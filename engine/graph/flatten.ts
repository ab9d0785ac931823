import { reporter } from '../diag/diagnostic.js';
import { suggestion } from '../diag/suggest.js';
import type { NameAst, PipelineAst, StageAst } from './ast.js';
import { resolveDimension } from './dimensions.js';
import { foreachDims } from './foreach.js';
import { gatesOfPart } from './gates.js';
import type { Given } from './given.js';
import type { Dimension } from './graph.js';
import { resolveIn } from './ins.js';
import { partParam, topParam } from './params.js';
import { loadPipeline } from './pipelines.js';
import {
  type Draft,
  type LostShell,
  type NodeShell,
  once,
  onceByName,
  type PartShell,
  type Scope,
  type Session,
  type Shell,
  type Wire,
} from './scope.js';
import { admitStage } from './sizes.js';
import { wireOf } from './wires.js';

const report = reporter({
  'graph/unknown-node': 'There is no node "{type}".',
  'graph/too-nested': 'Parts are nested deeper than {limit}: {chain}.',
  'graph/self-inclusion': 'The part uses itself: {chain}.',
  'graph/dimension-cycle': 'Dimension "{name}" depends on itself.',
  'graph/param-cycle': 'Parameter "{name}" depends on itself.',
  'graph/out-cycle': 'Output "{name}" leads back to itself.',
  'graph/in-cycle': 'Input "{name}" leads back to itself.',
  'graph/name-clash': '"{name}" is both a parameter and a dimension.',
});

/** How deep parts may use parts. */
export const MAX_NESTING = 8;

/** The whole pipeline as scopes: parts opened, nothing resolved yet. */
export function openTop(
  session: Session,
  ast: PipelineAst,
  values: ReadonlyMap<string, Given>,
): Scope {
  return openScope(session, ast, '', [ast.file], undefined, (scope, param) => {
    return topParam(scope, param, values.get(param.name));
  });
}

type ParamMaker = (
  scope: Scope,
  param: PipelineAst['params'][number],
) => ReturnType<typeof topParam>;

function openScope(
  session: Session,
  ast: PipelineAst,
  path: string,
  chain: readonly string[],
  caller: PartShell | undefined,
  makeParam: ParamMaker,
): Scope {
  const shells = new Map<string, Shell>();
  const { problems } = session;
  const cycle = (code: Parameters<typeof report>[0], name: string, list: readonly NameAst[]) => {
    const place = list.find((one) => one.name === name)?.place;
    problems.add(report(code, place, { name }));
    return undefined;
  };
  const per = ast.ins.flatMap((i) => i.per.map((p) => p.name));
  const scope: Scope = {
    session,
    ast,
    path,
    chain,
    caller,
    shells,
    enclosing: () => caller?.dims() ?? [],
    param: onceByName(
      (name) => withDeclared(ast.params, name, (param) => makeParam(scope, param)),
      (name) => cycle('graph/param-cycle', name, ast.params),
    ),
    dimension: onceByName(
      (name) => declaredDimension(scope, name),
      (name) => cycle('graph/dimension-cycle', name, ast.dimensions),
    ),
    dimensionNames: [...new Set([...ast.dimensions.map((d) => d.name), ...per])],
    inPort: onceByName(
      (name) => withDeclared(ast.ins, name, (port) => resolveIn(scope, port)),
      (name) => cycle('graph/in-cycle', name, ast.ins),
    ),
    gates: once(
      () => (caller ? [...caller.scope.gates(), ...gatesOfPart(caller)] : []),
      () => [],
    ),
  };
  for (const stage of ast.stages) shells.set(stage.name, openStage(scope, stage));
  checkClashes(scope);
  return scope;
}

function withDeclared<A extends NameAst, T>(
  list: readonly A[],
  name: string,
  make: (ast: A) => T | undefined,
): T | undefined {
  const ast = list.find((one) => one.name === name);
  return ast && make(ast);
}

/** A dimension declared here, or one that comes in with an input (`per`). */
function declaredDimension(scope: Scope, name: string): Dimension | undefined {
  const ast = scope.ast.dimensions.find((d) => d.name === name);
  if (ast) return resolveDimension(scope, ast);
  for (const port of scope.ast.ins) {
    if (!port.per.some((p) => p.name === name)) continue;
    const wire = scope.inPort(port.name)?.wire;
    const found = wire?.source.stage.dims.find(
      (d) => d.name === name && !scope.enclosing().includes(d),
    );
    if (found) return found;
  }
  return undefined;
}

function checkClashes(scope: Scope): void {
  const params = new Set(scope.ast.params.map((p) => p.name));
  for (const { name, place } of scope.ast.dimensions) {
    if (!params.has(name)) continue;
    const hint = `call the list by its plural: ${name}s`;
    scope.session.problems.add(report('graph/name-clash', place, { name }, { hint }));
  }
}

function openStage(scope: Scope, ast: StageAst): Shell {
  const { use } = ast;
  if (!use || !admitStage(scope.session, use)) return { kind: 'lost', ast };
  return use.name.endsWith('.yaml') ? openPart(scope, ast, use) : openNode(scope, ast, use);
}

function openNode(scope: Scope, ast: StageAst, use: NameAst): NodeShell | LostShell {
  const { catalogue, problems } = scope.session;
  const type = use.name;
  const entry = Object.hasOwn(catalogue.nodes, type) ? catalogue.nodes[type] : undefined;
  if (!entry) {
    const path = type.includes('/') ? 'a part is named with its ending .yaml' : undefined;
    const hint = path ?? suggestion(type, Object.keys(catalogue.nodes));
    problems.add(report('graph/unknown-node', use.place, { type }, { hint }));
    return { kind: 'lost', ast };
  }
  const draft: Draft = {
    path: `${scope.path}${ast.name}`,
    place: ast.place,
    node: entry,
    dims: [],
    params: [],
    inputs: [],
    when: [],
    expect: [],
    resources: { threads: 1, memory: 0 },
    after: [],
    publish: [],
  };
  const dims = dimsOnce(scope, ast, draft);
  return { kind: 'node', ast, scope, entry, draft, dims };
}

function dimsOnce(scope: Scope, ast: StageAst, draft?: Draft): () => readonly Dimension[] {
  return once(
    () => {
      const dims = foreachDims(scope, ast);
      if (draft) draft.dims = dims;
      return dims;
    },
    () => [],
  );
}

function openPart(scope: Scope, ast: StageAst, use: NameAst): PartShell | LostShell {
  const { session, chain } = scope;
  const { name: file, place } = use;
  const part = loadPipeline(session, file, place);
  if (!part) return { kind: 'lost', ast };
  const steps = [...chain, part.file];
  const refused = (code: 'graph/self-inclusion' | 'graph/too-nested'): LostShell => {
    const facts = { chain: steps.join(' → '), limit: MAX_NESTING };
    session.problems.add(report(code, place, facts));
    return { kind: 'lost', ast };
  };
  if (chain.includes(part.file)) return refused('graph/self-inclusion');
  if (chain.length > MAX_NESTING) return refused('graph/too-nested');
  let inner: Scope | undefined;
  const shell: PartShell = {
    kind: 'part',
    ast,
    scope,
    get inner() {
      if (!inner) throw new Error('A part is used before it is open.');
      return inner;
    },
    dims: dimsOnce(scope, ast),
    out: onceByName(
      (name) => outWire(shell.inner, name),
      (name) => {
        const at = part.outs.find((out) => out.name === name)?.place;
        session.problems.add(report('graph/out-cycle', at, { name }));
        return undefined;
      },
    ),
  };
  inner = openScope(session, part, `${scope.path}${ast.name}/`, steps, shell, (own, param) => {
    return partParam(shell, own, param);
  });
  return shell;
}

/** What an output of a part is wired to. An unbound optional input that is passed on is unbound there too. */
function outWire(inner: Scope, name: string): Wire | undefined {
  const out = inner.ast.outs.find((o) => o.name === name);
  const wire = out?.ref && wireOf(inner, out.ref, out.name);
  return wire === 'unbound' ? undefined : wire;
}
