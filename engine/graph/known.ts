import { type Diagnostic, type Place, reporter } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';
import type { NodePlugin } from '../sdk/node.js';
import type { ParamSchema, Span } from '../sdk/params.js';
import type { PortSpec } from '../sdk/port.js';
import { revive } from '../sdk/revive.js';
import { contractOf } from './contracts.js';
import type { CheckName, Dimension, Graph, Input, Source, Stage } from './graph.js';
import { formulaPlaces } from './specs.js';

/*
 * When is a value known? (design 4)
 *
 * 1. A frame made row by row is known row by row. Its rows lie in an interval: the whole sample, a literal span, or a
 *    window that a cutting node (`windows:`) made.
 * 2. A `fit` or `future` node turns what it is given into a value known only after those intervals: a window value. So is
 *    every json, scalar, file and model output.
 * 3. A window value may stand beside rows only if these start after it has ended; then the result is row-wise again.
 * 4. What decided whether or how often a stage runs (`when`, `else`, run-time dimensions) counts as its input.
 * 5. A port that is `rowwise` takes nothing else.
 */

const report = reporter({
  'known/not-rowwise':
    'Input "{port}" of {stage} takes only what is known row by row, but {source} is known only after {window}.',
  'known/outcome':
    'Input "{port}" of {stage} decides, but {source} holds outcomes: it looks ahead of its own rows.',
  'known/not-after':
    '{stage} puts rows of {rows} beside {source}, which is known only after {window}: the rows do not start after it has ended.',
});

/** An interval of rows, as far as the compiler can tell it. */
export type Interval =
  | { readonly kind: 'all' }
  | { readonly kind: 'span'; readonly span: Span }
  /** Output `port` of a cutting stage; `order` counts its windows from the earliest. */
  | { readonly kind: 'cut'; readonly stage: Stage; readonly port: string; readonly order: number }
  /** Windows of several items together: nothing is known to start after them. */
  | { readonly kind: 'several'; readonly of: Interval };

/** What is known of one output: its rows, what it was estimated on, and how it came about. */
export interface Known {
  /** Where the rows of a row-wise frame lie; undefined for window values and for what is known in advance. */
  readonly rows: Interval | undefined;
  /** Known only after these intervals; empty for row-wise values and for what is known in advance. */
  readonly after: readonly Interval[];
  readonly outcome: boolean;
  /** From the estimate to here: what a refusal prints. */
  readonly path: readonly Step[];
}
interface Step {
  readonly stage: Stage;
  readonly port: string;
}

/** What an output is made from: everything that came in, the intervals of row-wise inputs, estimates, and the longest story. */
interface Sources {
  readonly all: readonly Known[];
  readonly rows: readonly Interval[];
  readonly estimates: readonly Known[];
  readonly from: Known | undefined;
}

/** Known-at times of every output, with all violations reported. */
export function knownAt(
  graph: Graph,
  plugins: ReadonlyMap<string, NodePlugin>,
  problems: Problems,
): ReadonlyMap<Stage, Readonly<Record<string, Known>>> {
  const known = new Map<Stage, Readonly<Record<string, Known>>>();
  for (const stage of graph.stages) {
    known.set(
      stage,
      new StageKnown(stage, graph, plugins.get(stage.node.type), known, problems).outputs(),
    );
  }
  return known;
}

class StageKnown {
  constructor(
    readonly stage: Stage,
    readonly graph: Graph,
    readonly plugin: NodePlugin | undefined,
    readonly known: ReadonlyMap<Stage, Readonly<Record<string, Known>>>,
    readonly problems: Problems,
  ) {}

