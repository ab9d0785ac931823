import {
  type Context,
  defineNode,
  Frame,
  many,
  optional,
  t,
  textColumn,
  timeColumn,
} from '../../engine/sdk/index.js';
import { cost } from '../kinds/cost.js';
import { fillCost } from '../kinds/costs.js';
import { DECISION_COLUMNS, factsOf, logOf } from '../kinds/decision-log.js';
import { fold } from '../kinds/fold.js';
import { type DailyPortfolio, netted } from '../math/netting.js';
import { type Placed, placeDecisions, signalsOf } from '../math/occurrences.js';
import { knownFunding, type Market } from '../math/stream.js';
import { type Trade, tradeReturn, tradesOf } from '../math/trades.js';
import {
  atoms,
  costs,
  decisions,
  funding,
  performance,
  prices,
  trades,
  universe,
  weights,
} from '../ports.js';
import { before, endedIn, marketErrors, marketsUntil } from './rows/markets.js';

/*
 * 1. Every weighted atom trades its signals on the rows given: decided at a close, entered at least one bar later.
 * 2. Positions of all atoms on one symbol are netted, weight by weight; only the net change pays costs.
 * 3. Rows are booked for each symbol and added up; each day compounds its rows.
 * 4. The window starts flat, and by a plan as old as the fold all is closed and paid for at the last bar that closes by its
 *    end. What has no price there, or whose rows stop before, is held on: a close that nobody saw is not made up.
 * 5. A symbol that is known to have ceased to trade is closed at its last price, at the bar that opens then, and costs as any other
 *    close does; nothing is entered from then on.
 */

export default defineNode({
  type: 'simulation.portfolio',
  doc: 'Live through rows with given weights: positions, costs and funding, and what each day brought.',
  time: 'trailing',

  in: {
    bars: many(prices),
    decisions,
    funding: optional(many(funding)),
    costs: optional(many(costs)),
    atoms,
    weights,
    universe: optional(universe),
  },
  out: { returns: performance, trades },
  params: {
    cost: t.spec(cost, { doc: 'Charged on every change of the net position in a symbol.' }),
    fold: t.spec(fold, {
      doc: 'Its test window ends at an announced time: all is closed at the last bar that closes by it.',
    }),
    spacing: t.duration({ default: '5m', doc: 'Length of a bar.' }),
  },
  reads: () => ({
    decisions: DECISION_COLUMNS,
    universe: ['symbol', 'delisted'],
  }),
  errors: {
    ...marketErrors,
    'simulation/off-clock': '{template} of {event} in {symbol} at {ts} is not on a bar.',
    'simulation/unknown-atom': 'Atom {atom} has a weight, but nothing says what it is.',
    'simulation/unknown-symbol': 'Atom {atom} trades {symbol}, of which there are no bars.',
  },
  warnings: {
    'simulation/still-held':
      '{count} positions in {symbols} found no price to be closed at by the end of the test window: they are still held, at the last known close.',
    'simulation/delisted':
      '{symbols} ceased to trade within the test window: {count} positions that were open then were closed at the last price.',
  },

  run({ bars, decisions, funding, costs, atoms, weights, universe }, { cost, fold, spacing }, ctx) {
    const charged = cost.funding ? funding : undefined;
    const { markets, end } = marketsUntil(bars, charged, universe, fold, spacing, ctx);
    const found = placed(before(decisions, fold.test_to - spacing + 1), atoms, markets, ctx);
    const rates = markets.map(({ symbol }) => fillCost(cost, costs, symbol));
    const positions = positionsOf(atoms, weights, markets, ctx).map((position) => {
      const { event, template, number } = position;
      const { rows, sides } = signalsOf(found.of(event, template), number);
      const signed = sides.map((side) => side * position.direction);
      const { prices, gone } = position.market;
      const { trades } = tradesOf(rows, signed, prices, position.rule, Math.min(end, gone));
      return { ...position, trades };
    });
    warnOfHeld(positions, ctx);
    warnOfEnded(positions, ctx);
    const booked = netted(positions, markets, rates);
    const daily = {
      ...booked,
      funding: knownFunding(booked.funding, markets, cost.funding),
    };
    return {
      returns: performanceFrame(daily, markets[0]?.days.starts ?? new Float64Array(0)),
      trades: tradeFrame(positions),
    };
  },
});

