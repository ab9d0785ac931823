import { reporter } from '../diag/diagnostic.js';
import { suggestion } from '../diag/suggest.js';
import type { StageAst } from './ast.js';
import { expectationsOf, expectationsOfPart } from './expectations.js';
import { checkElse, gatesOf } from './gates.js';
import type { Expectation, Publish, Stage } from './graph.js';
import { inputsOf } from './inputs.js';

import { publishOf } from './publish.js';
import { loopOf, repeatOf } from './repeat.js';
import { runtimeOf } from './runtime.js';
import type { NodeShell, PartShell, Scope, Shell } from './scope.js';
import { stageNames } from './shells.js';
import { checkUnknown, paramsOfStage } from './stage-params.js';
import { shellOf } from './wires.js';

const report = reporter({
  'graph/not-on-part': '"{key}" cannot stand on a stage that uses a part.',
  'graph/unknown-part-input': '{file} has no input "{port}".',
});

/** What belongs to stages inside parts is found on the stages around them. */
interface Outer {
  readonly expect: Map<Stage, Expectation[]>;
  readonly publish: Map<Stage, Publish[]>;
}

/** Fill in every stage of a scope and of the parts in it. @returns all node stages, in no order that means anything. */
export function buildStages(top: Scope): readonly Stage[] {
  const shells = [...allShells(top)];
  const outer: Outer = { expect: new Map(), publish: new Map() };
  for (const shell of shells) {
    if (shell.kind === 'part') finishPart(shell, outer);
  }
  return shells.flatMap((shell) => {
    if (shell.kind !== 'node') return [];
    finishNode(shell, outer);
    return [shell.draft];
  });
}

/** Every stage of a scope and of the parts in it. */
export function* allShells(scope: Scope): Iterable<Shell> {
  for (const shell of scope.shells.values()) {
    yield shell;
    if (shell.kind === 'part') yield* allShells(shell.inner);
  }
}

function finishNode(shell: NodeShell, outer: Outer): void {
  const { draft, scope, ast } = shell;
  shell.dims();
  const loop = loopOf(shell);
  const names = stageNames(shell, loop.terms);
  const fixed = stageNames(shell);
  draft.inputs = inputsOf(shell);
  draft.params = paramsOfStage(shell, names, loop.rounds);
  draft.when = gatesOf(shell, fixed);
  draft.repeat = repeatOf(shell, loop, names, draft.params);
  draft.expect = [...expectationsOf(shell, fixed), ...(outer.expect.get(draft) ?? [])];
  draft.publish = [...publishOf(shell).map((p) => p.publish), ...(outer.publish.get(draft) ?? [])];
  draft.after = afterOf(scope, ast);
  Object.assign(draft, runtimeOf(shell, fixed));
}

/** `after` of a stage and of the stages around it; a part stands for all stages inside. */
function afterOf(scope: Scope, ast: StageAst): readonly Stage[] {
  const own = ast.after.flatMap((name) => {
    const shell = shellOf(scope, name);
    if (!shell || shell.kind === 'lost') return [];
    if (shell.kind === 'node') return [shell.draft];
    return [...allShells(shell.inner)].flatMap((s) => (s.kind === 'node' ? [s.draft] : []));
  });
  const { caller } = scope;
  return caller ? [...own, ...afterOf(caller.scope, caller.ast)] : own;
}

function finishPart(shell: PartShell, outer: Outer): void {
  const { ast, scope, inner } = shell;
  const { problems } = scope.session;
  for (const key of ['repeat', 'retry', 'timeout', 'resources'] as const) {
    const field = ast[key];
    if (!field) continue;
    const hint = 'put it on the stages inside that need it';
    problems.add(report('graph/not-on-part', field.place, { key }, { hint }));
  }
  checkElse(ast, scope);
  checkUnknown(
    shell,
    inner.ast.params.map((p) => p.name),
    inner.ast.file,
  );
  const legal = inner.ast.ins.map((i) => i.name);
  for (const { name, place } of ast.in) {
    if (legal.includes(name)) continue;
    const facts = { file: inner.ast.file, port: name };
    const hint = suggestion(name, legal);
    problems.add(report('graph/unknown-part-input', place, facts, { hint }));
  }
  resolveAll(inner);
  for (const { stage, expectation } of expectationsOfPart(shell))
    push(outer.expect, stage, expectation);
  for (const { stage, publish } of publishOf(shell)) push(outer.publish, stage, publish);
  for (const out of inner.ast.outs) shell.out(out.name);
}

/** Resolve what a scope declares, used or not, so that its problems are told. */
export function resolveAll(scope: Scope): void {
  for (const { name } of scope.ast.ins) scope.inPort(name);
  for (const { name } of scope.ast.params) scope.param(name);
  for (const { name } of scope.ast.dimensions) scope.dimension(name);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