  outputs(): Readonly<Record<string, Known>> {
    const arriving = this.stage.inputs.map((input) => ({ input, known: this.#arrives(input) }));
    for (const { input, known } of arriving) this.#checkDecision(input, known);
    const control = this.#control();
    const all = [...arriving.map((a) => a.known), ...control];
    const rowwise = arriving.filter(
      (a) => a.known.after.length === 0 && a.known.rows !== undefined,
    );
    const estimates = all.filter((k) => k.after.length > 0);
    const { time } = this.stage.node;
    for (const { input, known } of rowwise) {
      const beside =
        time === 'row' || time === 'trailing' ? estimates.filter((k) => !control.includes(k)) : [];
      // Whatever decided that a decision is made at all must be known before its rows, as its inputs must.
      this.#checkBeside(input, known, input.spec.rowwise ? [...beside, ...control] : beside);
    }
    const rows = rowwise.flatMap((r) => (r.known.rows ? [r.known.rows] : []));
    const from = longest(estimates) ?? rowwise[0]?.known;
    const ports = Object.entries(this.stage.node.out);
    return Object.fromEntries(
      ports.map(([port, spec]) => [
        port,
        this.#orElse(port, this.#output(port, spec, { all, rows, estimates, from })),
      ]),
    );
  }

  /** What `else:` puts in an output's place is known no earlier than what it may stand for. */
  #orElse(port: string, own: Known): Known {
    return this.stage.when.reduce((known, gate) => {
      const source = gate.otherwise[port];
      if (!source) return known;
      const other = this.#of(source);
      const after = unique([...known.after, ...other.after]);
      const rows = known.rows && other.rows ? narrowest([known.rows, other.rows]) : undefined;
      const path =
        other.after.length > known.after.length
          ? [...other.path, { stage: this.stage, port }]
          : known.path;
      return {
        rows: after.length > 0 ? undefined : rows,
        after,
        outcome: known.outcome || other.outcome,
        path,
      };
    }, own);
  }

  #output(port: string, spec: PortSpec, sources: Sources): Known {
    const { all, rows, estimates, from } = sources;
    const { node, inputs } = this.stage;
    const step = { stage: this.stage, port };
    const path = [...(from?.path ?? []), step];
    const outcome = node.time === 'future' || all.some((k) => k.outcome);
    if (inputs.length === 0 && spec.kind === 'frame' && this.#inAdvance(spec)) {
      return { rows: undefined, after: [], outcome, path };
    }
    const cut = node.windows.indexOf(port);
    if (cut >= 0 && estimates.length === 0 && rows.length > 0) {
      return {
        rows: { kind: 'cut', stage: this.stage, port, order: cut },
        after: [],
        outcome,
        path: [step],
      };
    }
    const own = inputs.length === 0 ? [this.#within()] : [];
    const estimated = spec.kind !== 'frame' || node.time === 'fit' || node.time === 'future';
    const late = estimates.some((k) =>
      k.after.some((window) => rows.some((r) => !startsAfter(r, window))),
    );
    if (!estimated && !late && (rows.length > 0 || own.length > 0)) {
      return { rows: narrowest([...rows, ...own]), after: [], outcome, path };
    }
    return {
      rows: undefined,
      after: unique([...all.flatMap((k) => k.after), ...rows, ...own]),
      outcome,
      path,
    };
  }

  /** A table made of parameters alone whose contract ties it to no time, such as a list of folds: known before any data. */
  #inAdvance(spec: PortSpec): boolean {
    const contract = spec.contract === undefined ? undefined : this.graph.contracts[spec.contract];
    return (
      contract !== undefined &&
      this.stage.node.effects.length === 0 &&
      contractOf(contract).available === undefined
    );
  }

  /** What an input brings; gathering over the dimensions of a window joins its windows. */
  #arrives(input: Input): Known {
    const known = this.#of(input.source);
    const joined = [...input.gathered, ...input.fixed.map((f) => f.dimension)];
    if (joined.length === 0) return known;
    const widen = (i: Interval) => several(i, joined);
    return { ...known, rows: known.rows && widen(known.rows), after: known.after.map(widen) };
  }

  /** What decided that the items of this stage exist. Whoever looks at a whole table knows it only after all of its rows. */
  #control(): readonly Known[] {
    const dims = this.stage.dims.flatMap((d) =>
      d.points.kind === 'port' ? [this.#of(d.points.source)] : [],
    );
    const gates = this.stage.when.flatMap((gate) =>
      Object.values(gate.names).flatMap((name) => this.#seen(name)),
    );
    return [...dims, ...gates].map((k) => ({
      ...k,
      rows: undefined,
      after: k.rows ? [...k.after, k.rows] : k.after,
    }));
  }

  /** What a gate looks at. */
  #seen(name: CheckName): readonly Known[] {
    if (name.kind === 'wire') return [this.#arrives(name.input)];
    const input = name.kind === 'in' && this.stage.inputs.find((i) => i.port === name.port);
    return input ? [this.#arrives(input)] : [];
  }

  #of(source: Source): Known {
    return (
      this.known.get(source.stage)?.[source.port] ?? {
        rows: { kind: 'all' },
        after: [],
        outcome: false,
        path: [],
      }
    );
  }

  #within(): Interval {
    const params: Record<string, unknown> = {};
    if (!this.plugin?.within) return { kind: 'all' };
    for (const param of this.stage.params) {
      const schema = this.stage.node.params[param.name];
      if (!schema || param.dims.length > 0 || param.rounds.length > 0) continue;
      const json = param.at(new Map(), {});
      if (json !== undefined) params[param.name] = revive(schema, json, formulaPlaces);
    }
    const span = this.plugin.within(params);
    return span ? { kind: 'span', span } : { kind: 'all' };
  }

