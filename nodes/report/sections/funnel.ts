import type { Block, Origin } from '../page/document.js';
import { whole } from '../page/numbers.js';
import { type Step, stepPlot } from '../page/steps.js';
import type { Afterwards } from './believable.js';
import { GATES } from './discovery.js';
import type { Hypothesis } from './found.js';

/** Hypotheses through the gates one after the other, and what came after them. */
export function funnelBlocks(
  hypotheses: readonly Hypothesis[],
  { tradable, promoted }: Afterwards,
  origin: (port: string) => Origin,
): readonly Block[] {
  const gates = passages(hypotheses);
  const after: readonly (readonly [string, number | null])[] = [
    ['held out of sample', tradable],
    ['became a blueprint', promoted],
  ];
  const steps: readonly Step[] = [
    step('in the grid', hypotheses.length),
    ...gates.map(({ gate, left }) => step(`after ${gate}`, left)),
    ...after.flatMap(([name, left]) => (left === null ? [] : [step(name, left)])),
  ];
  const title = 'Hypotheses that are left after each gate';
  return [
    {
      kind: 'plot',
      title,
      svg: stepPlot(steps, title),
      says: `${steps.map(({ name, told }) => `${name} ${told}`).join('; ')}. Gates stand in the order in which they are asked.`,
      origin: origin('candidates'),
      also: [
        ...(tradable === null ? [] : [origin('bridge')]),
        ...(promoted === null ? [] : [origin('promoted')]),
      ],
    },
    {
      kind: 'table',
      title: 'Gates and what they stopped',
      columns: [
        { name: 'Gate' },
        { name: 'Stopped first', right: true },
        { name: 'Failed at all', right: true },
        { name: 'Left', right: true },
        { name: 'What it asks', prose: true },
      ],
      rows: gates.map(({ gate, stopped, failed, left }) => [
        gate,
        whole(stopped),
        whole(failed),
        whole(left),
        GATES[gate] ?? '',
      ]),
      origin: origin('candidates'),
      note: 'Stopped first: no gate before it had failed. A hypothesis can fail several. Gates that nothing failed are not told apart here.',
    },
  ];
}

function step(name: string, left: number): Step {
  return { name, left, told: whole(left) };
}

interface Passage {
  readonly gate: string;
  readonly stopped: number;
  readonly failed: number;
  readonly left: number;
}

/** Each gate with how many it stopped and how many it left. */
export function passages(hypotheses: readonly Hypothesis[]): readonly Passage[] {
  let left = hypotheses.length;
  return gateOrder(hypotheses.map(({ failed }) => failed)).map((gate) => {
    const stopped = hypotheses.filter(({ failed }) => failed[0] === gate).length;
    const failed = hypotheses.filter((h) => h.failed.includes(gate)).length;
    left -= stopped;
    return { gate, stopped, failed, left };
  });
}

/**
 * The order of gates, from lists that each keep it and leave some out: a gate goes right behind the one before it in the longest
 * list that names it.
 */
export function gateOrder(lists: readonly (readonly string[])[]): readonly string[] {
  const distinct = [...new Set(lists.map((list) => list.join('+')))].filter((text) => text !== '');
  const longest = distinct
    .map((text) => text.split('+'))
    .sort((a, b) => b.length - a.length || (a.join() < b.join() ? -1 : 1));
  const order: string[] = [];
  for (const list of longest) {
    for (const [i, gate] of list.entries()) {
      if (order.includes(gate)) continue;
      const before = list[i - 1];
      order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, gate);
    }
  }
  return order;
}
