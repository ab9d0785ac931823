import type { Place } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';
import type { NodePlugin } from '../sdk/node.js';
import type { PortSpec } from '../sdk/port.js';
import { contractOf } from './contracts.js';
import { type Control, controlOf } from './control.js';
import type { Graph, Input, Source, Stage } from './graph.js';
import { hull, type Interval, several, startsAfter, unique } from './interval.js';
import { leaksBeside, leaksByChoice, leaksByControl, leaksInto } from './leaks.js';
import { type Published, withinOf } from './origin.js';
import { isPurged } from './purged.js';
import { portsOf } from './wires.js';

/*
 * When is a value known? (design 4)
 *
 * 1. A frame made row by row is known row by row. Its rows lie in an interval: the whole sample, a literal span, or a
 *    window that a cutting node (`windows:`) made.
 * 2. A `fit` or `future` node turns what it is given into a value known only after those intervals: a window value. So is
 *    every json, scalar, file and model output.
 *    A list of things (`available: static`) from a source is row-wise too, but its rows lie nowhere in time.
 * 3. A window value may stand beside rows only if these start after it has ended; then the result is row-wise again.
 * 4. What decided whether or how often a stage runs (`when`, `until`, `else`, run-time dimensions) counts as its input, and so
 *    does what `carry` brings from the round before.
 * 5. A window of outcomes that is purged by when each was known (`purges:`) is known after itself, no later.
 * 6. A port that is `rowwise` takes nothing else.
 * 7. Results that are `judged` must not have been chosen by what came of them: what gates or replaces them on their way was
 *    known before the rows that they are about.
 */

/** What is known of one output: its rows, what it was estimated on, and how it came about. */
export interface Known {
  /** Where the rows of a row-wise frame lie; undefined for window values and for what is known in advance. */
  readonly rows: Interval | undefined;
  /** Known only after these intervals; empty for row-wise values and for what is known in advance. */
  readonly after: readonly Interval[];
  readonly outcome: boolean;
  /** The rows it is about: those of the row-wise values it was made from, however far back. */
  readonly about: readonly Interval[];
  /** What decided on the way here, by estimates, whether there is a value, and which. */
  readonly chosen: readonly Control[];
  /** Rows that list things, each known from its own date: beside rows of time they say nothing about where these lie. */
  readonly listing?: boolean;
  /** From the estimate to here: what a refusal prints. */
  readonly path: readonly Step[];
  /** A leak on the way here was told: what follows from it is not told again. */
  readonly told: boolean;
}
/** One output on the way of a value. */
export interface Step {
  readonly stage: Stage;
  readonly port: string;
}

/** One wire and what it brings. */
export interface Arrival {
  readonly input: Input;
  readonly known: Known;
}

type Outputs = Readonly<Record<string, Known>>;

/** What an output is made from: everything that came in, the intervals of row-wise inputs, estimates, and the longest story. */
interface Sources {
  readonly all: readonly Known[];
  readonly rows: readonly Interval[];
  readonly estimates: readonly Known[];
  readonly chosen: readonly Control[];
  readonly from: Known | undefined;
  readonly told: boolean;
}

/**
 * Known-at times of every output, with all violations reported.
 * @param published  Whether a folder (as parameters name it) holds what some pipeline published.
 */
export function knownAt(
  graph: Graph,
  plugins: ReadonlyMap<string, NodePlugin>,
  problems: Problems,
  published: Published = () => false,
): ReadonlyMap<Stage, Outputs> {
  const known = new Map<Stage, Outputs>();
  for (const stage of graph.stages) {
    const own = withinOf(stage, plugins.get(stage.node.type), graph, published);
    const plugin = plugins.get(stage.node.type);
    known.set(stage, new StageKnown(stage, graph, own, known, problems, plugin).outputs());
  }
  return known;
}

class StageKnown {
  constructor(
    readonly stage: Stage,
    readonly graph: Graph,
    /** Where the rows of a source lie. */
    readonly own: readonly Interval[],
    readonly known: ReadonlyMap<Stage, Outputs>,
    readonly problems: Problems,
    readonly plugin: NodePlugin | undefined,
  ) {}

