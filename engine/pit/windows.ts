import { Problems } from '../diag/problems.js';
import { isFrame } from '../frame/frame.js';
import { contractOf } from '../graph/contracts.js';
import type { Dimension, Stage } from '../graph/graph.js';
import type { Interval } from '../graph/interval.js';
import { type Known, knownAt } from '../graph/known.js';
import type { Entry } from '../plan/entry.js';
import type { Compiled } from '../run/compile.js';
import type { Project } from '../run/project.js';
import { readValue } from '../store/value.js';
import { knownTimes, latest, tellingColumns } from './known.js';

/** When the windows of a pipeline that has run are over. */
export class Windows {
  readonly #known: ReadonlyMap<Stage, Readonly<Record<string, Known>>>;
  readonly #ends = new Map<string, number>();

  constructor(
    readonly project: Project,
    readonly compiled: Compiled,
    readonly entries: readonly Entry[],
  ) {
    const { graph, plugins, published } = compiled;
    this.#known = knownAt(graph, plugins, new Problems(), (f) => published[f] === true);
  }

  /** What the compiler says of an output. */
  of(entry: Entry, port: string): Known | undefined {
    return this.#known.get(entry.stage)?.[port];
  }

  /** When an estimate is known: after all windows it rests on; ∞ where that is the whole sample, −∞ for what rests on none. */
  after(entry: Entry, port: string): number {
    const known = this.of(entry, port);
    return latest((known?.after ?? []).map((interval) => this.#endOf(interval, entry)));
  }

  /** The ends of all windows that rows were cut to, ascending; where rows are cut nowhere, times spread over those of the sources. */
  ends(): readonly number[] {
    const ends = this.entries.flatMap((entry) =>
      entry.stage.node.windows.map((port) => this.#lastRow(entry, port)),
    );
    const sorted = [...new Set(ends)].filter(Number.isFinite).sort((a, b) => a - b);
    return sorted.length > 1 ? sorted : this.#spread();
  }

  #spread(): readonly number[] {
    const rows = this.entries.flatMap((entry) => {
      if (entry.inputs.length > 0 || entry.state.kind !== 'given') return [];
      return Object.keys(entry.state.outputs).flatMap((port) => this.#times(entry, port) ?? []);
    });
    const [longest] = rows.sort((a, b) => b.length - a.length);
    return SHARES.flatMap((share) => longest?.[Math.floor(share * (longest.length - 1))] ?? []);
  }

  #endOf(interval: Interval, entry: Entry): number {
    if (interval.kind === 'span') return interval.span.to;
    if (interval.kind === 'several' && interval.of.kind === 'cut')
      return this.#cut(interval.of, () => true);
    if (interval.kind !== 'cut') return Number.POSITIVE_INFINITY;
    return this.#cut(interval, (other) => matches(entry, other));
  }

  #cut(
    { stage, port }: Extract<Interval, { kind: 'cut' }>,
    takes: (other: Entry) => boolean,
  ): number {
    const cut = this.entries.filter((other) => other.stage === stage && takes(other));
    return cut.length === 0
      ? Number.POSITIVE_INFINITY
      : latest(cut.map((other) => this.#lastRow(other, port)));
  }

  /** When the last row of a window is known; −∞ of an empty one. */
  #lastRow(entry: Entry, port: string): number {
    const id = `${entry.name}.${port}`;
    const known = this.#ends.get(id);
    if (known !== undefined) return known;
    const end = this.#read(entry, port);
    this.#ends.set(id, end);
    return end;
  }

  #read(entry: Entry, port: string): number {
    const times = this.#times(entry, port);
    return times ? latest(times) : Number.POSITIVE_INFINITY;
  }

  /** When the rows of an output are known, by the contract of its port, else by that of what came in; undefined where none tells. */
  #times(entry: Entry, port: string): Readonly<Float64Array> | undefined {
    const stored = entry.state.kind === 'given' ? entry.state.outputs[port] : undefined;
    const own = entry.stage.node.out[port]?.contract;
    const promised = own ?? entry.inputs.find((input) => input.promised !== undefined)?.promised;
    const json = promised === undefined ? undefined : this.compiled.graph.contracts[promised];
    const contract = json && contractOf(json);
    if (!contract || stored?.kind !== 'frame') return undefined;
    const there = new Set(stored.columns.map((c) => c.name));
    const telling = tellingColumns(contract).filter((name) => there.has(name));
    const read = readValue(this.project.store.objects, stored, telling);
    return read.state === 'ok' && isFrame(read.value)
      ? knownTimes(read.value, contract)
      : undefined;
  }
}

/** Where the rows of sources are cut, if nothing else says where. */
const SHARES = [0.5, 0.7, 0.85, 1];

/** Whether two items agree in the dimensions that both have. */
function matches(entry: Entry, other: Entry): boolean {
  const shared = [...other.binding].filter(([dimension]: [Dimension, unknown]) =>
    entry.binding.has(dimension),
  );
  return shared.every(([dimension, point]) => entry.binding.get(dimension)?.id === point.id);
}
