import { describe, expect, it } from '@jest/globals';
import { uniform } from '../information/series.js';
import { FIVE_MINUTES } from '../kit.js';
import { RUNS } from './calls.js';
import { held } from './compare.js';
import { type Future, knownAt } from './futures.js';
import { ITEM, NAMES, subjectGroups, worked } from './subjects.js';
import { FIRST, GAP, worldOf } from './world.js';

/*
 * Every operator, with many combinations of arguments: what comes out up to a bar has the same bits whatever is known only
 * after its close. An operator that is added is among them without a line here.
 */

const ROWS = 300;
const groups = subjectGroups();

/** Bars at whose close the future begins: edges of hours, prints, the gap, sums that are rebuilt, a listing; and any. */
const EDGES: readonly (readonly [where: string, bar: number])[] = [
  ['the hour', 192],
  ['a print that is a minute late', 193],
  ['a listing', 60],
  ['the gap', 155],
  ['the first bar after the gap', GAP[1]],
  ['sums rebuilt', 241],
];
const next = uniform(17);
const ANYWHERE = Array.from(
  { length: 2 * RUNS },
  () => ['anywhere', 40 + Math.floor(next() * (ROWS - 50))] as const,
);
/** Nothing, and by turns values that never were or holes. */
const futures = (turn: number): readonly Future[] => [
  'removed',
  turn % 2 === 0 ? 'replaced' : 'missing',
];

/** Operators of which some formula was known in the rows that were compared. */
const seen = new Set<string>();

type Unsettled = 'masked' | 'shown';
/** Each group over the whole market: what all other runs are held against. */
const wholes = groups.map((group) => {
  const world = worldOf(group.facts, ROWS);
  return {
    group,
    world,
    masked: worked(group, world),
    shown: worked(group, world, { unsettled: 'shown' }),
  };
});
type Whole = (typeof wholes)[number];

function faults({ group, world, ...runs }: Whole, bar: number, unsettled: Unsettled): string[] {
  const whole = runs[unsettled];
  const time = FIRST + bar * FIVE_MINUTES;
  return futures(bar).flatMap((future) => {
    const part = worked(group, knownAt(world, group.facts, time, future), { unsettled });
    return group.subjects.flatMap(({ operator, text, id, column }) => {
      const { lookahead } = column.facts;
      const pairs =
        column.scope === 'symbol'
          ? [[ITEM, whole.own, part.own] as const]
          : [...whole.across].map(([s, one]) => [s, one, part.across.get(s) ?? one] as const);
      return pairs.flatMap(([symbol, one, other]) => {
        const to = bar - lookahead - ((one.column('ts')[0] ?? 0) - FIRST) / FIVE_MINUTES;
        const { fault, known } = held({ id, one, other, to: Math.max(0, to) });
        if (known > 0) seen.add(operator);
        return fault === undefined ? [] : [`${text} (${symbol}, ${future} from ${bar}) ${fault}`];
      });
    });
  });
}

describe('what is known later changes nothing', () => {
  for (const [where, bar] of [...EDGES, ...ANYWHERE])
    it(`from ${where} on, bar ${bar}`, () => {
      // Rows that are not settled yet are shown by turns: they may depend on where the data start, not on what comes.
      const unsettled = bar % 2 === 1 ? 'shown' : 'masked';
      expect(wholes.flatMap((whole) => faults(whole, bar, unsettled))).toEqual([]);
    });

  it('and no operator was left out', () => {
    expect(NAMES.filter((name) => !seen.has(name))).toEqual([]);
  });
});
