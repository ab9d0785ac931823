import portfolio from '../../../nodes/simulation/portfolio.js';
import { frameOf } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { runNode } from '../../kit/node.js';
import { costly, DAY, FIVE, foldUntil, START } from '../../kit/research.js';

/*
 * Ten bars around midnight, worked out by hand. Rows 0–5 belong to the first day, 6–9 to the second.
 *
 *   row            0    1    2    3    4    5  |  6    7    8    9
 *   close        100  100  102  102  101  101 | 101  104  102  103
 *   event E            +1                     |  −1
 *   exposure                 ½    ½    ½    ½ |  0   −½   −½    0     after the close; entry a bar after the event
 *   funding                                   | 0.1% paid by longs, settled at midnight; the print before was at noon
 */
export const FROM = START + DAY - 6 * FIVE;
export const times = Array.from({ length: 10 }, (_, row) => FROM + row * FIVE);
export const CLOSE = [100, 100, 102, 102, 101, 101, 101, 104, 102, 103];
/** Fee 5, half spread 0.5, slippage 1: in basis points a side. */
export const COST = 6.5e-4;
export const RATE = 0.001;
/** The last bar closes when the test window ends. */
export const fold = foldUntil(FROM + 10 * FIVE);

export const barsOf = (closes: Readonly<Record<string, readonly number[]>>) =>
  Object.entries(closes).map(([symbol, close]) => ({
    at: { symbol },
    value: frame({ ts: times, close: [...close] }),
  }));
export const decisionsAt = (
  list: readonly (readonly [row: number, symbol: string, side: number])[],
) =>
  frame({
    event: list.map(() => 'E'),
    template: list.map(() => 'continuation'),
    symbol: list.map(([, symbol]) => symbol),
    ts: list.map(([row]) => times[row] ?? NaN),
    side: list.map(([, , side]) => side),
    kept: list.map(() => true),
  });
export const atom = (id: string, symbol: string, more: object = {}) => ({
  id,
  symbol,
  event: 'E',
  template: 'continuation',
  direction: 1,
  horizon: 4,
  entry_lag: 1,
  ...more,
});
export const tableOf = (rows: readonly Readonly<Record<string, string | number>>[]) =>
  frame(
    Object.fromEntries(
      Object.keys(rows[0] ?? {}).map((name) => [name, rows.map((row) => row[name] ?? '')]),
    ) as Readonly<Record<string, string[] | number[]>>, // every row has the same keys and kinds
  );
export const weigh = (weights: Readonly<Record<string, number>>) =>
  frame({
    atom: Object.keys(weights),
    cluster: Object.keys(weights).map((_, i) => i + 1),
    weight: Object.values(weights),
  });
export const funding = [
  {
    at: { symbol: 'S' },
    value: frame({
      ts: [START + DAY / 2, START + DAY],
      rate: [RATE, RATE],
      interval_hours: [8, 12],
    }),
  },
];
export const ins = {
  bars: barsOf({ S: CLOSE }),
  decisions: decisionsAt([
    [1, 'S', 1],
    [6, 'S', -1],
  ]),
  funding,
  atoms: tableOf([atom('a', 'S')]),
  weights: weigh({ a: 0.5 }),
};
export const daysOf = async (given: object, cost: object = costly) => {
  const { outs } = await runNode(portfolio, { ...ins, ...given }, { cost, fold });
  return { days: [...frameOf(outs, 'returns').rows()], trades: frameOf(outs, 'trades') };
};