  #checkDecision(input: Input, known: Known): void {
    if (!input.spec.rowwise) return;
    const facts = { port: input.port, stage: this.stage.path, source: name(input.source) };
    if (known.outcome) this.problems.add(this.#refusal('known/outcome', input.place, facts, known));
    else if (known.after.length > 0) {
      const window = known.after.map(describe).join(' and ');
      this.problems.add(
        this.#refusal('known/not-rowwise', input.place, { ...facts, window }, known),
      );
    }
  }

  #checkBeside(input: Input, rowwise: Known, estimates: readonly Known[]): void {
    for (const estimate of estimates) {
      const late = estimate.after.find(
        (window) => rowwise.rows && !startsAfter(rowwise.rows, window),
      );
      if (!late || !rowwise.rows) continue;
      const last = estimate.path[estimate.path.length - 1];
      const facts = {
        stage: this.stage.path,
        rows: `${name(input.source)} (${describe(rowwise.rows)})`,
        source: last ? name(last) : this.stage.path,
        window: describe(late),
      };
      this.problems.add(this.#refusal('known/not-after', input.place, facts, estimate));
    }
  }

  #refusal(
    code: 'known/not-rowwise' | 'known/outcome' | 'known/not-after',
    place: Place,
    facts: Record<string, unknown>,
    known: Known,
  ): Diagnostic {
    const path = [...known.path.map(name), this.stage.path].join(' → ');
    return report(code, place, { ...facts, path }, { hint: `the path: ${path}` });
  }
}

/** Do the rows start after the interval has ended, whatever the run will bring? */
export function startsAfter(rows: Interval, window: Interval): boolean {
  if (rows.kind === 'cut' && window.kind === 'cut')
    return rows.order > window.order && sameCut(rows.stage, window.stage);
  if (rows.kind === 'span' && window.kind === 'span') return rows.span.from >= window.span.to;
  return false;
}

/** Do two stages cut at the same times? They do if the same node got the same values for all that it takes, columns apart. */
function sameCut(a: Stage, b: Stage): boolean {
  if (a === b) return true;
  return a.node === b.node && cutIdentity(a) === cutIdentity(b);
}

function cutIdentity(stage: Stage): string {
  const parts = stage.params.filter(({ name }) => !namesColumns(stage.node.params[name]));
  return parts
    .map(({ name, identity }) => `${name}: ${identity}`)
    .sort()
    .join('\n');
}

function namesColumns(schema: ParamSchema | undefined): boolean {
  const type = schema?.['x-dag'];
  if (type?.as === 'optional') return namesColumns(type.of);
  return type?.as === 'column' || type?.as === 'columns';
}

function several(interval: Interval, dims: readonly Dimension[]): Interval {
  if (
    interval.kind !== 'cut' ||
    !interval.stage.dims.some((d) => dims.includes(d) && splits(interval.stage, d))
  )
    return interval;
  return { kind: 'several', of: interval };
}

/** Does the window of a cutting stage change along this dimension? It does if a parameter of the stage looks at it. */
function splits(stage: Stage, dimension: Dimension): boolean {
  return stage.params.some((p) => p.dims.includes(dimension));
}

/** The interval of a row-wise result: rows cut to a window stay there, rows within a span too. */
function narrowest(rows: readonly Interval[]): Interval | undefined {
  const rank = { several: 3, cut: 2, span: 1, all: 0 } as const;
  let best: Interval | undefined;
  for (const interval of rows) if (!best || rank[interval.kind] > rank[best.kind]) best = interval;
  return best;
}

function unique(intervals: readonly Interval[]): readonly Interval[] {
  return intervals.filter((a, i) => intervals.findIndex((b) => describe(a) === describe(b)) === i);
}

function longest(known: readonly Known[]): Known | undefined {
  let best: Known | undefined;
  for (const k of known) if (!best || k.path.length > best.path.length) best = k;
  return best;
}

function name(step: Step | Source): string {
  return `${step.stage.path}.${step.port}`;
}

export function describe(interval: Interval): string {
  if (interval.kind === 'all') return 'the whole sample';
  if (interval.kind === 'span') return `${day(interval.span.from)} … ${day(interval.span.to - 1)}`;
  if (interval.kind === 'several') return `every window ${describe(interval.of)}`;
  return `${interval.stage.path}.${interval.port}`;
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
