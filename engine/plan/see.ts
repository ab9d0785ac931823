import type { CheckName, Input } from '../graph/graph.js';
import type { Items } from '../graph/items.js';
import type { Stored } from '../store/stored.js';
import { constraintsOf, type Entry, type EntryOf } from './entry.js';
import type { PortInput } from './key.js';
import type { Outputs } from './outcome.js';

/** What stands at a port that a check formula names; undefined where there is nothing. */
export type See = (name: CheckName) => Stored | readonly Stored[] | undefined;

/** Ports as the check formulas of an item see them. */
export function seenBy(entry: Entry, outputs: Outputs, items: Items, entryOf: EntryOf): See {
  return (name) => {
    switch (name.kind) {
      case 'in':
        return standing(entry.inputs.find((i) => i.port === name.port));
      case 'out':
        return outputs[name.port];
      case 'wire':
        return atWire(entry, name.input, items, entryOf);
      default:
        return undefined;
    }
  };
}

function atWire(
  entry: Entry,
  input: Input,
  items: Items,
  entryOf: EntryOf,
): Stored | readonly Stored[] | undefined {
  const found = items.match(input.source.stage, constraintsOf(entry, input)).flatMap((item) => {
    const { state } = entryOf(item);
    const stored = state.kind === 'given' ? state.outputs[input.source.port] : undefined;
    return stored ? [stored] : [];
  });
  return input.gathered.length > 0 ? found : found[0];
}

function standing(input: PortInput | undefined): Stored | readonly Stored[] | undefined {
  const stored = input?.items.map((i) => i.stored);
  return input?.many ? stored : stored?.[0];
}
