import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import { Refusal } from '../diag/refusal.js';
import { Expansion } from '../graph/expand.js';
import type {
  Binding,
  Check,
  CheckName,
  Dimension,
  Gate,
  Graph,
  Input,
  Point,
} from '../graph/graph.js';
import { type Item, Items } from '../graph/items.js';
import type { ShapeCache } from '../graph/shapes.js';
import type { ValueCache, Values } from '../graph/values.js';
import type { Key } from '../store/digest.js';
import type { Stored } from '../store/stored.js';
import type { Json } from '../yaml/value.js';
import { commonConstraints, constraintsOf, Entry } from './entry.js';
import { arrive } from './inputs.js';
import type { Keyed, PortInput } from './key.js';
import { ended, type Outputs, type State } from './outcome.js';
import { carried, nextRound, withRounds } from './rounds.js';
import { Wiring } from './wiring.js';

const report = reporter({
  'run/expectation': 'Expectation of {item} is broken: {text}',
  'run/unsettled': '{item} did not satisfy `until: {until}` within {rounds} rounds.',
});

/** What stands at a port that a check formula names; undefined where there is nothing. */
export type See = (name: CheckName) => Stored | readonly Stored[] | undefined;

/** Where a check formula is evaluated: the points of the item, and the loop variables of its round. */
export interface At {
  readonly binding: Binding;
  readonly round: Readonly<Record<string, Json>>;
}

/** What the walk asks of the world. */
export interface WalkHost {
  /** What an earlier execution with this key has given. */
  find(key: Key): Outputs | undefined;
  keyOf(entry: Entry, values: Values): Keyed;
  /** Rows of a stored table as points of a dimension. */
  points(dimension: Dimension, stored: Stored): readonly Point[];
  /** Is a check formula true? `see` gives what stands at the ports it names. */
  check(check: Check, see: See, at: At): boolean;
  /** An item has ended. */
  ended(entry: Entry): void;
  warn(entry: Entry, problem: Diagnostic): void;
}

export interface Compiled {
  readonly graph: Graph;
  readonly values: ValueCache;
  readonly shapes: ShapeCache;
}

/**
 * Takes every item from "waiting" to an end: expand, gather, `when`, key, known or stale, `until`, `expect`.
 * It executes nothing: stale items come out of `take()`, and whoever executes them says `give` or `fail`.
 */
export class Walk {
  readonly items = new Items();
  readonly expansion: Expansion;
  readonly #entries: Entry[] = [];
  readonly #wiring: Wiring;
  readonly #ready: Entry[] = [];
  #next = 0;
  readonly #stale: Entry[] = [];
  #taken = 0;
  readonly #owners = new Map<Key, Entry>();

  constructor(
    readonly compiled: Compiled,
    readonly host: WalkHost,
  ) {
    this.expansion = new Expansion({
      items: this.items,
      portPoints: (dimension, binding) => this.#portPoints(dimension, binding),
      admits: (dimension, binding) =>
        !dimension.where ||
        this.host.check(dimension.where, () => undefined, { binding, round: {} }),
      created: (item) => this.#created(item),
    });
    this.#wiring = new Wiring(this.items, this.expansion, (item) => this.entryOf(item));
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  entryOf(item: Item): Entry {
    const entry = this.#entries[item.index];
    if (!entry) throw new Error(`No entry for ${item.name}`);
    return entry;
  }

  start(): void {
    for (const stage of this.compiled.graph.stages) this.expansion.start(stage);
    this.#advance();
  }

  /** Items that must be executed, as they come up. */
  take(): Entry | undefined {
    return this.#stale[this.#taken] && this.#stale[this.#taken++];
  }

  /** An item was executed. */
  give(entry: Entry, outputs: Outputs): void {
    if (entry.keyed) this.#owners.delete(entry.keyed.key);
    this.#given(entry, outputs, 'done');
    for (const joined of entry.joined.splice(0)) this.#given(joined, outputs, 'joined');
    this.#advance();
  }

  fail(entry: Entry, problems: readonly Diagnostic[]): void {
    if (entry.keyed) this.#owners.delete(entry.keyed.key);
    this.#failed(entry, problems);
    for (const joined of entry.joined.splice(0)) this.#failed(joined, problems);
    this.#advance();
  }

  /** In a plan: the item would run, and what follows from it is not known. */
  leave(entry: Entry): void {
    this.#end(entry, { kind: 'pending', on: [] });
    for (const joined of entry.joined.splice(0))
      this.#end(joined, { kind: 'pending', on: [entry.item.name] });
    this.#advance();
  }

  /** Put an item that had ended back to work: its objects are gone. Its dependents are left as they are. */
  revive(entry: Entry): void {
    entry.state = { kind: 'stale' };
  }

  #created(item: Item): void {
    const entry = new Entry(item);
    this.#entries.push(entry);
    this.#wiring.attach(entry);
    if (entry.waiting === 0) this.#ready.push(entry);
  }

