import {
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
import { fillCost } from '../kinds/costs.js';
import {
  candidates,
  costs,
  decisions,
  funding,
  hypotheses,
  outcomes,
  states,
  targets,
} from '../ports.js';
import { type Group, groupOf, groupsOf } from './rows/groups.js';
import { type Hypothesis, hypothesesOf } from './rows/hypotheses.js';
import { MarketTables } from './rows/market.js';
import { type Table, tablesOf } from './rows/tables.js';

/*
 * 1. The hypotheses that passed, each with the decisions of its event and template on the rows it is given.
 * 2. The trades are those that discovery counts: the same code finds them, signs them, takes the funding off and thins them.
 * 3. Of a filter, what it keeps is traded and thinned by itself. What it leaves out of the trades of its base stands beside, to be
 *    compared with.
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
    costs: optional(many(costs)),
  },
  out: { outcomes },
  params: {
    cost: t.spec(cost, { doc: 'Charged on every fill.' }),
  },
  reads: () => ({
    candidates: ['id', 'passed'],
    decisions: ['event', 'template', 'symbol', 'signal', 'ts', 'side', 'kept'],
    funding: ['ts', 'rate'],
  }),
  errors: {
    'discovery/no-symbol':
      'Outcomes do not say which symbol they are of: `targets` must come from a stage with `foreach: symbol`.',
    'discovery/no-outcome':
      'Outcomes of {symbols} have no column {outcome}, which a candidate needs.',
    'discovery/no-state':
      'No symbol has a column {column} among its states, which {candidate} is conditioned on.',
    'discovery/no-hypothesis': 'Candidate {candidate} is none of the hypotheses.',
    'discovery/off-clock':
      'The decision of {template} on {event} of {symbol} at {ts} is not on a row of its outcomes.',
  },
  warnings: {
    'discovery/no-funding':
      '{symbol} has no funding print: its outcomes are told without what was paid.',
  },

  run({ candidates, hypotheses, decisions, targets, states, funding, costs }, { cost }, ctx) {
    const asked = new Map(hypothesesOf(hypotheses).map((one) => [one.id, one]));
    const passed = candidates.flags('passed');
    const finds = candidates.texts('id').flatMap((id, i) => {
      if (passed[i] !== 1) return [];
      return [asked.get(id ?? '') ?? ctx.refuse('discovery/no-hypothesis', { candidate: id })];
    });
    const tables = tablesOf(targets, states, cost.funding ? funding : undefined, ctx);
    const market = new MarketTables(tables, ctx);
    const groups = groupsOf(decisions, tables, ctx);
    const sides = new Map(tables.map(({ symbol }) => [symbol, fillCost(cost, costs, symbol)]));
    const rows = finds.flatMap((find) => {
      if (!market.tells(find)) {
        ctx.refuse('discovery/no-state', { column: find.state, candidate: find.id });
      }
      const rows = rowsOf(find, groupOf(groups, find), market, tables);
      return rows.map((row) => ({ ...row, cost: find.fills * (sides.get(row.symbol) ?? NaN) }));
    });
    return { outcomes: frameOf(rows.sort(inOrder)) };
  },
});

interface Row {
  readonly find: Hypothesis;
  readonly symbol: string;
  readonly ts: number;
  readonly side: number;
  readonly kept: boolean;
  readonly gross: number;
  readonly adverse: number;
  readonly favourable: number;
}

/** What a find trades, and behind it what a filter leaves out of the trades of its base. */
function rowsOf(
  find: Hypothesis,
  group: Group,
  market: MarketTables,
  tables: readonly Table[],
): readonly Row[] {
  // How far the price of one leg went says nothing of two.
  const stood = find.fills > 2 ? [] : tables.map(({ frame }) => excursions(frame, find.hold));
  const row = (i: number, gross: number): Row => {
    const [number, at] = [group.symbols[i] ?? 0, group.rows[i] ?? 0];
    const side = find.direction * (group.sides[i] ?? NaN);
    const table = tables[number];
    return {
      find,
      symbol: table?.symbol ?? '',
      ts: table?.times[at] ?? NaN,
      side,
      kept: group.kept[i] === 1,
      gross,
      ...(stood[number]?.(at, side) ?? { favourable: NaN, adverse: NaN }),
    };
  };
  const traded = market.trades(find, group, true);
  const base = find.filters ? market.trades(find, group, false) : traded;
  const rows = (of: typeof traded) => Array.from(of.which, (i, k) => row(i, of.gross[k] ?? NaN));
  return [...rows(traded), ...rows(base).filter(({ kept }) => !kept)];
}

/** The best and the worst a position stood at, where targets tell how far the price went. */
function excursions(targets: Frame, hold: number) {
  const [high, low] = ['best', 'worst'].map((end) => {
    const name = `${end}_excursion_${hold}`;
    return targets.has(name) ? targets.column(name) : undefined;
  });
  return (row: number, side: number) => {
    const ends = [side * (high?.[row] ?? NaN), side * (low?.[row] ?? NaN)] as const;
    return { favourable: Math.max(...ends), adverse: Math.min(...ends) };
  };
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
