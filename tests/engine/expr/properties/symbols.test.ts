import { describe, expect, it } from '@jest/globals';
import { evaluate, evaluateUniverse } from '../../../../engine/expr/program.js';
import { held } from './compare.js';
import { type Group, NAMES, type Subject, subjectGroups } from './subjects.js';
import { type World, worldOf } from './world.js';

/*
 * Names of symbols say nothing: under others, in another order, each gets what it got before. What is about one symbol does
 * not know which others there are.
 */

const ROWS = 260;
/** Sums over symbols go in order of id: in another order their last digits may differ, by a rounding for each of a few symbols. */
const ORDER_OF_SUMS = 1e-13;
/** These pick, sort or count: there is nothing to round. */
const EXACT = ['xs_min', 'xs_max', 'xs_median', 'xs_rank', 'xs_count'];

const groups = subjectGroups(7).map((group) => ({ group, world: worldOf(group.facts, ROWS) }));
const seen = new Set<string>();

function of(group: Group, scope: 'symbol' | 'universe'): readonly Subject[] {
  return group.subjects.filter((s) => s.column.scope === scope);
}

/** The symbols under other names; some of them swap places. */
function renamed(world: World, names: Readonly<Record<string, string>>): World {
  return new Map([...world].map(([symbol, tables]) => [names[symbol] ?? symbol, tables]));
}

const NAMES_OF: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'the other way round': { AAA: 'EEE', BBB: 'DDD', CCC: 'CCC', DDD: 'BBB', EEE: 'AAA' },
  mixed: { AAA: 'MMM', BBB: 'AAA', CCC: 'ZZZ', DDD: 'KKK', EEE: 'BBB' },
};

describe('cross-sections', () => {
  for (const [order, names] of Object.entries(NAMES_OF))
    it(`go with the symbols when these are named ${order}`, () => {
      const faults = groups.flatMap(({ group, world }) => {
        const subjects = of(group, 'universe');
        const ids = subjects.map((s) => s.id);
        const before = evaluateUniverse(group.program, world, ids);
        const after = evaluateUniverse(group.program, renamed(world, names), ids);
        return subjects.flatMap(({ id, operator, text }) =>
          [...before].flatMap(([symbol, one]) => {
            const other = after.get(names[symbol] ?? '');
            if (other === undefined) return [`${symbol} is gone`];
            const within = EXACT.includes(operator) ? 0 : ORDER_OF_SUMS;
            const { fault, known } = held({ id, one, other, within });
            if (known > 0) seen.add(operator);
            return fault === undefined ? [] : [`${text} (${symbol}) ${fault}`];
          }),
        );
      });
      expect(faults).toEqual([]);
    });

  it('do not see a symbol that takes no part', () => {
    const faults = groups.flatMap(({ group, world }) => {
      const subjects = of(group, 'universe');
      const ids = subjects.map((s) => s.id);
      const never = new Map([['BBB', new Uint8Array(world.get('BBB')?.self?.length ?? 0)]]);
      const without = new Map([...world].filter(([symbol]) => symbol !== 'BBB'));
      const passed = evaluateUniverse(group.program, world, ids, { eligible: never });
      const gone = evaluateUniverse(group.program, without, ids);
      return subjects.flatMap(({ id, text }) =>
        [...gone].flatMap(([symbol, one]) => {
          // It still holds up what must be settled for all, as nobody knows that it never will take part.
          const { fault } = held({ id, one, other: passed.get(symbol) ?? one, bothKnown: true });
          return fault === undefined ? [] : [`${text} (${symbol}) ${fault}`];
        }),
      );
    });
    expect(faults).toEqual([]);
  });

  it('are all there', () => {
    const across = NAMES.filter((name) => name.startsWith('xs_'));
    expect(across.filter((name) => !seen.has(name))).toEqual([]);
  });
});

describe('what is about one symbol', () => {
  it('is the same whichever others there are', () => {
    const known = new Set<string>();
    const faults = groups.flatMap(({ group, world }) => {
      const subjects = of(group, 'symbol');
      const ids = subjects.map((s) => s.id);
      const few = new Map([...world].filter(([symbol]) => symbol !== 'BBB' && symbol !== 'DDD'));
      const together = evaluateUniverse(group.program, few, ids);
      return [...together].flatMap(([symbol, one]) => {
        const other = evaluate(group.program, world.get(symbol) ?? {}, ids, { symbol });
        return subjects.flatMap(({ id, operator, text }) => {
          const outcome = held({ id, one, other });
          if (outcome.known > 0) known.add(operator);
          return outcome.fault === undefined ? [] : [`${text} (${symbol}) ${outcome.fault}`];
        });
      });
    });
    expect(faults).toEqual([]);
    expect(known.size).toBeGreaterThan(NAMES.length / 2);
  });
});
