import { reporter } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';
import { suggestion } from '../diag/suggest.js';
import type { Shape } from '../sdk/node.js';
import type { ParamSchema } from '../sdk/params.js';
import { contractOf } from './contracts.js';
import type { Graph, Stage } from './graph.js';

const report = reporter({
  'graph/no-column': 'Input "{port}" of {stage} has no column "{column}".',
  'graph/missing-column':
    'Input "{port}" of {stage} must have a column "{column}" (contract "{contract}"), and {source} does not give it.',
  'graph/column-type':
    'Column "{column}" of input "{port}" is {found}; contract "{contract}" wants {wanted}.',
});

/** Do the columns that arrive satisfy the contracts of a stage's inputs? */
export function checkInputs(
  stage: Stage,
  ins: Readonly<Record<string, Shape | undefined>>,
  contracts: Graph['contracts'],
  problems: Problems,
): void {
  for (const input of stage.inputs) {
    const shape = ins[input.port];
    const contract = input.spec.contract === undefined ? undefined : contracts[input.spec.contract];
    if (!shape || shape.open || !contract) continue;
    const found = new Map(shape.columns.map((c) => [c.name, c]));
    for (const [column, rule] of contractOf(contract).columns) {
      const facts = { port: input.port, stage: stage.path, column, contract: input.spec.contract };
      const have = found.get(column);
      if (!have && !rule.optional) {
        const source = `${input.source.stage.path}.${input.source.port}`;
        problems.add(report('graph/missing-column', input.place, { ...facts, source }));
      } else if (have && have.dtype !== rule.dtype) {
        problems.add(
          report('graph/column-type', input.place, {
            ...facts,
            found: have.dtype,
            wanted: rule.dtype,
          }),
        );
      }
    }
  }
}

/** Do the columns that parameters name exist? */
export function checkColumns(
  stage: Stage,
  params: Readonly<Record<string, unknown>>,
  ins: Readonly<Record<string, Shape | undefined>>,
  problems: Problems,
): void {
  for (const param of stage.params) {
    const schema = stage.node.params[param.name];
    const named = schema && columnParam(schema);
    if (!named || param.dims.length > 0 || param.rounds.length > 0) continue;
    const shape = ins[named];
    if (!shape || shape.open) continue;
    const legal = shape.columns.map((c) => c.name);
    const value = params[param.name];
    for (const column of Array.isArray(value) ? value : [value]) {
      if (typeof column !== 'string' || legal.includes(column)) continue;
      const facts = { port: named, stage: stage.path, column };
      problems.add(
        report('graph/no-column', param.place, facts, { hint: suggestion(column, legal) }),
      );
    }
  }
}

function columnParam(schema: ParamSchema): string | undefined {
  const type = schema['x-dag'];
  if (type.as === 'column' || type.as === 'columns') return type.port;
  return type.as === 'optional' ? columnParam(type.of) : undefined;
}
