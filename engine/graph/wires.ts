import { reporter } from '../diag/diagnostic.js';
import { nearest, suggestion } from '../diag/suggest.js';
import type { PortSpec } from '../sdk/port.js';
import type { NameAst, Reference } from './ast.js';
import type { Scope, Shell, Wire } from './scope.js';
import { select } from './select.js';

const report = reporter({
  'graph/unknown-stage': 'No stage is called "{stage}".',
  'graph/unknown-port': 'Stage "{stage}" has no output "{port}".',
  'graph/which-port': 'Stage "{stage}" has several outputs: {ports}.',
  'graph/no-outputs': 'Stage "{stage}" has no outputs.',
  'graph/unknown-in': 'This pipeline has no input "{port}".',
  'graph/which-in': '"in" alone names no input.',
});

/** Outputs that every stage with `repeat` has besides those of its node. */
export const ROUND_PORTS: Readonly<Record<string, PortSpec>> = {
  rounds: { kind: 'scalar', doc: 'How many rounds were run.' },
  settled: { kind: 'scalar', doc: 'Whether a round satisfied `until`.' },
};

/**
 * What a reference in a scope leads to.
 * @param wanted  The name of the port that takes it: a bare stage gives its port of that name.
 * @returns       `unbound` for an optional input of this part that its caller left out; undefined: a problem was reported.
 */
export function wireOf(
  scope: Scope,
  ref: Reference,
  wanted: string | undefined,
): Wire | 'unbound' | undefined {
  const wire = ref.stage.name === 'in' ? fromIn(scope, ref) : fromStage(scope, ref, wanted);
  if (!wire || wire === 'unbound' || ref.selections.length === 0) return wire;
  return select(scope, wire, ref);
}

/** The stage a name means, marked as used; unknown names are reported. */
export function shellOf(scope: Scope, name: NameAst): Shell | undefined {
  const shell = scope.shells.get(name.name);
  if (shell) {
    scope.session.used.add(shell.ast);
    return shell;
  }
  const near = nearest(name.name, scope.shells.keys());
  const line = near === undefined ? undefined : scope.shells.get(near)?.ast.place.line;
  const hint =
    line === undefined
      ? suggestion(name.name, scope.shells.keys())
      : `did you mean "${near}" (line ${line})?`;
  const facts = { stage: name.name };
  scope.session.problems.add(report('graph/unknown-stage', name.place, facts, { hint }));
  return undefined;
}

/** The outputs of a stage by name; undefined where they cannot be known. */
export function outputsOf(shell: Shell): readonly string[] | undefined {
  if (shell.kind === 'lost') return undefined;
  if (shell.kind === 'part') return shell.inner.ast.outs.map((out) => out.name);
  return Object.keys(portsOf(shell.entry.out, shell.ast.repeat !== undefined));
}

/** The output ports of a node stage, those of `repeat` included. */
export function portsOf(
  out: Readonly<Record<string, PortSpec>>,
  repeats: boolean,
): Readonly<Record<string, PortSpec>> {
  return repeats ? { ...ROUND_PORTS, ...out } : out;
}

function fromIn(scope: Scope, ref: Reference): Wire | 'unbound' | undefined {
  const { problems } = scope.session;
  const legal = scope.ast.ins.map((i) => i.name);
  if (!ref.port) {
    const hint = legal.length === 0 ? 'this pipeline has no in:' : `such as in.${legal[0]}`;
    problems.add(report('graph/which-in', ref.place, {}, { hint }));
    return undefined;
  }
  const { name } = ref.port;
  const port = scope.inPort(name);
  const declared = scope.ast.ins.find((i) => i.name === name);
  if (declared) scope.session.used.add(declared);
  if (!declared || !port) {
    const hint = suggestion(ref.port.name, legal) ?? 'this pipeline has no in:';
    problems.add(report('graph/unknown-in', ref.port.place, { port: ref.port.name }, { hint }));
    return undefined;
  }
  return port.wire ?? (port.broken ? undefined : 'unbound');
}

function fromStage(scope: Scope, ref: Reference, wanted: string | undefined): Wire | undefined {
  const shell = shellOf(scope, ref.stage);
  const outputs = shell && outputsOf(shell);
  if (!shell || !outputs || shell.kind === 'lost') return undefined;
  const port = choosePort(scope, ref, outputs, wanted);
  if (port === undefined) return undefined;
  if (shell.kind === 'part') return shell.out(port);
  // The dimensions of the source must be on the draft before anybody aligns with it.
  shell.dims();
  const spec = portsOf(shell.entry.out, shell.ast.repeat !== undefined)[port];
  return spec && { source: { stage: shell.draft, port }, spec, contract: spec.contract, fixed: [] };
}

/** The named port; else the only one, the one named as the taker's port, or the one named as the stage. */
function choosePort(
  scope: Scope,
  ref: Reference,
  outputs: readonly string[],
  wanted: string | undefined,
): string | undefined {
  const { problems } = scope.session;
  const stage = ref.stage.name;
  if (ref.port) {
    const { name, place } = ref.port;
    if (outputs.includes(name)) return name;
    const hint = suggestion(name, outputs);
    problems.add(report('graph/unknown-port', place, { stage, port: name }, { hint }));
    return undefined;
  }
  if (outputs.length === 0) {
    problems.add(report('graph/no-outputs', ref.place, { stage }));
    return undefined;
  }
  // What `repeat` adds is never meant by a bare name.
  const own = outputs.filter((o) => !Object.hasOwn(ROUND_PORTS, o) || outputs.length <= 2);
  if (own.length === 1) return own[0];
  const found = own.find((o) => o === wanted) ?? own.find((o) => o === stage);
  if (found !== undefined) return found;
  const hint = `name one: ${own.map((o) => `${stage}.${o}`).join(', ')}`;
  problems.add(report('graph/which-port', ref.place, { stage, ports: own }, { hint }));
  return undefined;
}
