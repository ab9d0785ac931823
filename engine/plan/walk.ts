import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import { Refusal } from '../diag/refusal.js';
import { Expansion } from '../graph/expand.js';
import type { Binding, Check, Dimension, Graph, Point } from '../graph/graph.js';
import { type Item, Items } from '../graph/items.js';
import type { ShapeCache } from '../graph/shapes.js';
import type { ValueCache, Values } from '../graph/values.js';
import type { Key } from '../store/digest.js';
import type { Stored } from '../store/stored.js';
import type { Json } from '../yaml/value.js';
import { Entry, type EntryOf } from './entry.js';
import { arrive } from './inputs.js';
import type { Keyed } from './key.js';
import type { Outputs, State } from './outcome.js';
import { portPoints } from './points.js';
import { carried, nextRound, withRounds } from './rounds.js';
import { type See, seenBy } from './see.js';
import { standIn } from './stand-in.js';
import { Wiring } from './wiring.js';

const report = reporter({
  'run/expectation': 'Expectation of {item} is broken: {text}; found {found}.',
  'run/unsettled': '{item} did not satisfy `until: {until}` within {rounds} rounds.',
});

/** Where a check formula is evaluated: the points of the item, and the loop variables of its round. */
export interface At {
  readonly binding: Binding;
  readonly round: Readonly<Record<string, Json>>;
}

/** Whether a check formula is true, and the values that decided it, for messages. */
export interface Judgement {
  readonly holds: boolean;
  found(): string;
}

/** What the walk asks of the world. */
export interface WalkHost {
  /** What an earlier execution with this key has given. */
  find(key: Key, entry: Entry): Outputs | undefined;
  keyOf(entry: Entry, values: Values): Keyed;
  /** Rows of a stored table as points of a dimension. */
  points(dimension: Dimension, stored: Stored): readonly Point[];
  /** Is a check formula true? `see` gives what stands at the ports it names. */
  check(check: Check, see: See, at: At): Judgement;
  /** An item has ended. */
  ended(entry: Entry): void;
  warn(entry: Entry, problem: Diagnostic): void;
  /** Whether broken expectations stop nothing. */
  readonly lenient?: boolean;
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
  readonly #entryOf: EntryOf = (item) => this.entryOf(item);

  constructor(
    readonly compiled: Compiled,
    readonly host: WalkHost,
  ) {
    this.expansion = new Expansion({
      items: this.items,
      portPoints: (dimension, binding) =>
        portPoints(dimension, binding, this.items, this.#entryOf, host.points),
      admits: (dimension, binding) =>
        !dimension.where ||
        this.host.check(dimension.where, () => undefined, { binding, round: {} }).holds,
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
    this.#attempt(entry, () => this.#given(entry, outputs, 'done'));
    for (const joined of entry.joined.splice(0))
      this.#attempt(joined, () => this.#given(joined, outputs, 'joined'));
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
      this.#attempt(entry, () => this.#consider(entry));
    }
  }

  /** What is refused on the way of an item is its failure. */
  #attempt(entry: Entry, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#failed(entry, error.diagnostics);
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
      (gate) =>
        !this.host.check(gate, this.#see(entry, {}), { binding: entry.binding, round: {} }).holds,
    );
    if (shut) {
      this.#end(entry, standIn(entry, shut, this.items, this.#entryOf));
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

  /** Key the item (or its round); known results are taken at once, equal keys share one execution. */
  #key(entry: Entry): void {
    const round = entry.round?.variables;
    const { stage, binding } = entry;
    const all = this.compiled.values.of(stage, binding, ...(round ? [round] : []));
    const { concerns } = this.compiled.shapes.of(stage, binding);
    const values = this.compiled.values.narrowed(stage, all, concerns);
    if (entry.round?.before) entry.inputs = carried(entry, entry.round.before);
    entry.keyed = this.host.keyOf(entry, values);
    const { key } = entry.keyed;
    const owner = this.#owners.get(key);
    if (owner) {
      owner.joined.push(entry);
      return;
    }
    const outputs = this.host.find(key, entry);
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
    const settled = this.host.check(repeat.until, this.#see(entry, outputs), at).holds;
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
      const judged = this.host.check(expectation, this.#see(entry, outputs), at);
      if (judged.holds) continue;
      const facts = { item: entry.item.name, text: expectation.text, found: judged.found() };
      const severity = expectation.warn ? 'warning' : 'error';
      const problem = report('run/expectation', expectation.place, facts, { severity });
      if (expectation.warn) this.host.warn(entry, problem);
      else broken.push(problem);
    }
    if (broken.length > 0 && !this.host.lenient) this.#failed(entry, broken);
    else this.#end(entry, { kind: 'given', outputs, how });
  }

  #see(entry: Entry, outputs: Outputs): See {
    return seenBy(entry, outputs, this.items, this.#entryOf);
  }

  #failed(entry: Entry, problems: readonly Diagnostic[]): void {
    entry.problems = problems;
    this.#end(entry, { kind: 'failed' });
  }

  #end(entry: Entry, state: State): void {
    entry.state = state;
    const grown = this.#grow(entry);
    this.host.ended(entry);
    for (const dependent of entry.dependents.splice(0)) {
      dependent.waiting -= 1;
      if (dependent.waiting === 0) this.#ready.push(dependent);
    }
    if (grown) this.#ready.push(...this.#wiring.settle());
  }

  /** Make the items that waited for this one's rows. A table whose rows cannot be points of a dimension is its maker's failure. */
  #grow(entry: Entry): boolean {
    try {
      return this.expansion.resume(entry.item);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      entry.problems = error.diagnostics;
      entry.state = { kind: 'failed' };
      return true;
    }
  }
}
