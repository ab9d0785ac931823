import { type Place, reporter } from '../diag/diagnostic.js';
import { nearest, suggestion } from '../diag/suggest.js';
import type { PortSpec } from '../sdk/port.js';
import { align, checkAlignment } from './align.js';
import type { WireAst } from './ast.js';
import type { Input } from './graph.js';
import type { NodeShell, Wire } from './scope.js';
import { ownDims } from './shells.js';
import { wireOf } from './wires.js';

const report = reporter({
  'graph/unknown-input': 'Node "{node}" has no input "{port}".',
  'graph/unbound-input': 'Stage "{stage}" does not bind input "{port}" of node "{node}".',
  'graph/port-kind': 'Input "{port}" takes a {wanted}, and "{ref}" is a {found}.',
  'graph/port-contract': 'Input "{port}" takes "{wanted}", and "{ref}" is "{found}".',
  'graph/maybe-unbound':
    'Input "{port}" needs a value, and "{ref}" may be left unbound by whoever uses this part.',
});

/** The wires into a node stage, each held against its port. */
export function inputsOf(shell: NodeShell): readonly Input[] {
  const { ast, scope, entry } = shell;
  const { problems } = scope.session;
  const inputs = ast.in.flatMap((wire): readonly Input[] => {
    const spec = Object.hasOwn(entry.in, wire.name) ? entry.in[wire.name] : undefined;
    if (spec) return inputOf(shell, wire, spec);
    const facts = { node: entry.type, port: wire.name };
    const hint = suggestion(wire.name, Object.keys(entry.in));
    problems.add(report('graph/unknown-input', wire.place, facts, { hint }));
    return [];
  });
  for (const [port, spec] of Object.entries(entry.in)) {
    if (spec.optional || ast.inBroken || isMeant(shell, port)) continue;
    const facts = { stage: ast.name, port, node: entry.type };
    const hint = candidate(shell, port, spec);
    problems.add(report('graph/unbound-input', ast.place, facts, { hint }));
  }
  return inputs;
}

/** Is the port bound, or does a mistyped name mean it? */
function isMeant({ ast, entry }: NodeShell, port: string): boolean {
  const ports = Object.keys(entry.in);
  return ast.in.some(({ name }) => {
    return name === port || (!ports.includes(name) && nearest(name, ports) === port);
  });
}

function inputOf(shell: NodeShell, ast: WireAst, spec: PortSpec): readonly Input[] {
  const { scope } = shell;
  const { problems } = scope.session;
  const { ref } = ast;
  const wire = ref && wireOf(scope, ref, ast.name);
  if (!ref || !wire) return [];
  const facts = { port: ast.name, ref: ref.text };
  const { place } = ref;
  if (wire === 'unbound') {
    if (!spec.optional) problems.add(report('graph/maybe-unbound', place, facts));
    return [];
  }
  if (!sameType(wire, spec, facts, shell, place)) return [];
  const alignment = align(wire, shell.dims());
  // A dimension that the stage meant to have, and that has problems of its own, is not asked for again.
  if (alignment.gathered.length > 0 && ownDims(shell).length < shell.ast.foreach.length) return [];
  if (!checkAlignment(alignment, ast.name, spec, wire, place, problems)) return [];
  return [{ port: ast.name, spec, place, source: wire.source, ...alignment }];
}

function sameType(
  wire: Wire,
  spec: PortSpec,
  facts: Readonly<Record<string, string>>,
  { scope }: NodeShell,
  place: Place,
): boolean {
  const { problems } = scope.session;
  if (wire.spec.kind !== spec.kind) {
    const kinds = { ...facts, wanted: spec.kind, found: wire.spec.kind };
    problems.add(report('graph/port-kind', place, kinds));
    return false;
  }
  const [wanted, found] = [spec.contract, wire.contract];
  // A table without a contract is held against the wanted one when it arrives.
  if (wanted === undefined || found === undefined || wanted === found) return true;
  problems.add(report('graph/port-contract', place, { ...facts, wanted, found }));
  return false;
}

/** The one output of another stage that would fit, for a hint. */
function candidate(shell: NodeShell, port: string, spec: PortSpec): string | undefined {
  const found: string[] = [];
  for (const [name, other] of shell.scope.shells) {
    if (other.kind !== 'node' || other === shell) continue;
    for (const [out, theirs] of Object.entries(other.entry.out)) {
      const same = spec.contract !== undefined && theirs.contract === spec.contract;
      if (same || (out === port && theirs.kind === spec.kind)) found.push(`${name}.${out}`);
    }
  }
  return found.length === 1 ? `such as in: { ${port}: ${found[0]} }` : undefined;
}
