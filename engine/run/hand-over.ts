import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import { check, describe } from '../frame/contract.js';
import { type Frame, isFrame } from '../frame/frame.js';
import { contractOf } from '../graph/contracts.js';
import type { Validate } from '../sdk/json-schema.js';
import type { PortSpec } from '../sdk/port.js';
import type { Value } from '../store/value.js';
import { isFile } from './file-value.js';
import type { Task } from './task.js';

const report = reporter({
  'node/no-output': '{item}: {node} gave nothing at its output "{port}".',
  'node/unknown-output': '{item}: {node} gave "{port}", which is none of its outputs.',
  'node/wrong-output': '{item}: output "{port}" of {node} must be {expected}, not {found}.',
  'node/schema': '{item}: "{port}" of {node} does not satisfy its schema: {problem}.',
});

/** Everything that is wrong with what stands at a port: its kind, its contract, its schema. */
export function checkValue(
  value: Value,
  port: string,
  spec: PortSpec,
  task: Task,
  validate: Validate,
): readonly Diagnostic[] {
  const facts = { item: task.item, node: task.node, port };
  const wrong = (expected: string) => [
    report('node/wrong-output', task.place, { ...facts, expected, found: nameOf(value) }),
  ];
  switch (spec.kind) {
    case 'frame':
      return isFrame(value) ? breaches(value, port, spec, task) : wrong('a frame');
    case 'scalar':
      return typeof value === 'object' && value !== null
        ? wrong('a number, boolean, text or null')
        : [];
    case 'json': {
      if (isFrame(value) || isFile(value)) return wrong('plain data');
      if (!spec.schema) return [];
      return validate(spec.schema, value).map((problem) =>
        report('node/schema', task.place, { ...facts, problem }),
      );
    }
    default:
      return isFile(value) ? [] : wrong('a file (name and bytes)');
  }
}

function breaches(frame: Frame, port: string, spec: PortSpec, task: Task): readonly Diagnostic[] {
  const json = spec.contract === undefined ? undefined : task.contracts[spec.contract];
  if (!json) return [];
  const contract = contractOf(json);
  return check(frame, contract).map((breach) => {
    const d = describe(breach, contract);
    return {
      ...d,
      message: `${task.item}, port "${port}": ${d.message}`,
      place: task.place,
      facts: { ...d.facts, item: task.item, node: task.node, port },
    };
  });
}

/** Outputs that are not declared, or declared and absent. */
export function checkPorts(
  given: Readonly<Record<string, unknown>>,
  declared: Readonly<Record<string, PortSpec>>,
  task: Task,
): readonly Diagnostic[] {
  const facts = { item: task.item, node: task.node };
  const absent = Object.entries(declared).flatMap(([port, spec]) =>
    given[port] === undefined && !spec.optional ? [port] : [],
  );
  const unknown = Object.keys(given).filter((port) => !(port in declared));
  return [
    ...absent.map((port) => report('node/no-output', task.place, { ...facts, port })),
    ...unknown.map((port) => report('node/unknown-output', task.place, { ...facts, port })),
  ];
}

function nameOf(value: unknown): string {
  if (isFrame(value)) return 'a frame';
  if (isFile(value)) return 'a file';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value;
}
