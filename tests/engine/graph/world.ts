import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Compilation, type Compiled, compileGraph } from '../../../engine/graph/compile.js';
import type { Graph, Stage } from '../../../engine/graph/graph.js';
import { TOYS } from './toys.js';

/** Specs and contracts that the toy nodes need. */
export const SPECS: Readonly<Record<string, string>> = {
  'spec/contracts/rows.yaml':
    'contract: rows\ndoc: Rows.\ncolumns: { ts: time, x: f64 }\nsort: ts\navailable: { column: ts, plus: 5m }\nspacing: 5m\n',
  'spec/contracts/events.yaml': 'contract: events\ncolumns: { ts: time, id: text }\n',
  'spec/contracts/cuts.yaml': 'contract: cuts\ncolumns: { id: text, from: time, to: time }\n',
  'spec/venues/made.yaml': 'venue: made\nsource: made\n',
  'spec/venues/archive.yaml': 'venue: archive\ndoc: Old files.\nsource: files\nfee: 0.001\n',
  'spec/desks/main.yaml': 'desk: main\nvenue: made\n',
  'spec/signals/UP/JUMP.yaml':
    'signal: JUMP\ntitle: A jump\nparams:\n  floor: { default: 2, min: 1, max: 6, unit: z, doc: Least distance. }\nlet:\n  far: z >= max($floor, 1.5)\nfires: rises(far)\nfamily: UP\nhorizons: [5m, 1h]\n',
  'spec/signals/DOWN/DROP.yaml': 'signal: DROP\nfires: z < -2\nfamily: DOWN\n',
  'spec/columns/ret.yaml':
    'column: ret\nforeach: { k: [1, 12] }\nexpr: log(x / lag(x, $k))\nunit: return\n',
  'spec/columns/z.yaml': 'column: z\nexpr: x / std(x, 96)\n',
};

/** A project in a temporary folder. */
export class World {
  readonly root = mkdtempSync(path.join(tmpdir(), 'dag-graph-'));

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.write({ ...SPECS, ...files });
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) {
      const target = path.join(this.root, file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
  }

  /** Compile `dags/main.yaml` made of this text. */
  compile(text: string, more: Partial<Compilation> = {}): Compiled {
    return compileGraph({
      root: this.root,
      file: 'dags/main.yaml',
      sets: [],
      folders: [],
      catalogue: TOYS.catalogue,
      readText: (file) => (file === 'dags/main.yaml' ? text : undefined),
      ...more,
    });
  }

  /** The graph of a pipeline that must be right. */
  graph(text: string, more: Partial<Compilation> = {}): Graph {
    const { graph, problems } = this.compile(text, more);
    if (graph) return graph;
    throw new Error(
      problems.map((p) => `${p.place?.line}:${p.place?.col} ${p.code} ${p.message}`).join('\n'),
    );
  }

  /** Codes of all problems, in order. */
  codes(text: string, more: Partial<Compilation> = {}): readonly string[] {
    return this.compile(text, more).problems.map((p) => p.code);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

export function stageOf(graph: Graph, name: string): Stage {
  const stage = graph.stages.find((s) => s.path === name);
  if (!stage) throw new Error(`no stage ${name}`);
  return stage;
}

/** The value of a parameter of a stage at some points, named `dimension=id`. */
export function valueAt(
  graph: Graph,
  stage: string,
  param: string,
  at: Readonly<Record<string, string>> = {},
) {
  const found = stageOf(graph, stage).params.find((p) => p.name === param);
  if (!found) return undefined;
  const binding = new Map(
    found.dims.map((dimension) => {
      const { points } = dimension;
      if (points.kind !== 'static') throw new Error(`${dimension.id} is known at run time`);
      const point = points.at(new Map()).find((p) => p.id === at[dimension.name]);
      if (!point) throw new Error(`no point ${at[dimension.name]} of ${dimension.id}`);
      return [dimension, point] as const;
    }),
  );
  return found.at(binding, {});
}
