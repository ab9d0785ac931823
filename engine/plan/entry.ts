import type { Diagnostic } from '../diag/diagnostic.js';
import { bindingOf } from '../graph/binding.js';
import type { Binding, Input, Stage } from '../graph/graph.js';
import type { Constraints, Item } from '../graph/items.js';
import type { Json } from '../yaml/value.js';
import type { Keyed, PortInput } from './key.js';
import type { Outputs, State } from './outcome.js';

/** An item on its way through a plan or a run. */
export class Entry {
  state: State = { kind: 'waiting' };
  /** What it waits for: producers that have not ended, and stages whose items are not all known. */
  waiting = 0;
  readonly dependents: Entry[] = [];
  readonly binding: Binding;
  /** Set once every producer has ended. */
  inputs: readonly PortInput[] = [];
  keyed: Keyed | undefined;
  /** Files a reading node named, by their path on this machine; the key holds their content. */
  files: Readonly<Record<string, string>> = {};
  /** Other items with the same key: they share what this one gives. */
  readonly joined: Entry[] = [];
  round: Round | undefined;
  problems: readonly Diagnostic[] = [];

  constructor(readonly item: Item) {
    this.binding = bindingOf(item.stage, item.points);
  }

  get stage(): Stage {
    return this.item.stage;
  }

  /** `path@id#2` in the second round of a `repeat`. */
  get name(): string {
    return this.round ? `${this.item.name}#${this.round.number}` : this.item.name;
  }
}

/** The running round of an item that repeats. */
export interface Round {
  readonly number: number;
  readonly variables: Readonly<Record<string, Json>>;
  /** What the round before gave; undefined in the first. */
  readonly before: Outputs | undefined;
}

/** The entry of an item. */
export type EntryOf = (item: Item) => Entry;

/** What the items at one wire have in common, seen from a consumer. */
export function constraintsOf(entry: Entry, input: Pick<Input, 'fixed' | 'shared'>): Constraints {
  const constraints = new Map(
    input.fixed.map((f): [typeof f.dimension, string] => [f.dimension, f.id(entry.binding)]),
  );
  for (const dimension of input.shared) {
    const id = entry.binding.get(dimension)?.id;
    if (id !== undefined) constraints.set(dimension, id);
  }
  return constraints;
}

/** The same for two stages that share no wire (`after`, `else`): all common dimensions are matched. */
export function commonConstraints(entry: Entry, stage: Stage): Constraints {
  return constraintsOf(entry, {
    fixed: [],
    shared: stage.dims.filter((d) => entry.binding.has(d)),
  });
}
