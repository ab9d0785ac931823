import { reporter } from '../diag/diagnostic.js';
import { compileCheck } from './checks.js';
import { partInput } from './gates.js';
import type { CheckName, Expectation, Stage } from './graph.js';

import type { NodeShell, PartShell } from './scope.js';
import { stageNames } from './shells.js';
import type { Names } from './terms.js';
import { ROUND_PORTS } from './wires.js';

const report = reporter({
  'graph/expect-outputs':
    'The expectation reads outputs of several stages inside {file}: {stages}.',
  'graph/expect-nothing': 'The expectation reads no output of {file}.',
  'graph/outside-output': 'Output "{name}" of {file} is made outside of it.',
});

/** `expect:` of a node stage; a name is an output, else an input. */
export function expectationsOf(shell: NodeShell, names: Names): readonly Expectation[] {
  const { ast, scope, entry } = shell;
  const bound = ast.in.map((wire) => wire.name).filter((p) => Object.hasOwn(entry.in, p));
  const outputs = [...Object.keys(entry.out), ...(ast.repeat ? Object.keys(ROUND_PORTS) : [])];
  const meaning = (port: string): CheckName | undefined => {
    if (outputs.includes(port)) return { kind: 'out', port };
    return bound.includes(port) ? { kind: 'in', port } : undefined;
  };
  return ast.expect.flatMap(({ formula, warn }) => {
    const check = compileCheck(formula, scope, names, meaning, [...outputs, ...bound]);
    return check ? [{ ...check, warn }] : [];
  });
}

/** `expect:` of a stage that uses a part: each goes to the stage inside that makes the output it reads. */
export function expectationsOfPart(
  shell: PartShell,
): readonly { readonly stage: Stage; readonly expectation: Expectation }[] {
  const { ast, scope, inner } = shell;
  const names = stageNames(shell);
  const outs = inner.ast.outs.map((o) => o.name);
  const legal = [...outs, ...inner.ast.ins.map((i) => i.name)];
  const { file } = inner.ast;
  return ast.expect.flatMap(({ formula, warn }) => {
    const stages = new Set<Stage>();
    const meaning = (name: string): CheckName | undefined => {
      const wire = outs.includes(name) ? shell.out(name) : undefined;
      if (!wire) return partInput(shell, name);
      stages.add(wire.source.stage);
      return { kind: 'out', port: wire.source.port };
    };
    const check = compileCheck(formula, scope, names, meaning, legal);
    if (!check) return [];
    const [stage] = stages;
    if (!stage) {
      scope.session.problems.add(report('graph/expect-nothing', formula.place, { file }));
      return [];
    }
    if (stages.size > 1) {
      const facts = { file, stages: [...stages].map((s) => s.path) };
      const hint = 'write one expectation for each';
      scope.session.problems.add(report('graph/expect-outputs', formula.place, facts, { hint }));
      return [];
    }
    if (!isInside(shell, stage)) {
      const facts = { name: Object.keys(check.names).join(', '), file };
      scope.session.problems.add(report('graph/outside-output', formula.place, facts));
      return [];
    }
    return [{ stage, expectation: { ...check, warn } }];
  });
}

/** Is a stage one of those that a part was expanded to? */
export function isInside(shell: PartShell, stage: Stage): boolean {
  return stage.path.startsWith(shell.inner.path);
}
