import { blank } from './blank.js';
import { unsettled } from './facts.js';
import { partOf } from './in-groups.js';
import type { Groups } from './kernels/groups.js';
import type { OpNode } from './node.js';
import type { Call } from './op.js';
import type { Series } from './types.js';

/** For each group how many of its rows come before the first at or after a row of the clock. */
export function rowsBefore({ rows, starts }: Groups, row: number): Int32Array {
  const before = new Int32Array(Math.max(0, starts.length - 1));
  for (let g = 0; g < before.length; g += 1) {
    let [low, high] = [starts[g] ?? 0, starts[g + 1] ?? 0];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((rows[middle] ?? 0) < row) low = middle + 1;
      else high = middle;
    }
    before[g] = low - (starts[g] ?? 0);
  }
  return before;
}

/**
 * For each group of an operator's rows how many come before its first settled one.
 * @param inputs  the same for its inputs that are sorted into groups, with how far each of these looks back.
 */
export function settledInGroups(
  { op, facts }: OpNode,
  inputs: readonly { readonly settled: Readonly<Int32Array>; readonly reach: number }[],
  call: () => Call,
): Int32Array {
  const first = new Int32Array(inputs[0]?.settled.length ?? 0);
  const latest = (g: number, more: (reach: number) => number): number =>
    inputs.reduce((top, i) => Math.max(top, (i.settled[g] ?? 0) + more(i.reach)), 0);
  const { settled } = op;
  if (!unsettled(facts.kind) || settled === undefined) {
    const most = inputs.reduce((top, i) => Math.max(top, i.reach), 0);
    // What looks back a fixed number of rows does so from where its series begin to be settled.
    const own = (reach: number) => facts.reach - (unsettled(facts.kind) ? most : reach);
    return first.map((_, g) => latest(g, own));
  }
  const whole = call();
  const starts = whole.clock.groups?.starts ?? first;
  return first.map((_, g) => {
    const part = partOf(whole, starts[g] ?? 0, starts[g + 1] ?? 0);
    return settled(
      part,
      latest(g, () => 0),
    );
  });
}

/** Make what comes before the first settled row of each group missing. */
export function blankGroups(
  series: Series,
  { starts }: Groups,
  settled: Readonly<Int32Array>,
): void {
  for (let g = 0; g + 1 < starts.length; g += 1) {
    const from = starts[g] ?? 0;
    const to = Math.min(from + (settled[g] ?? 0), starts[g + 1] ?? 0);
    blank(series, from, to);
  }
}
