import type { Diagnostic } from '../diag/diagnostic.js';
import { Problems } from '../diag/problems.js';
import type { Folders, NodePlugin, Shape } from '../sdk/node.js';
import { ask, type Ins, paramsAt } from './ask.js';
import { keyOf } from './binding.js';
import { checkColumns, checkInputs, unmet } from './columns.js';
import { contractShape } from './contracts.js';
import type { Binding, Dimension, Graph, Input, Point, Stage } from './graph.js';
import type { ShapePack } from './shape-pack.js';
import type { Concerns, ValueCache } from './values.js';

/** What the compiler knows of a stage's columns at some points. */
export interface Variant {
  /** Columns of each output frame; undefined where nothing is known before it has run. */
  readonly outs: Readonly<Record<string, Shape | undefined>>;
  /** Columns the node reads of each input; undefined: all. */
  readonly reads: Readonly<Record<string, readonly string[] | undefined>>;
  /** Of parameters that are lists, which entries matter; undefined: all of every parameter. */
  readonly concerns?: Concerns | undefined;
  readonly problems: readonly Diagnostic[];
}

/** Variants that were made by looking at parameters of the same dimensions: by their points, with what arrived. */
interface Asked {
  readonly dims: readonly Dimension[];
  readonly variants: Map<string, { readonly ins: Ins; readonly variant: Variant }[]>;
}

/** Carries columns along the wires, once for every combination of points that matters. */
export class ShapeCache {
  readonly #variants = new Map<Stage, Map<string, Variant>>();
  readonly #asked = new Map<Stage, Asked[]>();
  readonly #relevant = new Map<Stage, readonly Dimension[]>();

  constructor(
    readonly graph: Graph,
    readonly plugins: ReadonlyMap<string, NodePlugin>,
    readonly values: ValueCache,
    readonly world: Folders,
    readonly pack: ShapePack,
  ) {}

  /** @param binding may leave out dimensions whose points a run must find. */
  of(stage: Stage, binding: Binding): Variant {
    let known = this.#variants.get(stage);
    if (!known) {
      known = new Map();
      this.#variants.set(stage, known);
    }
    const key = keyOf(binding, this.relevant(stage));
    let found = known.get(key);
    if (!found) {
      found = this.#infer(stage, binding);
      known.set(key, found);
    }
    return found;
  }

  /** The dimensions of a stage that its columns may depend on. */
  relevant(stage: Stage): readonly Dimension[] {
    const known = this.#relevant.get(stage);
    if (known) return known;
    const { shape, reads, concerns } = stage.node.has;
    const asks = shape || reads || concerns;
    const through = (input: Input) =>
      this.relevant(input.source.stage).filter((d) => input.shared.includes(d));
    const set = new Set(
      asks ? [...stage.params.flatMap((p) => p.dims), ...stage.inputs.flatMap(through)] : [],
    );
    const dims = stage.dims.filter((d) => set.has(d));
    this.#relevant.set(stage, dims);
    return dims;
  }

