import { whole } from '../page/numbers.js';
import type { Hypothesis } from './found.js';

/** Why a hypothesis of the grid has no p-value, what is wanting first. */
const WHY = [
  ['had no data of their event', (h: Hypothesis) => h.failed[0] === 'unavailable'],
  [
    'traded the very bars of another, which is tested',
    (h: Hypothesis) => h.failed[0] === 'same_trades',
  ],
  ['had no occurrence that could be traded', (h: Hypothesis) => (h.n ?? 0) === 0],
  // Without an error of the mean there were too few to ask for one.
  ['occurred too seldom, or on too few days', (h: Hypothesis) => h.effective === null],
  ['left too little inside or outside a filter to compare', () => true],
] as const;

/** How many hypotheses of the grid were tested, how many not, and why not. */
export function testedOf(hypotheses: readonly Hypothesis[]): string {
  const missing = hypotheses.filter(({ p }) => p === null);
  const tested = `${whole(hypotheses.length - missing.length)} of ${whole(hypotheses.length)} in the grid were tested`;
  if (missing.length === 0) return `${tested}.`;
  const counts = new Map<string, number>();
  for (const h of missing) {
    const why = WHY.find(([, holds]) => holds(h))?.[0] ?? '';
    counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  const told = WHY.flatMap(([why]) => {
    const count = counts.get(why);
    return count === undefined ? [] : [`${whole(count)} ${why}`];
  });
  return `${tested}. ${whole(missing.length)} were not: ${told.join('; ')}.`;
}
