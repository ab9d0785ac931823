import { type Place, reporter } from '../diag/diagnostic.js';
import { suggestion } from '../diag/suggest.js';
import type { PortKind } from '../sdk/port.js';
import type { InAst } from './ast.js';
import { contractIds } from './contract-files.js';
import type { Dimension } from './graph.js';
import type { InPort, Scope, Wire } from './scope.js';
import { freeDims } from './select.js';
import { wireOf } from './wires.js';

const report = reporter({
  'graph/unbound-in': 'Stage "{stage}" does not bind input "{name}" of {file}.',
  'graph/top-in': 'Input "{name}" has nobody to bind it: this pipeline is a part.',
  'graph/unknown-port-type': 'There is no type of port "{type}".',
  'graph/in-kind': 'Input "{name}" of {file} takes a {wanted}, and "{ref}" is a {found}.',
  'graph/in-contract': 'Input "{name}" of {file} takes "{wanted}", and "{ref}" is "{found}".',
  'graph/per-missing':
    'Input "{name}" of {file} takes one value for every "{dimension}", and "{ref}" has none.',
  'graph/per-clash': '"{dimension}" of input "{name}" is not the same as that of input "{other}".',
});

const KINDS: readonly PortKind[] = ['frame', 'json', 'scalar', 'file', 'model'];

/** An input of a part: what the stage that uses it binds, held against the declared type. */
export function resolveIn(scope: Scope, ast: InAst): InPort | undefined {
  const { session, caller } = scope;
  const { problems } = session;
  const port = { optional: ast.optional, place: ast.place };
  const declared = declaredPort(scope, ast);
  const binding = caller?.ast.in.find((wire) => wire.name === ast.name);
  if (!caller || !binding) {
    if (!ast.optional) unbound(scope, ast);
    return { ...port, wire: undefined, broken: !ast.optional };
  }
  const { ref } = binding;
  const wire = ref && wireOf(caller.scope, ref, ast.name);
  if (wire === 'unbound') {
    if (!ast.optional) unbound(scope, ast);
    return { ...port, wire: undefined, broken: !ast.optional };
  }
  if (!ref || !wire || !declared) return { ...port, wire: undefined, broken: true };
  const facts = { name: ast.name, file: scope.ast.file, ref: ref.text };
  const { place } = ref;
  const related = [{ message: 'it is declared here', place: ast.place }];
  const { kind, contract } = declared;
  if (kind !== wire.spec.kind) {
    const kinds = { ...facts, wanted: kind, found: wire.spec.kind };
    problems.add(report('graph/in-kind', place, kinds, { related }));
    return { ...port, wire: undefined, broken: true };
  }
  if (contract !== undefined && wire.contract !== undefined && contract !== wire.contract) {
    const contracts = { ...facts, wanted: contract, found: wire.contract };
    problems.add(report('graph/in-contract', place, contracts, { related }));
    return { ...port, wire: undefined, broken: true };
  }
  checkPer(scope, ast, wire, ref.text);
  return { ...port, wire: { ...wire, contract: wire.contract ?? contract }, broken: false };
}

function unbound(scope: Scope, ast: InAst): void {
  const { session, caller } = scope;
  const facts = { name: ast.name, stage: caller?.ast.name, file: scope.ast.file };
  if (caller?.ast.inBroken) return;
  if (caller) {
    const related = [{ message: 'it is declared here', place: ast.place }];
    session.problems.add(report('graph/unbound-in', caller.ast.place, facts, { related }));
    return;
  }
  const hint = 'run a pipeline that uses it';
  session.problems.add(report('graph/top-in', ast.place, facts, { hint }));
}

/** A kind of port, or a frame with the contract of that id. */
function declaredPort(
  scope: Scope,
  { type }: InAst,
): { readonly kind: PortKind; readonly contract: string | undefined } | undefined {
  if (!type) return undefined;
  const kind = KINDS.find((k) => k === type.name);
  if (kind) return { kind, contract: undefined };
  const contracts = contractIds(scope.session);
  if (contracts.has(type.name)) return { kind: 'frame', contract: type.name };
  const hint = suggestion(type.name, [...KINDS, ...contracts.keys()]);
  const facts = { type: type.name };
  scope.session.problems.add(report('graph/unknown-port-type', type.place, facts, { hint }));
  return undefined;
}

/** `per` promises stages inside that they can go over these dimensions. */
function checkPer(scope: Scope, ast: InAst, wire: Wire, ref: string): void {
  const { problems } = scope.session;
  const free = freeDims(wire).filter((d) => !scope.enclosing().includes(d));
  for (const { name, place } of ast.per) {
    const dimension = free.find((d) => d.name === name);
    if (!dimension) {
      const facts = { name: ast.name, file: scope.ast.file, dimension: name, ref };
      const related = [{ message: 'it is declared here', place }];
      const around = scope.enclosing().some((d) => d.name === name);
      const hint = around
        ? `stage "${scope.caller?.ast.name}" goes over "${name}" itself: leave it out of its foreach`
        : undefined;
      const at = scope.caller?.ast.in.find((w) => w.name === ast.name)?.ref?.place ?? place;
      problems.add(report('graph/per-missing', at, facts, { hint, related }));
      continue;
    }
    checkSame(scope, ast, dimension, place);
  }
}

/** Two inputs that come per the same dimension must mean the same axis. */
function checkSame(scope: Scope, ast: InAst, dimension: Dimension, place: Place): void {
  const { ins } = scope.ast;
  for (const other of ins.slice(0, ins.indexOf(ast))) {
    if (!other.per.some((p) => p.name === dimension.name)) continue;
    const dims = scope.inPort(other.name)?.wire?.source.stage.dims;
    const theirs = dims?.find((d) => d.name === dimension.name);
    if (!theirs || theirs === dimension) continue;
    const facts = { name: ast.name, dimension: dimension.name, other: other.name };
    scope.session.problems.add(report('graph/per-clash', place, facts));
  }
}
