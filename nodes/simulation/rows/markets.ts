import type { Context, Frame, Gathered, SpecOf } from '../../../engine/sdk/index.js';
import type { fold } from '../../kinds/fold.js';
import { lowerBound } from '../../math/locate.js';
import { type Market, marketOf } from '../../math/stream.js';

/** What a simulation lives through. */
export interface Lived {
  /** Every symbol, with the bars that close by the announced end and the prints that settle in them. */
  readonly markets: readonly Market[];
  /** The row that closes last by the announced end: a plan made before the first row, so it may lie beyond the rows there are. */
  readonly end: number;
}

/** The codes that {@link marketsUntil} refuses with. */
export const marketErrors = {
  'simulation/no-symbol':
    'Bars do not say which symbol they are of: `bars` must come from a stage with `foreach: symbol`.',
  'simulation/clocks-differ': 'Bars of {symbol} have other rows than those of {first}.',
};

/**
 * The markets of a test window. What lies beyond its end is left out: a longer file brings nothing new.
 * @param funding   prints of symbols; undefined where positions pay none
 * @param universe  when symbols ceased to trade; whoever is not in it, or has no such time, trades on
 * @param spacing   milliseconds of a bar
 */
export function marketsUntil(
  bars: readonly Gathered<Frame>[],
  funding: readonly Gathered<Frame>[] | undefined,
  universe: Frame | undefined,
  { test_to }: Pick<SpecOf<typeof fold>, 'test_to'>,
  spacing: number,
  ctx: Context,
): Lived {
  const ends = endsOf(universe);
  const markets = bars.map(({ at, value }) => {
    const symbol = at.symbol ?? ctx.refuse('simulation/no-symbol');
    const rows = before(value, test_to - spacing + 1);
    const times = rows.time('ts');
    const closed = (times[times.length - 1] ?? Number.NEGATIVE_INFINITY) + spacing;
    const found = funding?.find((f) => f.at.symbol === symbol)?.value;
    const prints = found && before(found, closed);
    const settled = prints && { times: prints.time('ts'), rates: prints.column('rate') };
    return marketOf(symbol, times, rows.column('close'), settled, ends.get(symbol));
  });
  const [first] = markets;
  for (const { symbol, times } of markets) {
    const same = times.length === first?.times.length && times[0] === first.times[0];
    if (!same) ctx.refuse('simulation/clocks-differ', { symbol, first: first?.symbol });
  }
  const from = first?.times[0] ?? test_to;
  return { markets, end: Math.floor((test_to - from) / spacing) - 1 };
}

/** When symbols ceased to trade, UTC milliseconds. A time that lies ahead of a row says nothing at that row. */
function endsOf(universe: Frame | undefined): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  universe?.texts('symbol').forEach((symbol, row) => {
    const end = universe.column('delisted')[row] ?? NaN;
    if (symbol !== null && !Number.isNaN(end)) ends.set(symbol, end);
  });
  return ends;
}

/** Symbols that ceased to trade while something was held of them, in order of name. */
export function endedIn(markets: readonly Market[], held: (market: Market) => boolean): string {
  const ended = markets.filter((market) => Number.isFinite(market.gone) && held(market));
  return ended
    .map(({ symbol }) => symbol)
    .sort()
    .join(', ');
}

/** The rows whose `ts` lies before a time. */
export function before(frame: Frame, ms: number): Frame {
  return frame.slice(0, lowerBound(frame.time('ts'), ms));
}