  #advance(): void {
    while (this.#next < this.#ready.length) {
      const entry = this.#ready[this.#next++];
      if (!entry) return;
      try {
        this.#consider(entry);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        this.#failed(entry, error.diagnostics);
      }
    }
  }

  #consider(entry: Entry): void {
    const arrival = arrive(entry, {
      items: this.items,
      entryOf: (item) => this.entryOf(item),
      columns: (e, port) => this.compiled.shapes.of(e.stage, e.binding).reads[port],
    });
    if (arrival.kind === 'failed') {
      this.#failed(entry, [arrival.problem]);
      return;
    }
    if (arrival.kind !== 'complete') {
      this.#end(entry, arrival);
      return;
    }
    entry.inputs = arrival.inputs;
    const shut = entry.stage.when.find(
      (gate) => !this.host.check(gate, this.#see(entry), { binding: entry.binding, round: {} }),
    );
    if (shut) {
      this.#standIn(entry, shut);
      return;
    }
    const variant = this.compiled.shapes.of(entry.stage, entry.binding);
    const errors = variant.problems.filter((p) => p.severity === 'error');
    if (errors.length > 0) {
      this.#failed(entry, errors);
      return;
    }
    if (entry.stage.repeat) entry.round = nextRound(entry.stage.repeat, undefined, undefined);
    this.#key(entry);
  }

  /** A gate is shut: what `else:` names takes the place of the outputs, port by port. */
  #standIn(entry: Entry, gate: Gate): void {
    const others = Object.entries(gate.otherwise);
    if (others.length === 0) {
      this.#end(entry, { kind: 'skipped', why: `when: ${gate.text}` });
      return;
    }
    const outputs: Record<string, Stored> = {};
    for (const [port, source] of others) {
      const item = this.items.match(source.stage, commonConstraints(entry, source.stage))[0];
      const state = item && this.entryOf(item).state;
      if (state?.kind === 'failed' || state?.kind === 'blocked') {
        this.#end(entry, { kind: 'blocked', by: item?.name ?? '' });
        return;
      }
      if (state?.kind === 'pending') {
        this.#end(entry, { kind: 'pending', on: [item?.name ?? ''] });
        return;
      }
      const stored = state?.kind === 'given' ? state.outputs[source.port] : undefined;
      if (stored) outputs[port] = stored;
    }
    this.#end(entry, { kind: 'given', outputs, how: 'stand-in' });
  }

  /** Key the item (or its round); known results are taken at once, equal keys share one execution. */
  #key(entry: Entry): void {
    const round = entry.round?.variables;
    const values = this.compiled.values.of(entry.stage, entry.binding, ...(round ? [round] : []));
    if (entry.round?.before) entry.inputs = carried(entry, entry.round.before);
    entry.keyed = this.host.keyOf(entry, values);
    const { key } = entry.keyed;
    const owner = this.#owners.get(key);
    if (owner) {
      owner.joined.push(entry);
      return;
    }
    const outputs = this.host.find(key);
    if (outputs) {
      this.#given(entry, outputs, 'cached');
      return;
    }
    entry.state = { kind: 'stale' };
    this.#owners.set(key, entry);
    this.#stale.push(entry);
  }

  #given(entry: Entry, outputs: Outputs, how: 'cached' | 'done' | 'joined'): void {
    const { repeat } = entry.stage;
    if (!repeat || !entry.round) {
      this.#expected(entry, outputs, how);
      return;
    }
    const at = { binding: entry.binding, round: entry.round.variables };
    const settled = this.host.check(repeat.until, this.#see(entry, outputs), at);
    const next = settled ? undefined : nextRound(repeat, entry.round, outputs);
    if (next) {
      entry.round = next;
      this.#key(entry);
      return;
    }
    const { number } = entry.round;
    if (!settled) {
      const facts = { item: entry.item.name, until: repeat.until.text, rounds: number };
      this.host.warn(entry, report('run/unsettled', repeat.place, facts, { severity: 'warning' }));
    }
    this.#expected(entry, withRounds(outputs, number, settled), how);
  }

  /** `expect` is looked at in every run, whether the result is new or known. */
  #expected(entry: Entry, outputs: Outputs, how: 'cached' | 'done' | 'joined'): void {
    const broken: Diagnostic[] = [];
    for (const expectation of entry.stage.expect) {
      const at = { binding: entry.binding, round: entry.round?.variables ?? {} };
      if (this.host.check(expectation, this.#see(entry, outputs), at)) continue;
      const facts = { item: entry.item.name, text: expectation.text };
      const severity = expectation.warn ? 'warning' : 'error';
      const problem = report('run/expectation', expectation.place, facts, { severity });
      if (expectation.warn) this.host.warn(entry, problem);
      else broken.push(problem);
    }
    if (broken.length > 0) this.#failed(entry, broken);
    else this.#end(entry, { kind: 'given', outputs, how });
  }

  #failed(entry: Entry, problems: readonly Diagnostic[]): void {
    entry.problems = problems;
    this.#end(entry, { kind: 'failed' });
  }

  #end(entry: Entry, state: State): void {
    entry.state = state;
    this.host.ended(entry);
    for (const dependent of entry.dependents.splice(0)) {
      dependent.waiting -= 1;
      if (dependent.waiting === 0) this.#ready.push(dependent);
    }
    if (this.expansion.resume(entry.item)) this.#ready.push(...this.#wiring.settle());
  }

  #portPoints(
    dimension: Dimension,
    binding: Binding,
  ): readonly Point[] | { readonly after: Item } | 'none' {
    if (dimension.points.kind !== 'port') return 'none';
    const { stage, port } = dimension.points.source;
    const shared = new Map(
      stage.dims.flatMap((d): [Dimension, string][] => {
        const id = binding.get(d)?.id;
        return id === undefined ? [] : [[d, id]];
      }),
    );
    const item = this.items.match(stage, shared)[0];
    if (!item) return 'none';
    const { state } = this.entryOf(item);
    if (state.kind === 'given') {
      const stored = state.outputs[port];
      return stored ? this.host.points(dimension, stored) : 'none';
    }
    return ended(state) && state.kind !== 'pending' ? 'none' : { after: item };
  }

  /** Ports as the check formulas of an item see them. */
  #see(entry: Entry, outputs: Outputs = {}): See {
    return (name) => {
      switch (name.kind) {
        case 'in':
          return standing(entry.inputs.find((i) => i.port === name.port));
        case 'out':
          return outputs[name.port];
        case 'wire':
          return this.#atWire(entry, name.input);
        default:
          return undefined;
      }
    };
  }

  #atWire(entry: Entry, input: Input): Stored | readonly Stored[] | undefined {
    const found = this.items
      .match(input.source.stage, constraintsOf(entry, input))
      .flatMap((item) => {
        const { state } = this.entryOf(item);
        const stored = state.kind === 'given' ? state.outputs[input.source.port] : undefined;
        return stored ? [stored] : [];
      });
    return input.gathered.length > 0 ? found : found[0];
  }
}

function standing(input: PortInput | undefined): Stored | readonly Stored[] | undefined {
  const stored = input?.items.map((i) => i.stored);
  return input?.many ? stored : stored?.[0];
}
