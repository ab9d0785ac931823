import { reporter } from '../diag/diagnostic.js';
import { suggestion } from '../diag/suggest.js';
import { align } from './align.js';
import type { StageAst } from './ast.js';
import { compileCheck } from './checks.js';
import type { Check, CheckName, Gate, Source } from './graph.js';

import type { NodeShell, OuterGate, PartShell, Scope, Shell, Wire } from './scope.js';
import { stageNames } from './shells.js';
import type { Names } from './terms.js';
import { outputsOf, portsOf, shellOf } from './wires.js';

const report = reporter({
  'graph/else-without-when': '"else" stands without "when": nothing would ever be replaced.',
  'graph/else-form':
    '"else" names a stage, whose outputs of the same name stand in; found "{text}".',
  'graph/else-nothing': 'Stage "{other}" has no output that "{stage}" has too.',
  'graph/else-kind':
    '"{port}" of stage "{other}" is {found}, and of stage "{stage}" {wanted}: it cannot stand in.',
  'graph/gated-passage':
    'Output "{name}" of {file} passes an input on: "when" could not hold it back.',
  'graph/else-gathers':
    '"{port}" of stage "{other}" has one value for every {dimensions}: it cannot stand in.',
});

/** The gates of a node stage: those around it, then its own. */
export function gatesOf(shell: NodeShell, names: Names): readonly Gate[] {
  const around = shell.scope.gates().map(({ check, stands }): Gate => {
    const mine = stands().filter((s) => s.of.stage === shell.draft);
    return { ...check, otherwise: Object.fromEntries(mine.map((s) => [s.of.port, s.by])) };
  });
  const { ast, scope, entry } = shell;
  checkElse(ast, scope);
  if (!ast.when) return around;
  const bound = ast.in.map((wire) => wire.name).filter((port) => Object.hasOwn(entry.in, port));
  const meaning = (port: string): CheckName | undefined =>
    bound.includes(port) ? { kind: 'in', port } : undefined;
  const check = compileCheck(ast.when, scope, names, meaning, bound);
  if (!check) return around;
  const wires = Object.keys(entry.out).flatMap((port) => {
    const spec = entry.out[port];
    const source = { stage: shell.draft, port };
    return spec ? [{ name: port, wire: { source, spec, contract: spec.contract, fixed: [] } }] : [];
  });
  const stands = standIns(shell, wires);
  return [
    ...around,
    { ...check, otherwise: Object.fromEntries(stands.map((s) => [s.of.port, s.by])) },
  ];
}

/** The gate of a stage that uses a part: it holds for every stage inside. */
export function gatesOfPart(shell: PartShell): readonly OuterGate[] {
  const { ast, scope, inner } = shell;
  if (!ast.when) return [];
  const legal = inner.ast.ins.map((i) => i.name);
  const meaning = (name: string) => partInput(shell, name);
  const check: Check | undefined = compileCheck(ast.when, scope, stageNames(shell), meaning, legal);
  if (!check) return [];
  let found: ReturnType<OuterGate['stands']> | undefined;
  const stands = () => {
    found ??= standIns(shell, outputsInside(shell));
    return found;
  };
  // Outputs are looked at also where there is no `else`.
  return [{ check, stands }];
}

/** The outputs of a part that is gated; one that only passes an input on could not be held back. */
function outputsInside(shell: PartShell): readonly Output[] {
  const { inner, ast, scope } = shell;
  return inner.ast.outs.flatMap(({ name }): readonly Output[] => {
    const wire = shell.out(name);
    if (!wire) return [];
    if (wire.source.stage.path.startsWith(inner.path)) return [{ name, wire }];
    const facts = { name, file: inner.ast.file };
    scope.session.problems.add(report('graph/gated-passage', ast.when?.place, facts));
    return [];
  });
}

/** An input of a part as its own `when` and `expect` see it: aligned with the stage that uses the part. */
export function partInput(shell: PartShell, name: string): CheckName | undefined {
  const port = shell.inner.inPort(name);
  if (!port?.wire) return undefined;
  const { wire } = port;
  const place = shell.ast.in.find((w) => w.name === name)?.place ?? port.place;
  const input = {
    port: name,
    spec: wire.spec,
    place,
    source: wire.source,
    ...align(wire, shell.dims()),
  };
  return { kind: 'wire', input };
}

/** `else` without `when` has no meaning. */
export function checkElse(ast: StageAst, scope: Scope): void {
  if (ast.else && !ast.when) {
    scope.session.problems.add(report('graph/else-without-when', ast.else.place));
  }
}

interface Output {
  readonly name: string;
  readonly wire: Wire;
}

/** Which outputs of the stage named by `else` stand in for which of these. */
function standIns(
  shell: NodeShell | PartShell,
  outputs: readonly Output[],
): readonly { readonly of: Source; readonly by: Source }[] {
  const { ast, scope } = shell;
  const ref = ast.else;
  if (!ref) return [];
  const { problems } = scope.session;
  if (ref.port || ref.selections.length > 0 || ref.stage.name === 'in') {
    problems.add(report('graph/else-form', ref.place, { text: ref.text }));
    return [];
  }
  const other = shellOf(scope, ref.stage);
  const theirs = other && outputsOf(other);
  if (!other || !theirs) return [];
  const shared = outputs.filter((o) => theirs.includes(o.name));
  if (shared.length === 0) {
    const facts = { stage: ast.name, other: ref.stage.name };
    const hint = suggestion(
      '',
      outputs.map((o) => o.name),
    );
    problems.add(report('graph/else-nothing', ref.place, facts, { hint }));
  }
  return shared.flatMap((output) => {
    const by = outputWire(other, output.name);
    return by && fitsIn(shell, output, by) ? [{ of: output.wire.source, by: by.source }] : [];
  });
}

/** An output of a stage by name. */
export function outputWire(shell: Shell, port: string): Wire | undefined {
  if (shell.kind === 'lost') return undefined;
  if (shell.kind === 'part') return shell.out(port);
  shell.dims();
  const spec = portsOf(shell.entry.out, shell.ast.repeat !== undefined)[port];
  return spec && { source: { stage: shell.draft, port }, spec, contract: spec.contract, fixed: [] };
}

function fitsIn(shell: NodeShell | PartShell, output: Output, by: Wire): boolean {
  const { ast, scope } = shell;
  const facts = { port: output.name, stage: ast.name, other: ast.else?.stage.name };
  const place = ast.else?.place;
  const [wanted, found] = [typeOfWire(output.wire), typeOfWire(by)];
  if (wanted !== found) {
    scope.session.problems.add(report('graph/else-kind', place, { ...facts, wanted, found }));
    return false;
  }
  const { gathered } = align(by, output.wire.source.stage.dims);
  if (gathered.length === 0 && by.fixed.length === 0) return true;
  const dimensions = [...gathered, ...by.fixed.map((f) => f.dimension)].map((d) => d.name);
  scope.session.problems.add(report('graph/else-gathers', place, { ...facts, dimensions }));
  return false;
}

function typeOfWire(wire: Wire): string {
  return wire.contract === undefined
    ? `a ${wire.spec.kind}`
    : `a ${wire.spec.kind} of "${wire.contract}"`;
}
