import type { Diagnostic } from '../diag/diagnostic.js';
import type { Contract } from '../frame/contract.js';
import { type Frame, isFrame } from '../frame/frame.js';
import { contractOf } from '../graph/contracts.js';
import type { Entry } from '../plan/entry.js';
import type { PortInput } from '../plan/key.js';
import type { Compiled } from '../run/compile.js';
import { TaskContext } from '../run/context.js';
import { problemsOf } from '../run/failure.js';
import type { Project } from '../run/project.js';
import type { Task } from '../run/task.js';
import type { NodePlugin } from '../sdk/node.js';
import type { ParamSchema } from '../sdk/params.js';
import { revive } from '../sdk/revive.js';
import type { Stored } from '../store/stored.js';
import { readValue, type Value } from '../store/value.js';
import { authorColumns } from './authors.js';
import { specsOf } from './choose.js';
import { knownTimes, tellingColumns } from './known.js';
import type { Given, Output, Subject, Table } from './subject.js';

/** One value at a port: a table whose rows have times, or anything else, which every run gets as it is. */
interface Piece {
  readonly input: PortInput;
  readonly at: Readonly<Record<string, string>>;
  readonly table: Table | undefined;
  readonly value: Value;
}

/** An item of a pipeline that has run, ready to be run again in this process on other rows. */
export async function subjectOf(
  project: Project,
  compiled: Compiled,
  entry: Entry,
  task: Task,
): Promise<Subject> {
  const plugin = await project.plugins.load(task.node);
  const pieces = task.inputs.flatMap((input) => piecesOf(project, compiled, plugin, input));
  const tables = pieces.flatMap(({ table }) => table ?? []);
  const params = revived(plugin, task);
  return {
    item: entry.name,
    node: task.node,
    time: plugin.time,
    tables,
    carries: carriesReach(compiled, entry),
    outputs: outputsOf(compiled, entry, task, plugin, tables),
    run: (frames) => runOn(plugin, task, params, withFrames(task, pieces, frames)),
  };
}

function carriesReach({ shapes }: Compiled, { stage, binding }: Entry): boolean {
  return stage.inputs.some((input) => {
    const columns = shapes.input(input, binding)?.columns ?? [];
    return columns.some((c) => (c.facts?.reach ?? 0) > 0);
  });
}

/** The parameters as `run` gets them. */
export function revived(plugin: NodePlugin, task: Task): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(task.params).map(([name, json]) => {
      const schema: ParamSchema | undefined = plugin.params[name];
      return [name, schema ? revive(schema, json) : json];
    }),
  );
}

/** Run a node in this process; what it refuses, and how it breaks, are results. */
export async function runOn(
  plugin: NodePlugin,
  task: Task,
  params: Readonly<Record<string, unknown>>,
  ins: Readonly<Record<string, unknown>>,
): Promise<Given> {
  const context = new TaskContext(task, plugin, new AbortController().signal, () => {});
  try {
    const given = await plugin.run(ins, params, context);
    const frames = Object.entries(given).filter((e): e is [string, Frame] => isFrame(e[1]));
    return { kind: 'given', frames: Object.fromEntries(frames) };
  } catch (thrown) {
    const problems: readonly Diagnostic[] = problemsOf(thrown, task.item, task.node, task.place);
    return { kind: 'refused', problems };
  }
}

function piecesOf(
  project: Project,
  compiled: Compiled,
  plugin: NodePlugin,
  input: PortInput,
): readonly Piece[] {
  const contract = contractAt(compiled, plugin.in[input.port]?.contract ?? input.promised);
  return input.items.map(({ at, label, stored }) => {
    const value = read(project, stored, columnsWith(stored, input.columns, contract));
    const table =
      contract && isFrame(value) && knownTimes(value, contract)
        ? { port: input.port, label, frame: value, contract }
        : undefined;
    return { input, at, table, value };
  });
}

/** The columns that are read, and those that tell when rows are known. */
function columnsWith(
  stored: Stored,
  columns: readonly string[] | undefined,
  contract: Contract | undefined,
): readonly string[] | undefined {
  if (!columns || stored.kind !== 'frame') return undefined;
  const there = new Set(stored.columns.map((c) => c.name));
  const telling = contract ? tellingColumns(contract) : [];
  return [...new Set([...columns, ...telling])].filter((name) => there.has(name));
}

function read(project: Project, stored: Stored, columns: readonly string[] | undefined): Value {
  const found = readValue(project.store.objects, stored, columns);
  if (found.state === 'ok') return found.value;
  throw new Error(`${found.objects.length} objects are lost; run the pipeline again`);
}

/** The inputs of a run: the given frames in place of the tables, each with the columns the node reads. */
function withFrames(
  task: Task,
  pieces: readonly Piece[],
  frames: readonly Frame[],
): Readonly<Record<string, unknown>> {
  let next = 0;
  const values = pieces.map((piece) => {
    const value = piece.table ? frames[next++] : piece.value;
    const { columns } = piece.input;
    return isFrame(value) && columns ? value.select(columns.filter((c) => value.has(c))) : value;
  });
  const ins = task.inputs.map((input) => {
    const own = pieces.flatMap((piece, i) =>
      piece.input === input ? [{ at: piece.at, value: values[i] }] : [],
    );
    return [input.port, input.many ? own : own[0]?.value];
  });
  return Object.fromEntries(ins);
}

function outputsOf(
  compiled: Compiled,
  entry: Entry,
  task: Task,
  plugin: NodePlugin,
  tables: readonly Table[],
): readonly Output[] {
  const shapes = compiled.shapes.of(entry.stage, entry.binding).outs;
  const specs = specsOf(entry, task);
  return Object.entries(plugin.out).flatMap(([port, spec]): Output[] => {
    if (spec.kind !== 'frame') return [];
    const columns = new Map(shapes[port]?.columns.map((c) => [c.name, c]));
    // A table without a contract of its own has the rows, and so the times, of the only one that came in.
    const contract =
      contractAt(compiled, spec.contract) ??
      (tables.length === 1 ? tables[0]?.contract : undefined);
    const window = plugin.windows?.includes(port) ?? false;
    return [{ port, contract, columns, window, authors: authorColumns(contract, specs) }];
  });
}

function contractAt(compiled: Compiled, id: string | undefined): Contract | undefined {
  const json = id === undefined ? undefined : compiled.graph.contracts[id];
  return json && contractOf(json);
}
