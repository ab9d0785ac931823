import {
  type Context,
  defineNode,
  type Frame,
  flagColumn,
  many,
  type Numbers,
  optional,
  t,
  textColumn,
} from '../../engine/sdk/index.js';
import { cost } from '../kinds/cost.js';
import { DECISION_COLUMNS, factsOf, logOf } from '../kinds/decision-log.js';
import { DAY } from '../math/days.js';
import { expectancy } from '../math/expectancy.js';
import { type Occurrences, type Placed, placeDecisions } from '../math/occurrences.js';
import { dailyOutcomes, outcomesOf } from '../math/outcomes.js';
import { sharpeRatio } from '../math/sharpe.js';
import { mean } from '../math/sum.js';
import { decisions, funding, hypotheses, targets, tests } from '../ports.js';

/*
 * 1. What each template decided on each event is put on the rows of its symbol's outcomes.
 * 2. Outcomes of one hypothesis, symbols pooled: decisions that do not overlap and whose outcome is known, signed by
 *    the side and the template, less costs for entry and exit.
 *    The Sharpe ratio is the one before costs: it says how far luck can carry, and costs are no luck.
 * 3. Where no symbol has a row of what the event stands on, nothing was looked for.
 * 4. One-sided test with errors clustered by day. Too few occurrences or days: no p-value, and so not in the family.
 */

export default defineNode({
  type: 'discovery.expectancy',
  doc: 'Test what follows each event: the mean return after costs of every hypothesis, symbols pooled.',
  source: 'Cameron & Miller (2015), Journal of Human Resources 50(2)',
  time: 'future',

  in: { decisions, targets: many(targets), funding: optional(many(funding)), hypotheses },
  out: { tests },
  params: {
    cost: t.spec(cost, { doc: 'Charged twice: at entry and at exit.' }),
    least: t.integer({ default: 30, min: 2, doc: 'Occurrences below which nothing is tested.' }),
    least_days: t.integer({
      default: 20,
      min: 2,
      doc: 'Days below which a clustered error means little.',
    }),
  },
  reads: () => ({ decisions: DECISION_COLUMNS, funding: ['ts'] }),
  errors: {
    'discovery/no-symbol':
      'Outcomes do not say which symbol they are of: `targets` must come from a stage with `foreach: symbol`.',
    'discovery/no-outcome':
      'Outcomes of {symbol} have no column {outcome}, which the grid asks for.',
    'discovery/off-clock':
      '{template} of {event} in {symbol} at {ts} is not on a row of its outcomes.',
  },

  run({ decisions, targets, funding: prints, hypotheses }, { cost, least, least_days }, ctx) {
    const tables = targets.map(({ at, value }) => ({
      symbol: at.symbol ?? ctx.refuse('discovery/no-symbol'),
      frame: value,
      times: value.time('ts'),
    }));
    const wanted = hypothesesOf(hypotheses);
    const found = placed(decisions, wanted, tables, ctx);
    const charged = (2 * (cost.taker_bps + cost.half_spread_bps + cost.slippage_bps)) / 10_000;
    const span = daysOf(tables);
    const unpaid = new Set(prints?.filter((p) => p.value.length === 0).map((p) => p.at.symbol));
    const dark = tables.length > 0 && tables.every(({ symbol }) => unpaid.has(symbol));
    const test = ({ event, template, outcome, direction, reach, paid }: Hypothesis) => {
      const columns = tables.map((table) => outcomeOf(table, outcome, ctx));
      const { gross, days } = outcomesOf(found.of(event, template) ?? NONE, columns, reach);
      const signed = gross.map((x) => direction * x);
      const net = signed.map((x) => x - charged);
      const traded = new Set(days).size;
      const daily = dailyOutcomes(signed, days, span.first, span.count, tables.length);
      return {
        lacks: paid && dark ? FUNDING : null,
        n: net.length,
        traded,
        gross: mean(signed),
        mean: mean(net),
        sharpe: net.length > 0 ? sharpeRatio(daily).sharpe : NaN,
        test: net.length >= least && traded >= least_days ? expectancy(net, days) : undefined,
      };
    };
    const all = wanted.map(test);
    return {
      tests: hypotheses
        .select(KEPT)
        .with('lacks', textColumn(all.map((r) => r.lacks)))
        .with(
          'n',
          all.map((r) => r.n),
        )
        .with(
          'days',
          all.map((r) => r.traded),
        )
        .with(
          'effective',
          all.map((r) => r.test?.effective ?? NaN),
        )
        .with(
          'gross',
          all.map((r) => r.gross),
        )
        .with(
          'mean',
          all.map((r) => r.mean),
        )
        .with(
          'cost',
          all.map(() => charged),
        )
        .with(
          't',
          all.map((r) => r.test?.t ?? NaN),
        )
        .with(
          'p',
          all.map((r) => r.test?.p ?? NaN),
        )
        .with('stable', flagColumn(all.map((r) => r.test?.stable ?? false)))
        .with(
          'sharpe',
          all.map((r) => r.sharpe),
        ),
    };
  },
});

/** The data set whose rows can be absent for some symbols; events that stand on it say so. */
const FUNDING = 'funding';

/** What a test keeps of its hypothesis. */
const KEPT = [
  'id',
  'market',
  'namespace',
  'event',
  'template',
  'direction',
  'horizon',
  'entry_lag',
] as const;

interface Table {
  readonly symbol: string;
  readonly frame: Frame;
  readonly times: Numbers;
}
interface Hypothesis {
  readonly event: string;
  readonly template: string;
  readonly outcome: string;
  readonly direction: number;
  /** Rows from the signal to the exit. */
  readonly reach: number;
  /** Whether its event stands on funding. */
  readonly paid: boolean;
}
const NONE: Occurrences = { times: [], symbols: [], rows: [], sides: [] };

function hypothesesOf(grid: Frame): readonly Hypothesis[] {
  const events = grid.texts('event');
  const templates = grid.texts('template');
  const outcomes = grid.texts('outcome');
  const horizons = grid.column('horizon');
  const lags = grid.column('entry_lag');
  const needs = grid.texts('needs');
  return Array.from(grid.column('direction'), (direction, i) => ({
    event: events[i] ?? '',
    template: templates[i] ?? '',
    outcome: outcomes[i] ?? '',
    direction,
    reach: (horizons[i] ?? NaN) + (lags[i] ?? NaN),
    paid: needs[i]?.split('+').includes(FUNDING) === true,
  }));
}

function placed(
  decisions: Frame,
  wanted: readonly Hypothesis[],
  tables: readonly Table[],
  ctx: Context,
): Placed {
  const log = logOf(decisions);
  const found = placeDecisions(log, tables, wanted);
  const [row] = found.off;
  if (row !== undefined) ctx.refuse('discovery/off-clock', factsOf(log, row));
  return found;
}

function outcomeOf({ symbol, frame }: Table, outcome: string, ctx: Context): Numbers {
  if (!frame.has(outcome)) ctx.refuse('discovery/no-outcome', { symbol, outcome });
  return frame.column(outcome);
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
