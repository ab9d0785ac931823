import type { Gate } from '../graph/graph.js';
import type { Items } from '../graph/items.js';
import type { Stored } from '../store/stored.js';
import { commonConstraints, type Entry, type EntryOf } from './entry.js';
import type { State } from './outcome.js';

/** How an item ends whose gate is shut: what `else:` names takes the place of its outputs, port by port; without it, it is skipped. */
export function standIn(entry: Entry, gate: Gate, items: Items, entryOf: EntryOf): State {
  const others = Object.entries(gate.otherwise);
  if (others.length === 0) return { kind: 'skipped', why: `when: ${gate.text}` };
  const outputs: Record<string, Stored> = {};
  for (const [port, source] of others) {
    const item = items.match(source.stage, commonConstraints(entry, source.stage))[0];
    const state = item && entryOf(item).state;
    if (state?.kind === 'failed' || state?.kind === 'blocked')
      return { kind: 'blocked', by: item?.name ?? '' };
    if (state?.kind === 'pending') return { kind: 'pending', on: [item?.name ?? ''] };
    const stored = state?.kind === 'given' ? state.outputs[source.port] : undefined;
    if (stored) outputs[port] = stored;
  }
  return { kind: 'given', outputs, how: 'stand-in' };
}