/** A weighted atom on its symbol. */
interface Position {
  readonly atom: string;
  readonly event: string;
  readonly template: string;
  readonly direction: number;
  readonly weight: number;
  readonly rule: { readonly lag: number; readonly hold: number };
  readonly market: Market;
  readonly number: number;
}
type Traded = Position & { readonly trades: readonly Trade[] };

function placed(decisions: Frame, atoms: Frame, markets: readonly Market[], ctx: Context): Placed {
  const log = logOf(decisions);
  const [events, templates] = [atoms.texts('event'), atoms.texts('template')];
  const wanted = events.map((event, row) => {
    return { event: event ?? '', template: templates[row] ?? '' };
  });
  const found = placeDecisions(log, markets, wanted);
  const [row] = found.off;
  if (row !== undefined) ctx.refuse('simulation/off-clock', factsOf(log, row));
  return found;
}

/** Weighted atoms in the order of the weights; a weight of 0 trades nothing. */
function positionsOf(
  atoms: Frame,
  weights: Frame,
  markets: readonly Market[],
  ctx: Context,
): readonly Position[] {
  const known = new Map(atoms.texts('id').map((id, row) => [id, row]));
  const texts = (name: string) => atoms.texts(name);
  const [events, templates, symbols] = [texts('event'), texts('template'), texts('symbol')];
  const numbers = (name: string) => atoms.column(name);
  return weights.texts('atom').flatMap((atom, i) => {
    const weight = weights.column('weight')[i] ?? NaN;
    if (weight === 0) return [];
    const row = known.get(atom) ?? ctx.refuse('simulation/unknown-atom', { atom });
    const symbol = symbols[row];
    const number = markets.findIndex((market) => market.symbol === symbol);
    const market = markets[number] ?? ctx.refuse('simulation/unknown-symbol', { atom, symbol });
    const lag = numbers('entry_lag')[row] ?? NaN;
    const hold = numbers('horizon')[row] ?? NaN;
    const direction = numbers('direction')[row] ?? NaN;
    const [event, template] = [events[row] ?? '', templates[row] ?? ''];
    return [
      { atom: atom ?? '', event, template, direction, weight, rule: { lag, hold }, market, number },
    ];
  });
}

function warnOfHeld(positions: readonly Traded[], ctx: Context): void {
  const held = positions.filter(({ trades, market }) => isHeld(trades[trades.length - 1], market));
  if (held.length === 0) return;
  const symbols = [...new Set(held.map(({ market }) => market.symbol))].sort();
  ctx.warn('simulation/still-held', { count: held.length, symbols: symbols.join(', ') });
}

function warnOfEnded(positions: readonly Traded[], ctx: Context): void {
  const settled = positions.flatMap(({ trades, market }) =>
    trades.filter(({ exit }) => exit === market.gone).map(() => market),
  );
  if (settled.length === 0) return;
  const symbols = endedIn([...new Set(settled)], () => true);
  ctx.warn('simulation/delisted', { count: settled.length, symbols });
}

function isHeld(trade: Trade | undefined, market: Market): boolean {
  return trade !== undefined && trade.exit === market.times.length;
}

function performanceFrame(daily: DailyPortfolio, starts: Float64Array): Frame {
  return Frame.of({
    ts: timeColumn(starts),
    net: daily.net,
    gross: daily.gross,
    cost: daily.cost,
    funding: daily.funding,
    turnover: daily.traded,
    exposure: daily.exposure,
    net_exposure: daily.netExposure,
    trades: daily.entered,
  });
}

/** Positions that were left: one that is still held is no trade yet. */
function tradeFrame(positions: readonly Traded[]): Frame {
  const rows = positions.flatMap(({ atom, market, weight, trades }) =>
    trades
      .filter((trade) => !isHeld(trade, market))
      .map((trade) => ({
        ts: market.times[trade.entry] ?? NaN,
        exit: market.times[trade.exit] ?? NaN,
        atom,
        symbol: market.symbol,
        side: trade.side,
        weight,
        gross: tradeReturn(trade, market.prices),
      })),
  );
  rows.sort((a, b) => a.ts - b.ts || (a.atom < b.atom ? -1 : a.atom > b.atom ? 1 : 0));
  return Frame.of({
    ts: timeColumn(rows.map((r) => r.ts)),
    atom: textColumn(rows.map((r) => r.atom)),
    symbol: textColumn(rows.map((r) => r.symbol)),
    exit: timeColumn(rows.map((r) => r.exit)),
    side: rows.map((r) => r.side),
    weight: rows.map((r) => r.weight),
    gross: rows.map((r) => r.gross),
  });
}
