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
import { fillCost } from '../kinds/costs.js';
import { DECISION_COLUMNS, factsOf, logOf } from '../kinds/decision-log.js';
import { type Placed, placeDecisions, signalsOf } from '../math/occurrences.js';
import { type Market, marketOf, type Stream, streamOf } from '../math/stream.js';
import { sum } from '../math/sum.js';
import { atoms, candidates, costs, decisions, funding, prices, returns } from '../ports.js';

/*
 * 1. Finds, best q first, until the pool is full: every find gives an atom on each symbol. Those of two legs are left out: nothing
 *    here trades spot, and half of what was tested was not.
 * 2. An atom trades its signals one after the other with unit size; its stream is what each day brought after costs.
 * 3. Atoms with too few trades to judge are left out, and so are all of a symbol that is no longer quoted.
 */

export default defineNode({
  type: 'selection.atoms',
  doc: 'Turn what discovery found into strategy atoms, one a find and symbol, with their daily streams.',
  time: 'fit',

  in: {
    candidates,
    decisions,
    bars: many(prices),
    funding: optional(many(funding)),
    costs: optional(many(costs)),
  },
  out: { atoms, returns },
  params: {
    cost: t.spec(cost, { doc: 'Charged on every change of position.' }),
    least_trades: t.integer({
      default: 10,
      min: 2,
      doc: 'Trades below which an atom is not judged.',
    }),
    at_most: t.integer({ default: 200, min: 1, doc: 'Atoms in the pool.' }),
  },
  reads: () => ({ decisions: DECISION_COLUMNS }),
  errors: {
    'selection/no-symbol':
      'Bars do not say which symbol they are of: `bars` must come from a stage with `foreach: symbol`.',
    'selection/off-clock': '{template} of {event} in {symbol} at {ts} is not on a bar.',
  },
  warnings: {
    'selection/two-legs':
      '{finds} finds are of two legs, the perpetual against its spot market, which nothing trades here: they give no atoms.',
    'selection/gone':
      '{symbol} has no price on the last day of the window: it cannot be traded, so none of its atoms are offered.',
    'selection/pool-full': '{found} atoms were found; the {kept} with the least q stay.',
  },

  run({ candidates, decisions, bars, funding, costs }, { cost, least_trades, at_most }, ctx) {
    const all = bars.map((frame) => placeOf(frame, cost.funding ? funding : undefined, ctx));
    const passed = findsOf(candidates);
    const finds = passed.filter(({ fills }) => fills === 2);
    if (finds.length < passed.length) {
      ctx.warn('selection/two-legs', { finds: passed.length - finds.length });
    }
    const markets = all.map((p) => p.market);
    const taken = placed(decisions, finds, markets, ctx);
    const places = all
      .map((place, number) => ({ place, number }))
      .filter(({ place }) => alive(place, ctx));
    const rates = all.map(({ market }) => fillCost(cost, costs, market.symbol));
    const found = finds.flatMap((find) =>
      places.map(({ place, number }) => {
        const { rows, sides } = signalsOf(taken.of(find.event, find.template), number);
        const signed = sides.map((side) => side * find.direction);
        const rule = { lag: find.entry_lag, hold: find.horizon };
        const stream = streamOf(rows, signed, rule, place.market, rates[number] ?? NaN);
        const id = `${place.market.symbol}_${find.event}.${find.template}.${find.horizon}b_LONG`;
        return { id, find, place, stream };
      }),
    );
    const judged = found.filter(({ stream }) => stream.trades.length >= least_trades);
    if (judged.length > at_most) {
      ctx.warn('selection/pool-full', { found: judged.length, kept: at_most });
    }
    const kept = judged.slice(0, at_most).sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
    return { atoms: atomFrame(kept), returns: streamFrame(kept) };
  },
});

interface Find {
  readonly id: string;
  readonly event: string;
  readonly template: string;
  readonly horizon: number;
  readonly entry_lag: number;
  readonly direction: number;
  readonly fills: number;
  readonly mean: number;
  readonly q: number;
}
interface Place {
  readonly market: Market;
  /** Days that have a price. */
  readonly quoted: readonly boolean[];
  /** Turnover a day, in quote units; NaN where it is not told. */
  readonly valueTraded: number;
}
interface Atom {
  readonly id: string;
  readonly find: Find;
  readonly place: Place;
  readonly stream: Stream;
}

