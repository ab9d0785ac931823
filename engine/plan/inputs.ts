import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import type { Input, Stage } from '../graph/graph.js';
import { type Constraints, compareIds, type Item, type Items } from '../graph/items.js';
import { constraintsOf, type Entry } from './entry.js';
import type { PortInput } from './key.js';

const report = reporter({
  'run/too-few-items':
    'Input "{port}" of {item} needs at least {min} items of {source}; there are {count}.',
});

/** What an item's producers gave, or why it cannot run. */
export type Arrival =
  | { readonly kind: 'complete'; readonly inputs: readonly PortInput[] }
  | { readonly kind: 'skipped'; readonly why: string }
  | { readonly kind: 'blocked'; readonly by: string }
  | { readonly kind: 'pending'; readonly on: readonly string[] }
  | { readonly kind: 'failed'; readonly problem: Diagnostic };

interface Host {
  readonly items: Items;
  entryOf(item: Item): Entry;
  /** Columns of an input that the node reads; undefined: all. */
  columns(entry: Entry, port: string): readonly string[] | undefined;
}

/** Collect what stands at every input of an item whose producers have ended. */
export function arrive(entry: Entry, host: Host): Arrival {
  const inputs: PortInput[] = [];
  const pending: string[] = [];
  for (const input of entry.stage.inputs) {
    const found = atPort(entry, input, host);
    if (found.kind === 'pending') pending.push(...found.on);
    else if (found.kind !== 'complete') return found;
    else inputs.push(...found.inputs);
  }
  if (pending.length > 0) return { kind: 'pending', on: [...new Set(pending)] };
  return { kind: 'complete', inputs };
}

function atPort(entry: Entry, input: Input, host: Host): Arrival {
  const producers = host.items
    .match(input.source.stage, constraintsOf(entry, input))
    .map((item) => host.entryOf(item));
  const given: PortInput['items'][number][] = [];
  const pending: string[] = [];
  let absent: string | undefined;
  for (const { item, state } of producers) {
    switch (state.kind) {
      case 'failed':
      case 'blocked':
        return { kind: 'blocked', by: item.name };
      case 'skipped':
        absent = item.name;
        break;
      case 'given': {
        const stored = state.outputs[input.source.port];
        if (stored) given.push({ ...place(item, input), stored });
        else absent = `${item.name}.${input.source.port}`;
        break;
      }
      default:
        pending.push(item.name);
    }
  }
  if (pending.length > 0) return { kind: 'pending', on: pending };
  const table = input.spec.many && lostTable(input.source.stage, constraintsOf(entry, input), host);
  if (table) return { kind: 'blocked', by: table };
  const columns = host.columns(entry, input.port);
  const promised = input.source.stage.node.out[input.source.port]?.contract;
  const port = { port: input.port, many: input.spec.many !== undefined, columns, promised };
  if (input.spec.many) return gathered(entry, input, port, given, absent);
  if (given.length > 0) return { kind: 'complete', inputs: [{ ...port, items: given }] };
  if (input.spec.optional) return { kind: 'complete', inputs: [] };
  return { kind: 'skipped', why: `${absent ?? input.source.stage.path} was skipped` };
}

/**
 * The failed item whose rows would have told which items of a stage there are: without them a gatherer would take some of the
 * items for all.
 */
function lostTable(stage: Stage, constraints: Constraints, host: Host): string | undefined {
  for (const { points } of stage.dims) {
    if (points.kind !== 'port') continue;
    const { stage: table } = points.source;
    const lost = host.items.match(table, constraints).find((item) => {
      const { kind } = host.entryOf(item).state;
      return kind === 'failed' || kind === 'blocked';
    });
    const name = lost?.name ?? lostTable(table, constraints, host);
    if (name !== undefined) return name;
  }
  return undefined;
}

function gathered(
  entry: Entry,
  input: Input,
  port: Omit<PortInput, 'items'>,
  given: PortInput['items'],
  absent: string | undefined,
): Arrival {
  const min = input.spec.many?.min ?? 1;
  const items = [...given].sort((a, b) => byPoints(a.at, b.at, input));
  if (items.length >= min) return { kind: 'complete', inputs: [{ ...port, items }] };
  if (absent !== undefined) return { kind: 'skipped', why: `${absent} was skipped` };
  const facts = {
    port: input.port,
    item: entry.item.name,
    min,
    source: input.source.stage.path,
    count: items.length,
  };
  return { kind: 'failed', problem: report('run/too-few-items', input.place, facts) };
}

/** Where a gathered item stands along the gathered dimensions. */
function place(item: Item, input: Input): { at: Readonly<Record<string, string>>; label: string } {
  const at: Record<string, string> = {};
  for (const dimension of input.gathered) {
    const id = item.points[item.stage.dims.indexOf(dimension)]?.id;
    if (id !== undefined) at[dimension.name] = id;
  }
  return { at, label: Object.values(at).join(':') };
}

function byPoints(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
  input: Input,
): number {
  for (const { name } of input.gathered) {
    const order = compareIds(a[name] ?? '', b[name] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}
