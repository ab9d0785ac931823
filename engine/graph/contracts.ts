import { refuse } from '../diag/refusal.js';
import { type Contract, readContract } from '../frame/contract.js';
import type { ColumnShape, Shape } from '../sdk/node.js';
import type { PortSpec } from '../sdk/port.js';
import type { JsonObject } from '../yaml/value.js';

const read = new WeakMap<JsonObject, Contract>();

/** The contract in the plain data of its file; read once. @throws Refusal with what is wrong with the file. */
export function contractOf(json: JsonObject): Contract {
  const known = read.get(json);
  if (known) return known;
  const { contract, problems } = readContract(json);
  if (!contract) refuse(...problems);
  read.set(json, contract);
  return contract;
}

const shapes = new WeakMap<Contract, Shape>();

/** The columns that a port promises by its contract alone: others may come, but nobody can count on them. */
export function contractShape(
  port: PortSpec,
  contracts: Readonly<Record<string, JsonObject>>,
): Shape | undefined {
  const json = port.contract === undefined ? undefined : contracts[port.contract];
  if (port.kind !== 'frame' || !json) return undefined;
  const contract = contractOf(json);
  const known = shapes.get(contract);
  if (known) return known;
  const shape = {
    columns: [...contract.columns]
      .filter(([, rule]) => !rule.optional)
      .map(([name]) => columnShape(name, contract)),
  };
  shapes.set(contract, shape);
  return shape;
}

/** A column as its contract declares it: type, unit, and how long after its row's close it becomes known. */
export function columnShape(name: string, contract: Contract): ColumnShape {
  const rule = contract.columns.get(name);
  return {
    name,
    dtype: rule?.dtype ?? 'f64',
    taint: 'feature',
    delay: delayOf(name, contract),
    ...(rule?.unit === undefined ? {} : { unit: rule.unit }),
  };
}

/** Milliseconds between the close of a row (its stamp plus the spacing) and the moment the column is known. */
function delayOf(name: string, contract: Contract): number {
  const available = contract.columns.get(name)?.available ?? contract.available;
  if (available?.kind !== 'after') return 0;
  return available.plus - (contract.spacing?.every ?? 0);
}