  #infer(stage: Stage, binding: Binding): Variant {
    const problems = new Problems();
    const ins: Record<string, Shape | undefined> = {};
    for (const input of stage.inputs) {
      const shape = this.input(input, binding);
      if (shape?.nothing) problems.add(...unmet(stage, input));
      else ins[input.port] = shape;
    }
    if (problems.failed) return this.#inferFrom(stage, binding, ins, problems).variant;
    const known = this.#asked.get(stage) ?? [];
    this.#asked.set(stage, known);
    for (const { dims, variants } of known) {
      const alike = variants.get(keyOf(binding, dims))?.find((one) => isSame(one.ins, ins));
      if (alike) return alike.variant;
    }
    const { variant, asked } = this.#inferFrom(stage, binding, ins, problems);
    remember(known, asked, binding, { ins, variant });
    return variant;
  }

  /** @returns also the dimensions of the parameters that were looked at: whatever else may differ, the variant is this one. */
  #inferFrom(stage: Stage, binding: Binding, ins: Ins, problems: Problems) {
    const all = this.relevant(stage);
    const fallback = Object.fromEntries(
      Object.entries(stage.node.out).map(([name, port]) => [
        name,
        contractShape(port, this.graph.contracts),
      ]),
    );
    const plugin = this.plugins.get(stage.node.type);
    const check = (reads: Variant['reads']) =>
      checkInputs(stage, ins, this.graph.contracts, reads, problems);
    if (!plugin?.shape && !plugin?.reads && !plugin?.concerns) {
      check({});
      return { variant: { outs: fallback, reads: {}, problems: problems.all }, asked: [] };
    }
    const params = paramsAt(stage, binding, problems);
    if (!params) {
      check({});
      return { variant: { outs: fallback, reads: {}, problems: problems.all }, asked: all };
    }
    checkColumns(stage, params.values, ins, problems);
    const said = ask(stage, plugin, { ins, params, world: this.world, pack: this.pack }, problems);
    check(said.reads);
    const asked = new Set(
      stage.params.flatMap(({ name, dims }) => (params.asked.has(name) ? dims : [])),
    );
    return {
      variant: { ...said, outs: { ...fallback, ...said.outs }, problems: problems.all },
      asked: all.filter((dimension) => asked.has(dimension)),
    };
  }

  /** Columns that arrive at an input: of all gathered producers that give a table, those that each of them has. */
  input(input: Input, binding: Binding): Shape | undefined {
    if (input.spec.kind !== 'frame') return undefined;
    const { stage, port } = input.source;
    const fixed = new Map<Dimension, string>(input.fixed.map((f) => [f.dimension, f.id(binding)]));
    const relevant = this.relevant(stage);
    const matters = (d: Dimension) =>
      relevant.includes(d) || relevant.some((r) => r.depends.includes(d));
    let bindings: Binding[] = [new Map()];
    for (const dimension of stage.dims.filter(matters)) {
      const id = fixed.get(dimension);
      bindings = bindings.flatMap((b) => extend(b, dimension, binding, id, input.shared));
    }
    const found = bindings.map((b) => this.of(stage, b).outs[port]);
    const there = found.filter((shape) => !shape?.nothing);
    if (there.length === 0) return found[0];
    return there.reduce((a, b) => a && b && both(a, b));
  }
}

/** The bindings that add a dimension's points as an input sees them: matched, held at one id, or all. */
function extend(
  so_far: Binding,
  dimension: Dimension,
  consumer: Binding,
  fixed: string | undefined,
  shared: readonly Dimension[],
): readonly Binding[] {
  const add = (point: Point) => new Map(so_far).set(dimension, point);
  if (shared.includes(dimension)) {
    const point = consumer.get(dimension);
    return [point ? add(point) : so_far];
  }
  if (
    dimension.points.kind === 'port' ||
    dimension.depends.some((d) => !so_far.has(d) && !consumer.has(d))
  )
    return [so_far];
  const points = dimension.points.at(new Map([...consumer, ...so_far]));
  return points.filter((p) => fixed === undefined || p.id === fixed).map(add);
}

/** The very same shapes at every input. */
function isSame(a: Ins, b: Ins): boolean {
  return Object.keys(b).every((port) => a[port] === b[port]);
}

function remember(
  known: Asked[],
  dims: readonly Dimension[],
  binding: Binding,
  made: { readonly ins: Ins; readonly variant: Variant },
): void {
  const like = ({ dims: others }: Asked) =>
    others.length === dims.length && others.every((d, i) => d === dims[i]);
  const asked = known.find(like) ?? { dims, variants: new Map() };
  if (!known.includes(asked)) known.push(asked);
  const key = keyOf(binding, dims);
  asked.variants.set(key, [...(asked.variants.get(key) ?? []), made]);
}

function both(a: Shape, b: Shape): Shape {
  if (a === b) return a;
  const names = new Set(b.columns.map((c) => c.name));
  const columns = a.columns.filter((c) => names.has(c.name));
  const absent = [...(a.absent ?? []), ...(b.absent ?? [])];
  const open = a.open === true || b.open === true;
  return { columns, open, ...(absent.length === 0 ? {} : { absent }) };
}