  /** Rounds feed rounds: what they carry is followed until it brings nothing new. */
  outputs(): Outputs {
    const arriving = this.stage.inputs.map((input) => ({ input, known: this.#arrives(input) }));
    let carried: readonly Arrival[] = [];
    for (;;) {
      const found = this.#outputs([...arriving, ...carried], false);
      const next = this.#carried(found, arriving);
      if (next.every((a, i) => equal(a.known, carried[i]?.known))) break;
      carried = next;
    }
    return this.#outputs([...arriving, ...carried], true);
  }

  #outputs(arriving: readonly Arrival[], report: boolean): Outputs {
    const control = controlOf(this.stage, arriving, (input) => this.#arrives(input), this.#of);
    const all = [...arriving.map((a) => a.known), ...control.map((c) => c.known)];
    const rowwise = this.#placed(arriving);
    const leaks = this.#leaks(arriving, control);
    if (report) this.problems.add(...leaks);
    const estimates = all.filter((k) => k.after.length > 0);
    const sources: Sources = {
      all,
      rows: rowwise.flatMap((r) => r.known.rows ?? []),
      estimates,
      chosen: [
        ...new Set([
          ...all.flatMap((k) => k.chosen),
          ...control.filter((c) => c.known.after.length > 0),
        ]),
      ],
      from: longest(estimates) ?? rowwise[0]?.known,
      told: leaks.length > 0 || all.some((k) => k.told),
    };
    const ports = portsOf(this.stage.node.out, this.stage.repeat !== undefined);
    const outs = Object.entries(ports).map(([port, spec]) => {
      return [port, this.#orElse(port, this.#output(port, spec, sources))] as const;
    });
    return Object.fromEntries(outs);
  }

  /** Row-wise inputs; where one of them lies in time, lists of things beside it do not widen that. */
  #placed(arriving: readonly Arrival[]): readonly Arrival[] {
    const rowwise = arriving.filter(({ known }) => known.after.length === 0 && known.rows);
    const moving = rowwise.filter(({ known }) => !known.listing);
    return moving.length > 0 && this.#isAligned() ? moving : rowwise;
  }

  /** Is an output row made from input rows of its own time, and earlier ones? */
  #isAligned(): boolean {
    const { time } = this.stage.node;
    return time === 'row' || time === 'trailing';
  }

  #leaks(arriving: readonly Arrival[], control: readonly Control[]) {
    const { stage } = this;
    const aligned = this.#isAligned();
    const placed = new Set(this.#placed(arriving));
    return arriving.flatMap((arrival) => [
      ...leaksInto(stage, arrival),
      ...(aligned && placed.has(arrival) ? leaksBeside(stage, arrival, arriving) : []),
      // Whatever decided that a decision is made at all must be known before its rows, as its inputs must.
      ...(arrival.input.spec.rowwise ? leaksByControl(stage, arrival, control) : []),
      ...(arrival.input.spec.judged ? leaksByChoice(stage, arrival) : []),
    ]);
  }

  /** What the outputs of a round are to the inputs of the next. */
  #carried(outs: Outputs, arriving: readonly Arrival[]): readonly Arrival[] {
    const { stage } = this;
    const { repeat, node, dims } = stage;
    return Object.entries(repeat?.carry ?? {}).flatMap(([port, out]) => {
      const [spec, known] = [node.in[port], outs[out]];
      if (!repeat || !spec || !known) return [];
      const place: Place = arriving.find((a) => a.input.port === port)?.input.place ?? repeat.place;
      const source = { stage, port: out };
      const input: Input = { port, spec, place, source, fixed: [], shared: dims, gathered: [] };
      return [{ input, known }];
    });
  }

  /** What `else:` puts in an output's place is known no earlier than what it may stand for. */
  #orElse(port: string, own: Known): Known {
    return this.stage.when.reduce((known, gate) => {
      const source = gate.otherwise[port];
      if (!source) return known;
      const other = this.#of(source);
      const after = unique([...known.after, ...other.after]);
      const rows = hull([known, other].flatMap((k) => k.rows ?? []));
      const path =
        other.after.length > known.after.length
          ? [...other.path, { stage: this.stage, port }]
          : known.path;
      return {
        rows: after.length > 0 ? undefined : rows,
        after,
        outcome: known.outcome || other.outcome,
        about: unique([...known.about, ...other.about]),
        chosen: [...new Set([...known.chosen, ...other.chosen])],
        path,
        told: known.told || other.told,
      };
    }, own);
  }

