import { type Place, reporter } from '../diag/diagnostic.js';
import { suggestion } from '../diag/suggest.js';
import type { Arg } from './op.js';
import type { CallTree, Tree } from './tree.js';

/** The most arguments a call may have, also where an operator takes any number. */
const MAX_ARGUMENTS = 64;

const report = reporter({
  'expr/too-many-arguments': '`{op}` takes {expected}, found {found}.',
  'expr/unknown-argument': '`{op}` has no argument called "{name}".',
  'expr/argument-twice': 'The argument "{name}" of `{op}` is given twice.',
  'expr/argument-missing': '`{op}` needs its argument "{name}".',
});

/** One argument in its slot, as written. */
export interface Given {
  readonly slot: string;
  readonly tree: Tree;
  readonly place: Place;
}

/** What arguments may be called: operators and composed formulas have both. */
export interface Slot {
  readonly name: string;
  readonly required: boolean;
  /** Takes all further positional arguments. */
  readonly rest: boolean;
}

/** The slots of an operator. */
export function slotsOf(args: readonly Arg[]): readonly Slot[] {
  return args.map((arg) => ({
    name: arg.name,
    rest: arg.is === 'series' && arg.rest !== undefined,
    required:
      arg.is === 'table' ||
      (arg.is === 'series'
        ? !arg.optional && (arg.rest ?? 1) > 0
        : !arg.optional && arg.default === undefined),
  }));
}

/** Put the arguments of a call into slots, positional ones first. Undefined after reporting what does not fit. */
export function matchArguments(
  call: CallTree,
  slots: readonly Slot[],
  signature: string,
  problem: (p: ReturnType<typeof report>) => void,
): readonly Given[] | undefined {
  const { op } = call;
  const given: Given[] = [];
  let sound = true;
  const fail = (p: ReturnType<typeof report>): void => {
    sound = false;
    problem(p);
  };
  call.args.forEach((tree, index) => {
    const last = slots[slots.length - 1];
    const slot = slots[index] ?? (last?.rest ? last : undefined);
    if (index === MAX_ARGUMENTS) {
      const facts = { op, expected: `at most ${count(MAX_ARGUMENTS)}`, found: call.args.length };
      fail(report('expr/too-many-arguments', tree.place, facts, { hint: signature }));
    }
    if (slot !== undefined) given.push({ slot: slot.name, tree, place: tree.place });
    else if (index === slots.length) {
      const facts = { op, expected: count(slots.length), found: call.args.length };
      fail(report('expr/too-many-arguments', tree.place, facts, { hint: signature }));
    }
  });
  for (const { name, value, place } of call.named) {
    const slot = slots.find((s) => s.name === name && !s.rest);
    if (slot === undefined) {
      const hint =
        suggestion(
          name,
          slots.map((s) => s.name),
        ) ?? signature;
      fail(report('expr/unknown-argument', place, { op, name }, { hint }));
    } else if (given.some((g) => g.slot === name))
      fail(report('expr/argument-twice', place, { op, name }));
    else given.push({ slot: name, tree: value, place });
  }
  for (const { name, required } of slots)
    if (required && !given.some((g) => g.slot === name))
      fail(report('expr/argument-missing', call.place, { op, name }, { hint: signature }));
  return sound ? given : undefined;
}

function count(n: number): string {
  return n === 0 ? 'no arguments' : n === 1 ? 'one argument' : `${n} arguments`;
}
