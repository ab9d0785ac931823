import type { Definition, SpecOf, Tree } from '../../engine/sdk/index.js';
import type { event } from './event.js';

type Event = SpecOf<typeof event>;

/** Names of what an event tells of each bar, beside its own clauses; no spec can spell them. */
export const TOLD = {
  kept: '=fires',
  side: '=side',
  sign: '=sign',
  severity: '=severity',
} as const;

/** When it fires before its cooldown. */
const MASK = '==fires';
/** What stands in for it: compiled with the rule, so that it is right before it is needed. */
const STAND_IN = '==stand_in';

/** An event's formulas as definitions: its clauses, when it fires after its cooldown, side, sign and severity. */
export function definitionsOf(event: Event): readonly Definition[] {
  const { fires, stand_in, side, sign, severity } = event;
  const clauses = Object.entries(event.let).map(([id, { tree }]): Definition => {
    return { id, tree, place: tree.place, clause: true };
  });
  const mask: Tree = { kind: 'name', name: MASK, place: fires.tree.place };
  const told = (id: string, tree: Tree): Definition => ({ id, tree, place: tree.place });
  return [
    ...clauses,
    // What the author wrote is held to its type by itself: nobody wrote the cooldown around it.
    { ...told(MASK, fires.tree), gives: 'boolean', clause: true },
    ...(stand_in
      ? [{ ...told(STAND_IN, stand_in.tree), gives: 'boolean', clause: true } as const]
      : []),
    { ...told(TOLD.kept, thinned(mask, barsOf(event.cooldown))), gives: 'boolean' },
    { ...told(TOLD.side, side.tree), gives: 'number' },
    { ...told(TOLD.sign, (sign ?? side).tree), gives: 'number' },
    { ...told(TOLD.severity, severity.tree), gives: 'number' },
  ];
}

/** `6b` → 6. */
export function barsOf(text: string): number {
  return Number(text.slice(0, -1));
}

/** Everything that decides what the event tells, as text: two rules with equal text tell the same. */
export function ruleOf(event: Event): string {
  const clauses = Object.entries(event.let).map(([id, { text }]) => `${id}: ${text}`);
  const { fires, side, sign, severity, cooldown } = event;
  return [
    event.id,
    ...clauses,
    fires.text,
    side.text,
    (sign ?? side).text,
    severity.text,
    cooldown,
  ].join('\n');
}

/** A mask with greedy thinning: after each kept row the next `bars` − 1 are quiet. */
export function thinned(tree: Tree, bars: number): Tree {
  const { place } = tree;
  const n: Tree = { kind: 'number', value: bars, place };
  return { kind: 'call', op: 'cooldown', args: [tree, n], named: [], place };
}
