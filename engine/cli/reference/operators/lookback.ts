import type { Facts } from '../../../expr/facts.js';
import type { OpNode } from '../../../expr/node.js';

/** How far a formula looks and what it remembers, in words; the formula is the subject. */
export function lookback({ kind, reach, warmup, lookahead, scope }: Facts): string {
  const parts = [
    ...(scope === 'universe' ? ['looks across all symbols in one row'] : []),
    ...(lookahead > 0 ? [`looks ${rows(lookahead)} ahead`] : []),
    ...remembers(kind, reach),
    ...(warmup > 0 ? [`is known from row ${warmup} on`] : []),
  ];
  if (parts.length === 0) parts.push('looks at its own row alone');
  const holes = kind === 'decaying' ? '; of rows that can be missing it counts the known ones' : '';
  return `${parts.join(', ')}${holes} (${kind})`;
}

function remembers(kind: Facts['kind'], reach: number): readonly string[] {
  switch (kind) {
    case 'finite':
      return reach > 0 ? [`looks back ${rows(reach)}`] : [];
    case 'decaying':
      return [`forgets all but 1e-12 of what lies ${rows(reach)} back`];
    case 'resetting':
      return ['remembers what has been since its last reset'];
    case 'expanding':
      return ['rests on all rows so far'];
    case 'whole-sample':
      return ['rests on all rows, later ones too'];
  }
}

/** What a call does to clocks and delays, where it does anything. */
export function timing({ op, inputs, table, facts }: OpNode): string | undefined {
  if (facts.delay === Number.NEGATIVE_INFINITY && op.args.length === 0)
    return 'It is known in advance.';
  const read = inputs.map((i) => i.node.facts);
  const [first] = read.filter((f) => f.clock !== undefined);
  if (op.crosses && facts.clock !== first?.clock && facts.delay === 0)
    return table === undefined && first !== undefined && facts.clock !== 'bars'
      ? 'It gives coarser rows, each known at its end.'
      : 'It gives rows of the bars, from what is visible at their close: delays are used up.';
  const late = Math.max(...read.map((f) => f.delay));
  if (facts.delay < late && op.across === undefined)
    return 'It takes its own length off the delay of what it reads.';
  return undefined;
}

function rows(n: number): string {
  return n === 1 ? '1 row' : `${n} rows`;
}
