import { reporter } from '../diag/diagnostic.js';
import { suggestion } from '../diag/suggest.js';
import type { ParamSchema } from '../sdk/params.js';
import type { PortSpec } from '../sdk/port.js';
import type { Json } from '../yaml/value.js';
import type { FieldAst, NameAst, RepeatAst } from './ast.js';
import { compileCheck } from './checks.js';
import { coerce } from './coerce.js';
import { literalType } from './declare.js';
import { isList, leafText, wholeName } from './given.js';
import type { CheckName, Param, Repeat } from './graph.js';

import type { NodeShell } from './scope.js';
import { stageNames } from './shells.js';
import { type Names, type Round, roundTerm, type Term, termOf } from './terms.js';

const report = reporter({
  'graph/loop-list': 'Loop variable "{name}" needs a list with at least one value.',
  'graph/loop-varies': 'Loop variable "{name}" must have the same values in every item.',
  'graph/loop-lengths': 'Loop variables go together, and have {lengths} values.',
  'graph/loop-name': 'Loop variable "{name}" has the name of a parameter or dimension.',
  'graph/loop-unused':
    'Loop variable "{name}" is not passed to the node, so every round would be the same.',
  'graph/loop-idle':
    'Nothing changes from round to round: "repeat" has neither "over" nor "carry".',
  'graph/at-most': '"repeat" without "over" needs "at_most": it would have no end.',
  'graph/carry-in': 'Node "{node}" has no input "{port}" to carry to.',
  'graph/carry-out': 'Node "{node}" has no output "{port}" to carry.',
  'graph/carry-type':
    'Output "{out}" is {found} and cannot be carried to input "{port}", which takes {wanted}.',
});

const MAX_ROUNDS = 10_000;

/** The variables of a loop and their values round by round. */
export interface Loop {
  readonly terms: ReadonlyMap<string, Term>;
  readonly rounds: readonly Round[];
}

/** The loop variables of a stage, which its parameters may name. */
export function loopOf(shell: NodeShell): Loop {
  const terms = new Map<string, Term>();
  const lists = new Map<string, readonly Json[]>();
  const names = stageNames(shell);
  const { problems } = shell.scope.session;
  for (const variable of shell.ast.repeat?.over ?? []) {
    const { name, place } = variable;
    if (names.all.includes(name)) problems.add(report('graph/loop-name', place, { name }));
    const found = valuesOf(shell, variable, names);
    terms.set(name, roundTerm(name, found?.type, place));
    if (found) lists.set(name, found.values);
  }
  const lengths = [...lists.values()].map((l) => l.length);
  if (new Set(lengths).size > 1) {
    problems.add(report('graph/loop-lengths', shell.ast.repeat?.place, { lengths }));
    return { terms, rounds: [] };
  }
  const rounds = Array.from({ length: lengths[0] ?? 0 }, (_, i) => {
    return Object.fromEntries([...lists].map(([name, values]) => [name, values[i] ?? null]));
  });
  return { terms, rounds };
}

function valuesOf(
  shell: NodeShell,
  { name, place, value }: FieldAst,
  names: Names,
): { readonly values: readonly Json[]; readonly type: ParamSchema | undefined } | undefined {
  const { specs: world, problems } = shell.scope.session;
  const param = wholeName(leafText(value) ?? '');
  const json: ParamSchema = { 'x-dag': { as: 'list', of: { 'x-dag': { as: 'json' } } } };
  const declared = param === undefined ? literalType(value) : names.find(param)?.type;
  const schema = declared?.['x-dag'].as === 'list' ? declared : json;
  const term = termOf(value, schema, `Loop variable "${name}"`, place, { names, world, problems });
  if (!term) return undefined;
  if (term.dims.length > 0) {
    problems.add(report('graph/loop-varies', value.place, { name }));
    return undefined;
  }
  const values = term.at(new Map(), {}) ?? null;
  if (!isList(values) || values.length === 0 || values.length > MAX_ROUNDS) {
    problems.add(report('graph/loop-list', value.place, { name }));
    return undefined;
  }
  return { values, type: schema['x-dag'].as === 'list' ? schema['x-dag'].of : undefined };
}

