import { Refusal } from '../diag/refusal.js';
import { loadValidator, type Validate } from '../sdk/json-schema.js';
import type { NodePlugin } from '../sdk/node.js';
import { revive } from '../sdk/revive.js';
import type { Objects } from '../store/object.js';
import type { Stored } from '../store/stored.js';
import { type Value, writeValue } from '../store/value.js';
import { TaskContext } from './context.js';
import { problemsOf } from './failure.js';
import { checkPorts, checkValue } from './hand-over.js';
import { type ReadColumn, Reader } from './read.js';
import type { Task, TaskEvent, TaskResult } from './task.js';

/** What an execution needs of its thread. */
export interface ExecuteHost {
  load(type: string): Promise<NodePlugin>;
  readonly objects: Objects;
  readonly read: ReadColumn;
  emit(event: TaskEvent): void;
}

/**
 * Execute one task: load the node, read what it reads, check the hand-over, run, check what it gives, write it.
 * Never throws: what goes wrong is a result.
 */
export async function execute(
  task: Task,
  host: ExecuteHost,
  signal: AbortSignal,
): Promise<TaskResult> {
  let context: TaskContext | undefined;
  let plugin: NodePlugin | undefined;
  try {
    plugin = await host.load(task.node);
    context = new TaskContext(task, plugin, signal, (event) => host.emit(event));
    return await steps(task, plugin, context, host);
  } catch (thrown) {
    if (signal.aborted) return { kind: 'cancelled' };
    const problems = problemsOf(thrown, task.item, task.node, task.place);
    const log = context?.lines ?? [];
    if (thrown instanceof Error && !(thrown instanceof Refusal))
      log.push(thrown.stack ?? thrown.message);
    const transient = problems.every((p) => plugin?.transient?.includes(p.code) ?? false);
    return { kind: 'failed', problems, transient, log };
  }
}

async function steps(
  task: Task,
  plugin: NodePlugin,
  context: TaskContext,
  host: ExecuteHost,
): Promise<TaskResult> {
  const began = performance.now();
  const reader = new Reader(host.objects, host.read);
  const ins = Object.fromEntries(task.inputs.map((input) => [input.port, reader.port(input)]));
  if (reader.lost.length > 0) return { kind: 'damaged', objects: reader.lost };
  const validate = hasSchema(plugin) ? await loadValidator() : noSchema;
  checkInputs(task, plugin, ins, validate);
  const params = Object.fromEntries(
    Object.entries(task.params).map(([name, json]) => {
      const schema = plugin.params[name];
      return [name, schema ? revive(schema, json) : json];
    }),
  );
  const read = performance.now();
  const given = await plugin.run(ins, params, context);
  if (context.signal.aborted) return { kind: 'cancelled' };
  const ran = performance.now();
  const outputs = handOver(task, plugin, given, host, validate);
  const timings = { read: read - began, user: ran - read, write: performance.now() - ran };
  return { kind: 'given', outputs, timings, warnings: context.warnings, log: context.lines };
}

/** Inputs whose producer made no promise are held to the contract of the port they reach. */
function checkInputs(
  task: Task,
  plugin: NodePlugin,
  ins: Readonly<Record<string, unknown>>,
  validate: Validate,
): void {
  const problems = Object.entries(plugin.in).flatMap(([port, spec]) => {
    const input = task.inputs.find((i) => i.port === port);
    if (!input || input.promised === spec.contract || input.columns) return [];
    const value = ins[port];
    const values = Array.isArray(value) && spec.many ? value.map((v) => v.value) : [value];
    return values.flatMap((v) => checkValue(v, port, spec, task, validate));
  });
  if (problems.length > 0) throw new Refusal(problems);
}

function handOver(
  task: Task,
  plugin: NodePlugin,
  given: Readonly<Record<string, unknown>>,
  host: ExecuteHost,
  validate: Validate,
): Readonly<Record<string, Stored>> {
  const problems = [...checkPorts(given, plugin.out, task)];
  const values = given as Readonly<Record<string, Value>>; // `checkValue` finds out what they really are
  for (const [port, spec] of Object.entries(plugin.out)) {
    const value = values[port];
    if (value !== undefined)
      problems.push(...checkValue(scalar(value), port, spec, task, validate));
  }
  if (problems.length > 0) throw new Refusal(problems);
  const outputs: Record<string, Stored> = {};
  for (const [port, spec] of Object.entries(plugin.out)) {
    const value = values[port];
    if (value !== undefined) outputs[port] = writeValue(host.objects, spec.kind, scalar(value));
  }
  return outputs;
}

function hasSchema(plugin: NodePlugin): boolean {
  return [...Object.values(plugin.in), ...Object.values(plugin.out)].some((spec) => spec.schema);
}

const noSchema: Validate = () => [];

/** A number that is not known crosses ports as null. */
function scalar(value: Value): Value {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}
