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
    'Input "{port}" of {stage} must have {columns} (contract "{contract}"), and {source} does not give {them}.',
  'graph/no-table':
    'Input "{port}" of {stage} needs {source}, which is not given with these parameters.',
  'graph/column-type':
    'Column "{column}" of input "{port}" is {found}; contract "{contract}" wants {wanted}.',
});

/** A table that is not there for these parameters, where one is needed and nothing else decides whether the stage runs. */
export function unmet(stage: Stage, input: Input): readonly Diagnostic[] {
  if (input.spec.optional || input.spec.many?.min === 0 || stage.when.length > 0) return [];
  const source = `${input.source.stage.path}.${input.source.port}`;
  const facts = { port: input.port, stage: stage.path, source };
  return [
    report('graph/no-table', input.place, facts, {
      hint: 'choose parameters that give it, or make the stage conditional with `when:`',
    }),
  ];
}

/**
 * Do the columns that arrive satisfy the contracts of a stage's inputs? A column of the contract that the stage does not read may be
 * left out on the way.
 * @param reads  by port the columns it reads; all where nothing is told
 */
export function checkInputs(
  stage: Stage,
  ins: Readonly<Record<string, Shape | undefined>>,
  contracts: Graph['contracts'],
  reads: Readonly<Record<string, readonly string[] | undefined>>,
  problems: Problems,
): void {
  for (const input of stage.inputs) {
    const shape = ins[input.port];
    const contract = input.spec.contract === undefined ? undefined : contracts[input.spec.contract];
    if (!shape || shape.open || !contract) continue;
    problems.add(...breaches(stage, input, shape, contractOf(contract), reads[input.port]));
  }
}

function breaches(
  stage: Stage,
  input: Input,
  shape: Shape,
  contract: Contract,
  read: readonly string[] | undefined,
): readonly Diagnostic[] {
  const found = new Map(shape.columns.map((c) => [c.name, c]));
  const facts = { port: input.port, stage: stage.path, contract: input.spec.contract };
  const rules = [...contract.columns];
  const missing = rules.filter(
    ([column, rule]) => !rule.optional && !found.has(column) && (!read || read.includes(column)),
  );
  const others = rules.flatMap(([column, rule]): readonly Diagnostic[] => {
    const have = found.get(column);
    if (!have || have.dtype === rule.dtype) return [];
    const types = { column, found: have.dtype, wanted: rule.dtype };
    return [report('graph/column-type', input.place, { ...facts, ...types })];
  });
  if (missing.length === 0) return others;
  const source = `${input.source.stage.path}.${input.source.port}`;
  const names = missing.map(([column]) => `"${column}"`);
  const columns = `${names.length === 1 ? 'a column' : 'columns'} ${names.join(', ')}`;
  const lacks = { ...facts, columns, source, them: names.length === 1 ? 'it' : 'them' };
  return [report('graph/missing-column', input.place, lacks), ...others];
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
