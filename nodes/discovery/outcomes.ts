import {
  type Context,
  defineNode,
  Frame,
  flagColumn,
  many,
  optional,
  t,
  textColumn,
  timeColumn,
} from '../../engine/sdk/index.js';
import { cost } from '../kinds/cost.js';
import { indexOfValue } from '../math/locate.js';
import { taken } from '../math/taken.js';
import { candidates, decisions, funding, hypotheses, outcomes, states, targets } from '../ports.js';
import { type DecisionsOf, decisionsBy } from './rows/decided.js';
import { type Find, findsOf } from './rows/finds.js';
import { longReturns, type Place, placesOf, stateHeld } from './rows/places.js';

/*
 * 1. Decisions of each candidate that passed: of its event and template, on its symbol or all, in its state or any.
 * 2. Signed by the side of the decision and the direction of the candidate, less the funding paid while held.
 * 3. Thinned as discovery does: in one symbol the next counts once the position of the one before is closed. What a filter
 *    keeps and what it leaves out are thinned each by itself: two sets that are compared.
 */

export default defineNode({
  type: 'discovery.outcomes',
  doc: 'What the decisions of candidates that passed brought, computed anew from the rows it is given.',
  time: 'future',

  in: {
    candidates,
    hypotheses,
    decisions,
    targets: many(targets),
    states: optional(many(states)),
    funding: optional(many(funding)),
  },
  out: { outcomes },
  params: {
    cost: t.spec(cost, { doc: 'Charged on every fill.' }),
    pairs: t.list(t.text(), {
      default: [],
      doc: 'Templates that trade two legs, which pay four fills; all others pay two.',
    }),
  },
  reads: () => ({
    hypotheses: ['id', 'outcome'],
    decisions: ['event', 'template', 'symbol', 'signal', 'ts', 'side', 'kept'],
    funding: ['ts', 'rate'],
  }),
  errors: {
    'discovery/no-symbol':
      'Outcomes do not say which symbol they are of: `targets` must come from a stage with `foreach: symbol`.',
    'discovery/no-outcome':
      'Outcomes of {symbol} have no column {outcome}, which a candidate needs.',
    'discovery/no-state':
      'States of {symbol} cannot tell {state}, which a candidate is conditioned on.',
    'discovery/no-hypothesis': 'Candidate {candidate} is none of the hypotheses.',
    'discovery/off-clock':
      '{template} on {event} decides for {symbol} at {ts}, which is not on a row of its outcomes.',
  },
  warnings: {
    'discovery/unfunded':
      'Of {symbol} there is no funding print: what its positions paid is not known and left out.',
  },

  run(
    { candidates, hypotheses, decisions, targets, states, funding: prints },
    { cost, pairs },
    ctx,
  ) {
    const places = placesOf(targets, states, cost.funding ? prints : undefined, ctx);
    const decided = decisionsBy(decisions);
    const rate = (cost.taker_bps + cost.half_spread_bps + cost.slippage_bps) / 10_000;
    const rows = findsOf(candidates, hypotheses, ctx).flatMap((find) => {
      const fills = pairs.includes(find.base) ? 4 : 2;
      return rowsOf(find, decided, places, ctx).map((row) => ({ ...row, cost: fills * rate }));
    });
    return { outcomes: frameOf(rows.sort(inOrder)) };
  },
});

interface Row {
  readonly find: Find;
  readonly symbol: string;
  readonly ts: number;
  readonly side: number;
  readonly kept: boolean;
  readonly gross: number;
  readonly adverse: number;
  readonly favourable: number;
}

/** The decisions of a candidate, thinned: what is kept and what is left out each by itself. */
function rowsOf(
  find: Find,
  decided: DecisionsOf,
  places: readonly Place[],
  ctx: Context,
): readonly Row[] {
  const all = signedOf(find, decided, places, ctx);
  return [true, false].flatMap((kept) => {
    const part = all.filter((row) => row.kept === kept);
    const of = (value: (row: Signed) => number) => part.map(value);
    const reach = find.entry_lag + find.horizon;
    return taken(
      of((r) => r.number),
      of((r) => r.row),
      of((r) => r.gross),
      reach,
    ).flatMap((i) => part[i] ?? []);
  });
}

interface Signed extends Row {
  /** Of its symbol, and the row in its table. */
  readonly number: number;
  readonly row: number;
}

/** Every decision of a candidate with what followed it; NaN where that is not known. */
function signedOf(
  find: Find,
  decided: DecisionsOf,
  places: readonly Place[],
  ctx: Context,
): readonly Signed[] {
  const { symbols, signals, times, sides, kept } = decided(find.event, find.template);
  const held = { lag: find.entry_lag, hold: find.horizon };
  const traded = find.symbol === null ? places : places.filter((p) => p.symbol === find.symbol);
  const known = new Map(
    traded.map((place, number) => {
      const returns = longReturns(place, find.outcome, held, ctx);
      return [place.symbol, { place, number, returns }];
    }),
  );
  return symbols.flatMap((symbol, i) => {
    const table = known.get(symbol);
    const signal = signals[i] ?? NaN;
    if (!table || !inState(find, table.place, signal, ctx)) return [];
    const ts = times[i] ?? NaN;
    const row = rowAt(table.place, find, ts, ctx);
    const side = find.direction * (sides[i] ?? NaN);
    const gross = side === 0 ? NaN : side * (table.returns[row] ?? NaN);
    const stood = excursions(table.place, find.horizon, row, side);
    const { number } = table;
    return [{ find, symbol, number, row, side, ts, kept: kept[i] ?? false, ...stood, gross }];
  });
}

function inState({ state }: Find, place: Place, signal: number, ctx: Context): boolean {
  return state === null || stateHeld(place, state, signal, ctx);
}

function rowAt({ symbol, times }: Place, { event, template }: Find, ms: number, ctx: Context) {
  const row = indexOfValue(times, ms);
  if (row >= 0) return row;
  const ts = new Date(ms).toISOString();
  return ctx.refuse('discovery/off-clock', { event, template, symbol, ts });
}

/** The best and the worst a position stood at, where targets tell how far the price went. */
function excursions({ targets }: Place, horizon: number, row: number, side: number) {
  const at = (name: string) => (targets.has(name) ? (targets.column(name)[row] ?? NaN) : NaN);
  const ends = [
    side * at(`best_excursion_${horizon}`),
    side * at(`worst_excursion_${horizon}`),
  ] as const;
  return { favourable: Math.max(...ends), adverse: Math.min(...ends) };
}

function inOrder(a: Row, b: Row): number {
  const byText = (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0);
  const byKept = Number(a.kept) - Number(b.kept);
  return byText(a.find.id, b.find.id) || a.ts - b.ts || byText(a.symbol, b.symbol) || byKept;
}

function frameOf(rows: readonly (Row & { readonly cost: number })[]): Frame {
  const texts = (of: (row: Row) => string) => textColumn(rows.map(of));
  return Frame.of({
    candidate: texts((r) => r.find.id),
    event: texts((r) => r.find.event),
    template: texts((r) => r.find.template),
    symbol: texts((r) => r.symbol),
    ts: timeColumn(rows.map((r) => r.ts)),
    side: rows.map((r) => r.side),
    kept: flagColumn(rows.map((r) => r.kept)),
    gross: rows.map((r) => r.gross),
    cost: rows.map((r) => r.cost),
    adverse: rows.map((r) => r.adverse),
    favourable: rows.map((r) => r.favourable),
  });
}
