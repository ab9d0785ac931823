import { type Place, reporter } from '../diag/diagnostic.js';
import { suggestion } from '../diag/suggest.js';
import type { ParamSchema } from '../sdk/params.js';
import { attempt } from './attempt.js';
import type { Given } from './given.js';
import type { Binding, Dimension, Param, Point } from './graph.js';
import type { NodeShell, PartShell } from './scope.js';
import { type Names, type Round, type Term, termOf } from './terms.js';

const report = reporter({
  'graph/unknown-param': '{owner} has no parameter "{param}".',
  'graph/missing-param': 'Stage "{stage}" does not give "{param}", which node "{node}" needs.',
});

/** Values are checked at every point ahead of the run only up to this many. */
const MAX_PROBED = 4096;

/** The parameters of a node stage: what `with` says, and defaults for the rest. */
export function paramsOfStage(
  shell: NodeShell,
  names: Names,
  rounds: readonly Round[],
): readonly Param[] {
  const { ast, scope, entry } = shell;
  const { problems } = scope.session;
  checkUnknown(shell, Object.keys(entry.params), `Node "${entry.type}"`);
  return Object.entries(entry.params).flatMap(([name, schema]): readonly Param[] => {
    const given = ast.with.entries.find((e) => e.key === name);
    if (given) return param(shell, name, given.value, given.keyPlace, schema, names, rounds);
    if (schema.default !== undefined) {
      const data: Given = { kind: 'data', json: schema.default, place: ast.place };
      return param(shell, name, data, ast.place, schema, names, rounds);
    }
    if (schema['x-dag'].as === 'optional') return [];
    const facts = { stage: ast.name, param: name, node: entry.type };
    const hint = `with: { ${name}: … }`;
    problems.add(report('graph/missing-param', ast.place, facts, { hint }));
    return [];
  });
}

/** Report what `with` gives and nobody takes. */
export function checkUnknown(
  shell: NodeShell | PartShell,
  legal: readonly string[],
  owner: string,
): void {
  const { problems } = shell.scope.session;
  for (const { key, keyPlace } of shell.ast.with.entries) {
    if (legal.includes(key)) continue;
    const hint = suggestion(key, legal);
    problems.add(report('graph/unknown-param', keyPlace, { owner, param: key }, { hint }));
  }
}

function param(
  shell: NodeShell,
  name: string,
  given: Given,
  place: Place,
  schema: ParamSchema,
  names: Names,
  rounds: readonly Round[],
): readonly Param[] {
  const { ast, scope } = shell;
  const { specs: world, problems } = scope.session;
  const what = `"${name}" of stage "${ast.name}"`;
  const term = termOf(given, schema, what, place, { names, world, problems });
  if (!term) return [];
  for (const { binding, round } of cases(term, rounds)) {
    attempt(problems, () => term.at(binding, round));
  }
  const isAbsent = term.dims.length === 0 && term.rounds.length === 0 && absent(term);
  return isAbsent ? [] : [{ ...term, name, place }];
}

function absent(term: Term): boolean {
  return term.at(new Map(), {}) === undefined;
}

interface Case {
  readonly binding: Binding;
  readonly round: Round;
}

/** Every point and round at which the value can be looked at now; constants were looked at when they were made. */
function cases(term: Term, rounds: readonly Round[]): readonly Case[] {
  if (term.dims.length === 0 && term.rounds.length === 0) return [];
  const known = term.dims.every(
    (d) => d.points.kind === 'static' && d.depends.length === 0 && !d.where,
  );
  if (!known) return [];
  let bindings: readonly Binding[] = [new Map()];
  for (const dimension of term.dims) {
    bindings = bindings.flatMap((b) =>
      pointsOf(dimension).map((p) => new Map(b).set(dimension, p)),
    );
    if (bindings.length > MAX_PROBED) return [];
  }
  const loops = term.rounds.length === 0 ? [{}] : rounds;
  return bindings.flatMap((binding) => loops.map((round) => ({ binding, round })));
}

function pointsOf({ points }: Dimension): readonly Point[] {
  return points.kind === 'static' ? points.at(new Map()) : [];
}
