import { reporter } from '../diag/diagnostic.js';
import type { ParamAst } from './ast.js';
import { coerce } from './coerce.js';
import { declaredType } from './declare.js';
import type { Given } from './given.js';

import type { PartShell, Scope } from './scope.js';
import { stageNames } from './shells.js';
import { constantTerm, type Term, termOf } from './terms.js';

const report = reporter({
  'graph/needs-value': 'Parameter "{name}" needs a value.',
  'graph/part-needs-value': 'Stage "{stage}" does not give "{name}", which {file} needs.',
});

/** A parameter of the pipeline that is run: what the command line, the profile or its default says. */
export function topParam(
  scope: Scope,
  param: ParamAst,
  given: Given | undefined,
): Term | undefined {
  const { problems } = scope.session;
  if (param.broken) return undefined;
  const schema = declaredType(param, scope.session.specs, problems);
  if (!schema) return undefined;
  if (given) {
    const on = { world: scope.session.specs, problems, constants: {} };
    const json = coerce(given, schema, `"${param.name}"`, on);
    return json === undefined ? undefined : constantTerm(json, schema, param.place);
  }
  if (param.optional) {
    return constantTerm(undefined, { 'x-dag': { as: 'optional', of: schema } }, param.place);
  }
  const hint = `give it a default, or a value: --set ${param.name}=…`;
  problems.add(report('graph/needs-value', param.place, { name: param.name }, { hint }));
  return undefined;
}

/** A parameter of a part: what the stage that uses it says, which may change from item to item; else its default. */
export function partParam(caller: PartShell, inner: Scope, param: ParamAst): Term | undefined {
  const { session } = inner;
  const { problems, specs } = session;
  if (param.broken) return undefined;
  const schema = declaredType(param, specs, problems);
  const entry = caller.ast.with.entries.find((e) => e.key === param.name);
  if (!schema) return undefined;
  const what = `"${param.name}" of stage "${caller.ast.name}"`;
  if (entry) {
    const names = stageNames(caller);
    const wanted = param.optional ? { 'x-dag': { as: 'optional', of: schema } as const } : schema;
    const term = termOf(entry.value, wanted, what, entry.keyPlace, {
      names,
      world: specs,
      problems,
    });
    return term && { ...term, place: param.place };
  }
  if (param.value || param.optional) return topParam(inner, param, param.value);
  const facts = { name: param.name, stage: caller.ast.name, file: inner.ast.file };
  const related = [{ message: 'it is declared here', place: param.place }];
  problems.add(report('graph/part-needs-value', caller.ast.place, facts, { related }));
  return undefined;
}
