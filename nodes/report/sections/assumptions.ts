import type { Gathered, JsonObject, SpecOf } from '../../../engine/sdk/index.js';
import type { cost } from '../../kinds/cost.js';
import type { market } from '../../kinds/market.js';
import { list, type Section } from '../page/document.js';
import { fixed } from '../page/numbers.js';
import { fundingOf, fundingRule } from './funding.js';

/** What no number in here can show. */
export function assumptions(
  { calendar }: SpecOf<typeof market>,
  charged: SpecOf<typeof cost>,
  quality: readonly Gathered<JsonObject>[],
): Section {
  const { taker_bps, half_spread_bps, slippage_bps } = charged;
  return {
    title: 'What this rests on',
    blocks: [
      list([
        'A signal is known at the close of its bar; the position is entered at the close of a later bar, at the price of that bar. Tables of trades name bars by their opens: a fill is at the close of the bar, one bar length later.',
        `Every change of the net position in a symbol costs ${fixed(taker_bps, 1)} (fee) + ${fixed(half_spread_bps, 1)} (half spread) + ${fixed(slippage_bps, 1)} (slippage) basis points; the size of the order has no influence on its price.`,
        fundingRule(fundingOf(charged, quality)),
        'A test window starts and ends flat; positions still open at its end are closed at its last price and pay for it.',
        'Buying and holding puts equal amounts into every symbol on the first day of a fold and sells on its last, at the same costs.',
        'Weights are shares of capital an atom may use; an atom holds nothing between its trades, so mean exposure is far below 1.',
        `A year has ${calendar.days_per_year} days. Days are UTC.`,
      ]),
    ],
  };
}
