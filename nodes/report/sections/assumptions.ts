import type { Gathered, JsonObject, SpecOf } from '../../../engine/sdk/index.js';
import type { cost } from '../../kinds/cost.js';
import type { market } from '../../kinds/market.js';
import { type Block, list, type Section } from '../page/document.js';
import { fixed } from '../page/numbers.js';
import { spreadRule } from './charged.js';
import { fundingOf, fundingRule } from './funding.js';

const ENTRY =
  'A signal is known at the close of its bar; the position is entered at the close of a later bar, at the price of that bar.';

/** What no number in here can show. @param paid  what a fill cost, by symbol */
export function assumptions(
  { calendar }: SpecOf<typeof market>,
  charged: SpecOf<typeof cost>,
  quality: readonly Gathered<JsonObject>[],
  paid: readonly Block[],
): Section {
  return {
    title: 'What this rests on',
    blocks: [
      list([
        `${ENTRY} Tables of trades name bars by their opens: a fill is at the close of the bar, one bar length later.`,
        costRule('Every change of the net position in a symbol costs', charged),
        fundingRule(fundingOf(charged, quality)),
        'A test window starts and ends flat; positions still open at its end are closed at its last price and pay for it.',
        'Buying and holding puts equal amounts into every symbol on the first day of a fold and sells on its last, at the same costs.',
        'Weights are shares of capital an atom may use; an atom holds nothing between its trades, so mean exposure is far below 1.',
        `A year has ${calendar.days_per_year} days. Days are UTC.`,
      ]),
      ...paid,
    ],
  };
}

/** The same of research, which tests occurrences one by one and holds no portfolio. */
export function researchAssumptions(
  { calendar }: SpecOf<typeof market>,
  charged: SpecOf<typeof cost>,
  paid: readonly Block[],
): Section {
  return {
    title: 'What this rests on',
    blocks: [
      list([
        `${ENTRY} The position is closed at the close of the bar at the end of its holding time, and by nothing else: another exit is another strategy, and was not tested.`,
        costRule('Each fill, one to enter and one to leave, costs', charged),
        'Occurrences of one hypothesis that would still be held when the next comes are left out, so that no bar counts twice; errors are clustered by day, and by the days after it where several symbols hold that long.',
        `A year has ${calendar.days_per_year} days. Days are UTC.`,
      ]),
      ...paid,
    ],
  };
}

function costRule(what: string, charged: SpecOf<typeof cost>): string {
  const { taker_bps, slippage_bps } = charged;
  return `${what} ${fixed(taker_bps, 1)} (fee) + ${spreadRule(charged)} + ${fixed(slippage_bps, 1)} (slippage) basis points; the size of the order has no influence on its price.`;
}