  #output(port: string, spec: PortSpec, sources: Sources): Known {
    const { all, rows, estimates, chosen, from, told } = sources;
    const about = rows.length > 0 ? unique(rows) : unique(all.flatMap((k) => k.about));
    const { node, inputs } = this.stage;
    const step = { stage: this.stage, port };
    const path = [...(from?.path ?? []), step];
    const outcome = node.time === 'future' || all.some((k) => k.outcome);
    if (inputs.length === 0 && spec.kind === 'frame' && this.#inAdvance(spec)) {
      // What it says is known before any data; that it is there at all may have been decided later.
      const after = unique(estimates.flatMap((k) => k.after));
      return { rows: undefined, after, outcome, about, chosen, path, told };
    }
    // An estimate of outcomes that ended before these rows does not look ahead of them.
    const rowwise = { after: [], outcome: false, chosen, told };
    const cut = node.windows.indexOf(port);
    if (cut >= 0 && estimates.length === 0 && rows.length > 0) {
      const window: Interval = { kind: 'cut', stage: this.stage, port, order: cut };
      return { ...rowwise, rows: window, about: [window], path: [step] };
    }
    if (cut >= 0 && this.#purged(port)) {
      const window: Interval = { kind: 'cut', stage: this.stage, port, order: cut };
      return { rows: undefined, after: [window], outcome, about: [window], chosen, path, told };
    }
    const estimated = spec.kind !== 'frame' || node.time === 'fit' || node.time === 'future';
    const lying = [...rows, ...this.own];
    const late = estimates.some((k) =>
      k.after.some((window) => lying.some((r) => !startsAfter(r, window))),
    );
    const whole = hull(lying);
    const back = this.own.some((i) => i.kind === 'published');
    if (!estimated && !late && !back && whole) {
      const listing = inputs.length === 0 && this.#availableAs(spec) === 'static';
      return { ...rowwise, rows: whole, about: [whole], listing, path };
    }
    const after = unique([...all.flatMap((k) => k.after), ...rows, ...this.own]);
    return { rows: undefined, after, outcome, about, chosen, path, told };
  }

  #purged(port: string): boolean {
    const { stage, plugin, graph } = this;
    return isPurged({ stage, port, plugin }, graph, (s, p) => this.#of({ stage: s, port: p }));
  }

  #availableAs({ contract }: PortSpec): string | undefined {
    const json = contract === undefined ? undefined : this.graph.contracts[contract];
    return json && contractOf(json).available?.kind;
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

  readonly #of = ({ stage, port }: Source): Known => {
    const found = this.known.get(stage)?.[port];
    if (!found) throw new Error(`${this.stage.path} was looked at before ${stage.path}.${port}.`);
    return found;
  };
}

function equal(a: Known, b: Known | undefined): boolean {
  if (!b) return false;
  const intervals = (k: Known) => [...k.after, ...(k.rows ? [k.rows] : [])];
  const joined = unique([...intervals(a), ...intervals(b)]).length;
  return (
    (a.rows === undefined) === (b.rows === undefined) &&
    a.after.length === b.after.length &&
    joined === unique(intervals(a)).length &&
    joined === unique(intervals(b)).length
  );
}

function longest(known: readonly Known[]): Known | undefined {
  let best: Known | undefined;
  for (const k of known) if (!best || k.path.length > best.path.length) best = k;
  return best;
}