/** What passed, least q first, ties by id. */
function findsOf(candidates: Frame): readonly Find[] {
  const passed = candidates.flags('passed');
  const text = (name: string) => candidates.texts(name);
  const number = (name: string) => candidates.column(name);
  const [ids, events, templates] = [text('id'), text('event'), text('template')];
  const finds = Array.from(ids, (id, i) => ({
    id: id ?? '',
    event: events[i] ?? '',
    template: templates[i] ?? '',
    horizon: number('horizon')[i] ?? NaN,
    entry_lag: number('entry_lag')[i] ?? NaN,
    direction: number('direction')[i] ?? NaN,
    fills: number('fills')[i] ?? NaN,
    mean: number('mean')[i] ?? NaN,
    q: number('q')[i] ?? NaN,
  })).filter((_, i) => passed[i] === 1);
  return finds.sort((a, b) => a.q - b.q || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

function placeOf(
  { at, value }: Gathered<Frame>,
  funding: readonly Gathered<Frame>[] | undefined,
  ctx: Context,
): Place {
  const symbol = at.symbol ?? ctx.refuse('selection/no-symbol');
  const prints = funding?.find((f) => f.at.symbol === symbol)?.value;
  const settled = prints && { times: prints.time('ts'), rates: prints.column('rate') };
  const market = marketOf(symbol, value.time('ts'), value.column('close'), settled);
  const traded = value.has('quote_volume') ? sum(value.column('quote_volume')) : NaN;
  const quoted = Array.from(market.days.starts, () => false);
  for (let row = 0; row < market.prices.length; row++) {
    if (!Number.isNaN(market.prices[row] ?? NaN)) quoted[market.days.of[row] ?? 0] = true;
  }
  return { market, quoted, valueTraded: traded / quoted.length };
}

/** A symbol that ended before the window did would be bought after it is gone. */
function alive({ market: { symbol }, quoted }: Place, ctx: Context): boolean {
  if (quoted[quoted.length - 1] ?? false) return true;
  ctx.warn('selection/gone', { symbol });
  return false;
}

function placed(
  decisions: Frame,
  finds: readonly Find[],
  markets: readonly Market[],
  ctx: Context,
): Placed {
  const log = logOf(decisions);
  const found = placeDecisions(log, markets, finds);
  const [row] = found.off;
  if (row !== undefined) ctx.refuse('selection/off-clock', factsOf(log, row));
  return found;
}

function atomFrame(atoms: readonly Atom[]): Frame {
  const numbers = (of: (atom: Atom) => number) => atoms.map(of);
  const texts = (of: (atom: Atom) => string) => textColumn(atoms.map(of));
  return Frame.of(
    {
      id: texts((a) => a.id),
      candidate: texts((a) => a.find.id),
      symbol: texts((a) => a.place.market.symbol),
      event: texts((a) => a.find.event),
      template: texts((a) => a.find.template),
      horizon: numbers((a) => a.find.horizon),
      entry_lag: numbers((a) => a.find.entry_lag),
      direction: numbers((a) => a.find.direction),
      mean: numbers((a) => a.find.mean),
      q: numbers((a) => a.find.q),
      trades: numbers((a) => a.stream.trades.length),
      value_traded: numbers((a) => a.place.valueTraded),
    },
    { horizon: 'bars', entry_lag: 'bars', value_traded: 'quote' },
  );
}

/** All streams as one long table, by day, then by atom; a day without a price is missing, not 0. */
function streamFrame(atoms: readonly Atom[]): Frame {
  const rows = atoms.flatMap(({ id, place, stream }) =>
    Array.from(place.market.days.starts, (ts, day) => {
      const ret = place.quoted[day] ? (stream.net[day] ?? NaN) : NaN;
      return { ts, id, ret };
    }),
  );
  rows.sort((a, b) => a.ts - b.ts || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return Frame.of({
    ts: timeColumn(rows.map((r) => r.ts)),
    atom: textColumn(rows.map((r) => r.id)),
    ret: rows.map((r) => r.ret),
  });
}