/** `repeat:` of a stage, once its parameters are known. */
export function repeatOf(
  shell: NodeShell,
  loop: Loop,
  names: Names,
  params: readonly Param[],
): Repeat | undefined {
  const { scope, entry } = shell;
  const ast = shell.ast.repeat;
  if (!ast) return undefined;
  const { problems } = scope.session;
  for (const { name, place } of ast.over) {
    if (params.some((p) => p.rounds.includes(name))) continue;
    const hint = `with: { …: $${name} }`;
    problems.add(report('graph/loop-unused', place, { name }, { hint }));
  }
  if (ast.over.length === 0 && ast.carry.length === 0) {
    problems.add(report('graph/loop-idle', ast.place));
  }
  const meaning = (port: string): CheckName | undefined => {
    if (Object.hasOwn(entry.out, port)) return { kind: 'out', port };
    return shell.ast.in.some((w) => w.name === port) ? { kind: 'in', port } : undefined;
  };
  const legal = [...Object.keys(entry.out), ...shell.ast.in.map((w) => w.name)];
  const until = compileCheck(ast.until, scope, names, meaning, legal);
  const atMost = boundOf(shell, ast, loop);
  const carry = carryOf(shell, ast);
  if (!until || atMost === undefined) return undefined;
  const over = ast.over.length === 0 ? undefined : valuesByName(loop);
  return { over, atMost, until, carry, place: ast.place };
}

function valuesByName({ terms, rounds }: Loop): Readonly<Record<string, readonly Json[]>> {
  return Object.fromEntries([...terms.keys()].map((n) => [n, rounds.map((r) => r[n] ?? null)]));
}

function boundOf(shell: NodeShell, ast: RepeatAst, loop: Loop): number | undefined {
  const { specs: world, problems } = shell.scope.session;
  const all = loop.rounds.length;
  if (!ast.atMost) {
    if (ast.over.length > 0) return all;
    problems.add(report('graph/at-most', ast.place, {}, { hint: 'at_most: 20' }));
    return undefined;
  }
  const schema: ParamSchema = { 'x-dag': { as: 'integer', min: 1, max: MAX_ROUNDS } };
  const json = coerce(ast.atMost, schema, '"at_most"', { world, problems, constants: {} });
  if (typeof json !== 'number') return undefined;
  return ast.over.length > 0 ? Math.min(json, all) : json;
}

/** `carry:` feeds an output of one round to an input of the next, so their types must agree. */
function carryOf(shell: NodeShell, ast: RepeatAst): Readonly<Record<string, string>> {
  const carry: Record<string, string> = {};
  for (const { name, place, out } of ast.carry) {
    const [to, from] = carryPorts(shell, { name, place }, out);
    if (to && from && carryFits(shell, name, to, out, from)) carry[name] = out.name;
  }
  return carry;
}

/** The input and the output that an entry of `carry` names. */
function carryPorts(shell: NodeShell, name: NameAst, out: NameAst) {
  const { entry, scope } = shell;
  const { problems } = scope.session;
  const node = entry.type;
  const to = Object.hasOwn(entry.in, name.name) ? entry.in[name.name] : undefined;
  const from = Object.hasOwn(entry.out, out.name) ? entry.out[out.name] : undefined;
  if (!to) {
    const hint = suggestion(name.name, Object.keys(entry.in));
    problems.add(report('graph/carry-in', name.place, { node, port: name.name }, { hint }));
  }
  if (!from) {
    const hint = suggestion(out.name, Object.keys(entry.out));
    problems.add(report('graph/carry-out', out.place, { node, port: out.name }, { hint }));
  }
  return [to, from] as const;
}

function carryFits(
  shell: NodeShell,
  port: string,
  to: PortSpec,
  out: NameAst,
  from: PortSpec,
): boolean {
  const differ =
    to.contract !== undefined && from.contract !== undefined && to.contract !== from.contract;
  if (to.kind === from.kind && !differ && !to.many) return true;
  const wanted = to.many ? 'many values' : `a ${to.contract ?? to.kind}`;
  const facts = { port, out: out.name, wanted, found: `a ${from.contract ?? from.kind}` };
  shell.scope.session.problems.add(report('graph/carry-type', out.place, facts));
  return false;
}
