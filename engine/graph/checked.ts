import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import { Refusal } from '../diag/refusal.js';
import { bind } from '../expr/bind.js';
import { type CheckPort, evaluateCheck } from '../expr/check.js';
import { reducerOf } from '../expr/reduce.js';
import { childrenOf, type Tree, withParts } from '../expr/tree.js';
import type { Json } from '../yaml/value.js';
import type { Binding, Check, CheckName, Graph, Stage } from './graph.js';
import { samplePort } from './sample.js';
import type { ShapeCache } from './shapes.js';
import { firstBinding, staticBindings } from './statics.js';
import { ROUND_PORTS } from './wires.js';

/*
 * A check formula is tried before anything runs, on values that have the types its ports will have:
 * 1. Every port it names gets one row, or one value, of the types that shapes, contracts and schemas promise.
 * 2. What nobody can know yet is taken out of the formula and stands as missing, which goes with every type.
 * 3. The formula is evaluated as a run would; only what is said about names and types is kept, the value is not.
 */

const report = reporter({
  'graph/check-value': '`{text}` must be true or false, but it gives {found}.',
});

/** What is wrong with the check formulas of a graph, as far as the types of ports tell. */
export function checkedTypes(graph: Graph, shapes: ShapeCache): readonly Diagnostic[] {
  return graph.stages.flatMap((stage) => {
    const until = stage.repeat ? [stage.repeat.until] : [];
    const checks = [...stage.when, ...until, ...stage.expect];
    if (checks.length === 0) return [];
    return staticBindings(shapes.relevant(stage)).flatMap((binding) =>
      checks.flatMap((check) => tried(check, stage, binding, shapes)),
    );
  });
}

function tried(
  check: Check,
  stage: Stage,
  binding: Binding,
  shapes: ShapeCache,
): readonly Diagnostic[] {
  const bound = withParams(check, stage);
  if (!bound) return [];
  const ports: Record<string, CheckPort> = {};
  for (const [name, means] of Object.entries(check.names)) {
    const port = portOf(means, stage, binding, shapes);
    if (port) ports[name] = port;
  }
  try {
    const value = evaluateCheck(known(bound, ports), ports);
    if (value === null || typeof value === 'boolean') return [];
    const found = `a ${typeof value === 'string' ? 'text' : 'number'}`;
    return [report('graph/check-value', check.place, { text: check.text, found })];
  } catch (error) {
    if (error instanceof Refusal) return error.diagnostics;
    throw error;
  }
}

/** One value of the type a name has; undefined where that is not known before a run. */
function portOf(
  means: CheckName,
  stage: Stage,
  binding: Binding,
  shapes: ShapeCache,
): CheckPort | undefined {
  if (means.kind === 'dimension') return undefined;
  if (means.kind === 'wire') {
    return samplePort(means.input.spec, shapes.input(means.input, binding));
  }
  if (means.kind === 'out') {
    if (Object.hasOwn(ROUND_PORTS, means.port)) return roundPort(means.port);
    const spec = stage.node.out[means.port];
    return spec && samplePort(spec, shapes.of(stage, binding).outs[means.port]);
  }
  const input = stage.inputs.find((i) => i.port === means.port);
  return input && samplePort(input.spec, shapes.input(input, binding));
}

function roundPort(port: string): CheckPort {
  return { kind: 'scalar', value: port === 'settled' ? true : 1 };
}

/** The tree with the `$names` bound that have a value before a run; undefined where one has none. */
function withParams(check: Check, stage: Stage): Tree | undefined {
  if (check.params.length === 0) return check.tree;
  const binding = firstBinding(stage.dims);
  const round = Object.fromEntries(
    Object.entries(stage.repeat?.over ?? {}).flatMap(([name, values]): [string, Json][] => {
      const [value] = values;
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const constants: Record<string, Json> = {};
  for (const param of check.params) {
    const told = param.dims.every((d) => binding.has(d)) && param.rounds.every((r) => r in round);
    const value = told ? param.at(binding, round) : undefined;
    if (value === undefined) return undefined;
    constants[param.name] = value;
  }
  // What is wrong with a value is told where it is bound: at the item that has it.
  const wrong: Diagnostic[] = [];
  const tree = bind(check.tree, constants, (problem) => wrong.push(problem));
  return wrong.length > 0 ? undefined : tree;
}

/** The tree without what nobody knows: names of unknown ports, and reductions over rows whose types are not known. */
function known(tree: Tree, ports: Readonly<Record<string, CheckPort>>): Tree {
  const { place } = tree;
  if (tree.kind === 'name') return unknown(tree, ports) ? { kind: 'missing', place } : tree;
  const reducer = tree.kind === 'call' ? reducerOf(tree) : undefined;
  if (reducer === 'rows') return mentions(tree, ports) ? { kind: 'missing', place } : tree;
  if (reducer !== undefined && mentions(tree, ports)) return { kind: 'missing', place };
  return withParts(tree, (part) => known(part, ports));
}

function mentions(tree: Tree, ports: Readonly<Record<string, CheckPort>>): boolean {
  return unknown(tree, ports) || childrenOf(tree).some((part) => mentions(part, ports));
}

function unknown(tree: Tree, ports: Readonly<Record<string, CheckPort>>): boolean {
  return tree.kind === 'name' && !Object.hasOwn(ports, tree.of ?? tree.name);
}
