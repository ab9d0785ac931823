import {
  type Context,
  defineNode,
  Frame,
  type Gathered,
  many,
  optional,
  t,
  textColumn,
  timeColumn,
} from '../../engine/sdk/index.js';
import { cost } from '../kinds/cost.js';
import { type DailyPortfolio, netted } from '../math/netting.js';
import { placeEvents, signalsOf } from '../math/occurrences.js';
import { knownFunding, type Market, marketOf } from '../math/stream.js';
import { type Trade, tradeReturn, tradesOf } from '../math/trades.js';
import { atoms, events, funding, performance, prices, trades, weights } from '../ports.js';

/*
 * 1. Every weighted atom trades its signals on the rows given: decided at a close, entered at least one bar later.
 * 2. Positions of all atoms on one symbol are netted, weight by weight; only the net change pays costs.
 * 3. Rows are booked for each symbol and added up; each day compounds its rows.
 * Nothing is carried over the edges of the window: it starts flat and ends flat, and pays for both.
 */

export default defineNode({
  type: 'simulation.portfolio',
  doc: 'Live through rows with given weights: positions, costs and funding, and what each day brought.',
  time: 'trailing',

  in: { bars: many(prices), events, funding: optional(many(funding)), atoms, weights },
  out: { returns: performance, trades },
  params: {
    cost: t.spec(cost, { doc: 'Charged on every change of the net position in a symbol.' }),
  },
  reads: () => ({ events: ['event', 'symbol', 'ts', 'direction', 'sign'] }),
  errors: {
    'simulation/no-symbol':
      'Bars do not say which symbol they are of: `bars` must come from a stage with `foreach: symbol`.',
    'simulation/clocks-differ': 'Bars of {symbol} have other rows than those of {first}.',
    'simulation/off-clock': 'Event {event} of {symbol} at {ts} is not on a bar.',
    'simulation/unknown-atom': 'Atom {atom} has a weight, but nothing says what it is.',
    'simulation/unknown-symbol': 'Atom {atom} trades {symbol}, of which there are no bars.',
  },

  run({ bars, events, funding, atoms, weights }, { cost }, ctx) {
    const markets = marketsOf(bars, cost.funding ? funding : undefined, ctx);
    const found = placed(events, markets, ctx);
    const rate = (cost.taker_bps + cost.half_spread_bps + cost.slippage_bps) / 10_000;
    const positions = positionsOf(atoms, weights, markets, ctx).map((position) => {
      const { rows, sides } = signalsOf(found.get(position.event), position.number);
      const signed = sides.map((side) => side * position.direction);
      const { trades } = tradesOf(rows, signed, position.market.prices, position.rule);
      return { ...position, trades };
    });
    const booked = netted(positions, markets, rate);
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
  readonly direction: number;
  readonly weight: number;
  readonly rule: { readonly lag: number; readonly hold: number };
  readonly market: Market;
  readonly number: number;
}
type Traded = Position & { readonly trades: readonly Trade[] };

function marketsOf(
  bars: readonly Gathered<Frame>[],
  funding: readonly Gathered<Frame>[] | undefined,
  ctx: Context,
): readonly Market[] {
  const markets = bars.map(({ at, value }) => {
    const symbol = at.symbol ?? ctx.refuse('simulation/no-symbol');
    const prints = funding?.find((f) => f.at.symbol === symbol)?.value;
    const settled = prints && { times: prints.time('ts'), rates: prints.column('rate') };
    return marketOf(symbol, value.time('ts'), value.column('close'), settled);
  });
  const [first] = markets;
  for (const { symbol, times } of markets) {
    const same = times.length === first?.times.length && times[0] === first.times[0];
    if (!same) ctx.refuse('simulation/clocks-differ', { symbol, first: first?.symbol });
  }
  return markets;
}

function placed(events: Frame, markets: readonly Market[], ctx: Context) {
  const log = {
    events: events.texts('event'),
    symbols: events.texts('symbol'),
    times: events.time('ts'),
    directions: events.column('direction'),
    signs: events.column('sign'),
  };
  const { byEvent, off } = placeEvents(log, markets);
  const [row] = off;
  if (row !== undefined) {
    const ts = new Date(log.times[row] ?? NaN).toISOString();
    ctx.refuse('simulation/off-clock', { event: log.events[row], symbol: log.symbols[row], ts });
  }
  return byEvent;
}

/** Weighted atoms in the order of the weights; a weight of 0 trades nothing. */
function positionsOf(
  atoms: Frame,
  weights: Frame,
  markets: readonly Market[],
  ctx: Context,
): readonly Position[] {
  const known = new Map(atoms.texts('id').map((id, row) => [id, row]));
  const [events, symbols] = [atoms.texts('event'), atoms.texts('symbol')];
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
    const event = events[row] ?? '';
    return [{ atom: atom ?? '', event, direction, weight, rule: { lag, hold }, market, number }];
  });
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

function tradeFrame(positions: readonly Traded[]): Frame {
  const rows = positions.flatMap(({ atom, market, weight, trades }) =>
    trades.map((trade) => ({
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
