import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';
import { suggestion } from '../diag/suggest.js';
import type { Contract } from '../frame/contract.js';
import type { Shape } from '../sdk/node.js';
import type { ParamSchema } from '../sdk/params.js';
import { contractOf } from './contracts.js';
import type { Graph, Input, Stage } from './graph.js';

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
    problems.add(...breaches(stage, input, shape, contractOf(contract)));
  }
}

function breaches(
  stage: Stage,
  input: Input,
  shape: Shape,
  contract: Contract,
): readonly Diagnostic[] {
  const found = new Map(shape.columns.map((c) => [c.name, c]));
  return [...contract.columns].flatMap(([column, rule]) => {
    const facts = { port: input.port, stage: stage.path, column, contract: input.spec.contract };
    const have = found.get(column);
    if (!have) {
      if (rule.optional) return [];
      const source = `${input.source.stage.path}.${input.source.port}`;
      return [report('graph/missing-column', input.place, { ...facts, source })];
    }
    if (have.dtype === rule.dtype) return [];
    const types = { found: have.dtype, wanted: rule.dtype };
    return [report('graph/column-type', input.place, { ...facts, ...types })];
  });
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
    const port = schema && columnParam(schema);
    if (!port || param.dims.length > 0 || param.rounds.length > 0) continue;
    const shape = ins[port];
    if (!shape || shape.open) continue;
    const legal = shape.columns.map((c) => c.name);
    const value = params[param.name];
    const named: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const column of named.filter((c) => typeof c === 'string' && !legal.includes(c))) {
      const facts = { port, stage: stage.path, column: String(column) };
      const hint = suggestion(String(column), legal);
      problems.add(report('graph/no-column', param.place, facts, { hint }));
    }
  }
}

function columnParam(schema: ParamSchema): string | undefined {
  const type = schema['x-dag'];
  if (type.as === 'column' || type.as === 'columns') return type.port;
  return type.as === 'optional' ? columnParam(type.of) : undefined;
}
