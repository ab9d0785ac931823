import {
  defineNode,
  type Frame,
  flagColumn,
  many,
  optional,
  t,
  textColumn,
} from '../../engine/sdk/index.js';
import { cost } from '../kinds/cost.js';
import { fillCost } from '../kinds/costs.js';
import { type DaySamples, daySamples } from '../math/day-draws.js';
import { DAY } from '../math/days.js';
import { costs, decisions, funding, hypotheses, states, targets, tests } from '../ports.js';
import { plainestFirst } from './expectancy/same.js';
import { type Row, Tester, TOLD } from './expectancy/tester.js';
import { groupsOf } from './rows/groups.js';
import { type Hypothesis, hypothesesOf } from './rows/hypotheses.js';
import { MarketTables } from './rows/market.js';
import { type Table, tablesOf } from './rows/tables.js';

/*
 * 1. Decisions of each event and template are put on the rows of their symbols once.
 * 2. Outcomes of one hypothesis: of its symbol or of all, where its state holds, decisions that do not overlap and whose outcome is
 *    known, signed, less the funding paid while held; less, for every fill, what one costs in its symbol.
 *    The Sharpe ratio is the one before costs: it says how far luck can carry, and costs are no luck.
 * 3. Where no symbol has a row of what the event stands on, nothing was looked for.
 * 4. One-sided test with errors clustered by day, so decisions of several symbols at one time are one; where they are held for days,
 *    following days may move together too. Too few decisions or days: no p-value, and so not in the family.
 *    Hypotheses that trade the very same bars are one test: the plainest of them has it, the others say which it is.
 *    Samples of days are drawn once for the whole run: what two hypotheses have in common, their errors have in common too.
 * 5. A filter is tested against what it leaves out, and a shape of outcomes by its own statistic; their mean after costs is told as well,
 *    since that is what trading them would bring. What only lowers a risk must earn too: the weaker of both tests is told.
 */

export default defineNode({
  type: 'discovery.expectancy',
  doc: 'Test what follows the decisions of each hypothesis, one-sided and after costs.',
  source: 'Cameron & Miller (2015), Journal of Human Resources 50(2)',
  time: 'future',

  in: {
    decisions,
    targets: many(targets),
    states: optional(many(states)),
    funding: optional(many(funding)),
    costs: optional(many(costs)),
    hypotheses,
  },
  out: { tests },
  params: {
    cost: t.spec(cost, { doc: 'Charged at every fill; tells whether funding is paid.' }),
    least: t.integer({ default: 30, min: 2, doc: 'Decisions below which nothing is tested.' }),
    least_days: t.integer({
      default: 20,
      min: 2,
      doc: 'Days below which a clustered error means little.',
    }),
    draws: t.integer({ default: 500, min: 50, doc: 'Samples of days for errors of tails.' }),
    decay: t.optional(
      t.map(t.number({ above: 0 }), {
        doc: 'Days in which the weight of a decision falls by a factor e, by family of events; all count alike without.',
      }),
    ),
    floor: t.number({ default: 0.02, min: 0, max: 1, doc: 'Least weight of an old decision.' }),
    spacing: t.duration({ default: '5m', doc: 'Length of a bar.' }),
    seed: t.seed(),
  },
  errors: {
    'discovery/no-symbol':
      'Outcomes do not say which symbol they are of: `targets` must come from a stage with `foreach: symbol`.',
    'discovery/no-outcome':
      'Outcomes of {symbols} have no column {outcome}, which the grid asks for.',
    'discovery/off-clock':
      'The decision of {template} on {event} of {symbol} at {ts} is not on a row of its outcomes.',
    'discovery/no-decay': 'There is no time of decay for the family {family}.',
  },
  warnings: {
    'discovery/no-funding':
      '{symbol} has no funding print: its outcomes are told without what was paid.',
  },

  run({ decisions, targets, states, funding, costs, hypotheses }, params, ctx) {
    const { cost, decay, draws } = params;
    const grid = hypothesesOf(hypotheses);
    const missing = grid.find(({ family }) => decay && decay[family] === undefined);
    if (missing) ctx.refuse('discovery/no-decay', { family: missing.family });
    const tables = tablesOf(targets, states, cost.funding ? funding : undefined, ctx);
    const unpaid = funding?.filter(({ value }) => value.length === 0).map(({ at }) => at.symbol);
    const span = daysOf(tables);
    const stream = ctx.random('days');
    let drawn: DaySamples | undefined;
    const tester = new Tester({
      ...params,
      groups: groupsOf(decisions, tables, ctx),
      market: new MarketTables(tables, ctx),
      symbols: tables.map(({ symbol }) => symbol),
      unpaid: new Set(unpaid),
      sides: Float64Array.from(tables, ({ symbol }) => fillCost(cost, costs, symbol)),
      span,
      samples: () => {
        drawn ??= daySamples(span.first, span.count, draws, () => stream.uniform());
        return drawn;
      },
    });
    return {
      tests: tableOf(hypotheses, testedBy(tester, grid)),
    };
  },
});

/** In the order of the grid; tested are they from the plainest on, so that of equal ones this is the one with a p-value. */
function testedBy(tester: Tester, grid: readonly Hypothesis[]): readonly Row[] {
  const rows = new Map([...grid].sort(plainestFirst).map((one) => [one, tester.test(one)]));
  return grid.flatMap((one) => rows.get(one) ?? []);
}

/** What a test keeps of its hypothesis. */
const KEPT = [
  ...['id', 'market', 'namespace', 'event', 'family', 'symbol', 'state', 'judged', 'template'],
  ...['direction', 'horizon', 'entry_lag', 'fills', 'min_events'],
] as const;
function tableOf(hypotheses: Frame, rows: readonly Row[]): Frame {
  const kept = hypotheses
    .select(KEPT)
    .with('lacks', textColumn(rows.map((r) => r.lacks)))
    .with('same', textColumn(rows.map((r) => r.same)));
  const numbers = TOLD.reduce(
    (frame, name) =>
      frame.with(
        name,
        Float64Array.from(rows, (r) => r[name]),
      ),
    kept,
  );
  return numbers.with('stable', flagColumn(rows.map((r) => r.stable))).with(
    'sharpe',
    Float64Array.from(rows, (r) => r.sharpe),
  );
}

/** First day and number of days that the outcomes span, counted from 1970. */
function daysOf(tables: readonly Table[]): { readonly first: number; readonly count: number } {
  const ends = tables.flatMap(({ times }) =>
    times.length === 0 ? [] : [times[0] ?? NaN, times[times.length - 1] ?? NaN],
  );
  if (ends.length === 0) return { first: 0, count: 0 };
  const days = ends.map((ts) => Math.floor(ts / DAY));
  const first = Math.min(...days);
  return { first, count: Math.max(...days) - first + 1 };
}
