import type { Place } from '../../engine/diag/diagnostic.js';
import type { Dimension, Graph, Input, Point, Stage } from '../../engine/graph/graph.js';
import type { NodeEntry } from '../../engine/sdk/catalogue.js';
import type { Time } from '../../engine/sdk/node.js';
import type { PortSpec, PortSpecs } from '../../engine/sdk/port.js';
import type { Json, JsonObject } from '../../engine/yaml/value.js';

/** Graphs written by hand, for tests of what stands between reading YAML and executing. */

export const place: Place = { file: 'test.yaml', line: 1, col: 1, length: 1 };

/** A dimension with fixed points. */
export function axis(
  name: string,
  ids: readonly string[],
  depends: readonly Dimension[] = [],
): Dimension {
  const points: readonly Point[] = ids.map((id) => ({ id, value: id }));
  return { id: name, name, place, depends, points: { kind: 'static', at: () => points } };
}

/** A dimension whose points are the rows of a port. */
export function rowsOf(name: string, stage: Stage, port: string): Dimension {
  return {
    id: name,
    name,
    place,
    depends: stage.dims,
    points: { kind: 'port', source: { stage, port } },
  };
}

export function node(
  type: string,
  more: {
    readonly time?: Time;
    readonly in?: PortSpecs;
    readonly out?: PortSpecs;
    readonly windows?: readonly string[];
    readonly effects?: NodeEntry['effects'];
  } = {},
): NodeEntry {
  const frame: PortSpec = { kind: 'frame', doc: 'Rows.' };
  return {
    type,
    file: `nodes/${type.replace('.', '/')}.ts`,
    doc: `Test node ${type}.`,
    time: more.time ?? 'row',
    in: more.in ?? {},
    out: more.out ?? { out: frame },
    params: {},
    errors: {},
    warnings: {},
    effects: more.effects ?? [],
    windows: more.windows ?? [],
    has: { shape: false, reads: false, concerns: false, files: false, within: false },
    code: { closure: `code of ${type}`, modules: {}, packages: {} },
  };
}

interface StageOptions {
  readonly dims?: readonly Dimension[];
  /** Input port → source stage and port; dimensions are aligned by identity. */
  readonly from?: Readonly<Record<string, readonly [Stage, string]>>;
  readonly params?: Readonly<Record<string, Json>>;
  readonly more?: Partial<Stage>;
}

export function stage(
  path: string,
  entry: NodeEntry,
  { dims = [], from = {}, params = {}, more = {} }: StageOptions = {},
): Stage {
  const inputs = Object.entries(from).map(([port, [source, out]]): Input => {
    const spec = entry.in[port] ?? { kind: 'frame', doc: port };
    const shared = source.dims.filter((d) => dims.includes(d));
    const gathered = source.dims.filter((d) => !dims.includes(d));
    return { port, spec, place, source: { stage: source, port: out }, fixed: [], shared, gathered };
  });
  return {
    path,
    place,
    node: entry,
    dims,
    params: Object.entries(params).map(([name, value]) => ({
      name,
      place,
      dims: [],
      rounds: [],
      identity: `=${JSON.stringify(value)}`,
      at: () => value,
    })),
    inputs,
    when: [],
    expect: [],
    resources: { threads: 1, memory: 1 },
    after: [],
    publish: [],
    ...more,
  };
}

export function graph(
  stages: readonly Stage[],
  contracts: Readonly<Record<string, JsonObject>> = {},
): Graph {
  const dimensions = [...new Set(stages.flatMap((s) => s.dims))];
  const empty = { outs: {}, params: {}, files: {}, asked: { folders: {}, exist: {} } };
  return { name: 'test', doc: '', file: 'test.yaml', stages, dimensions, contracts, ...empty };
}
