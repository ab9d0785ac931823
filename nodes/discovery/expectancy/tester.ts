import type { DaySamples } from '../../math/day-draws.js';
import { DAY } from '../../math/days.js';
import { type Expectancy, expectancy } from '../../math/expectancy.js';
import { dailyOutcomes } from '../../math/outcomes.js';
import { sharpeRatio } from '../../math/sharpe.js';
import { deviation, mean } from '../../math/sum.js';
import type { Traded } from '../../math/traded.js';
import type { Vector } from '../../math/vector.js';
import { ageWeights } from '../../math/weighted.js';
import { type Group, groupOf } from '../rows/groups.js';
import type { Hypothesis } from '../rows/hypotheses.js';
import type { MarketTables } from '../rows/market.js';
import { afterCosts, averageCost, type Charges, tradeCosts } from './charged.js';
import { judge } from './judged.js';
import { Distinct } from './same.js';

/** Columns of numbers that a test adds to its hypothesis, in this order. */
export const TOLD = [
  'n',
  'days',
  'effective',
  'gross',
  'mean',
  'cost',
  'spread',
  'se',
  't',
  'p',
] as const;

/** What the outcomes of one hypothesis say. */
export interface Row extends Readonly<Record<(typeof TOLD)[number] | 'sharpe', number>> {
  readonly lacks: string | null;
  /** The id of the hypothesis that is the same test. */
  readonly same: string | null;
  readonly stable: boolean;
}

/** What hypotheses are tested on and how. */
export interface Bench extends Charges {
  readonly groups: ReadonlyMap<string, Group>;
  readonly market: MarketTables;
  /** Symbols without a funding print. */
  readonly unpaid: ReadonlySet<string | undefined>;
  /** Milliseconds of a row. */
  readonly spacing: number;
  /** First day and number of days that outcomes span. */
  readonly span: { readonly first: number; readonly count: number };
  readonly least: number;
  readonly least_days: number;
  readonly floor: number;
  /** Days of decay by family; none without. */
  readonly decay?: Readonly<Record<string, number>> | undefined;
  /** Samples of days; drawn when the first hypothesis asks. */
  readonly samples: () => DaySamples;
}

/** The data set whose rows can be absent for some symbols; events that stand on it say so. */
const FUNDING = 'funding';
/**
 * What a filter may lower in a market in which nothing can be earned: volatility hangs on, so whoever leaves out its high hours has
 * smaller losses. As a find it must earn as well, so of the two tests the weaker one counts.
 * @see  Berger (1982), Multiparameter hypothesis testing and acceptance sampling, Technometrics 24(4)
 */
const RISKS: ReadonlySet<string> = new Set(['tail', 'adverse']);
const NOTHING = { se: Number.NaN, t: Number.NaN, p: Number.NaN };
/** Tests one hypothesis after the other on the same tables; of those that are one test the one that comes first. */
export class Tester {
  readonly #on: Bench;
  readonly #distinct = new Distinct();

  constructor(on: Bench) {
    this.#on = on;
  }

  /** What trading a hypothesis brought, and the test of what it claims. */
  test(hypothesis: Hypothesis): Row {
    const { groups, market, symbols, span, least, least_days } = this.#on;
    const group = groupOf(groups, hypothesis);
    const found = market.trades(hypothesis, group, true);
    const { gross, days } = found;
    const costs = tradeCosts(this.#on, hypothesis, group, found);
    const net = afterCosts(gross, costs);
    const traded = runsIn(days);
    const weights = this.#weights(hypothesis, days);
    const enough = net.length >= least && traded >= least_days;
    const { all, same } = enough ? this.#beside(hypothesis, group, found) : { all: found };
    const reach = this.#reach(hypothesis);
    const told = enough && !same ? expectancy(net, days, weights, reach) : undefined;
    const shares = hypothesis.symbol === undefined ? symbols.length : 1;
    const daily = () => dailyOutcomes(gross, days, span.first, span.count, shares);
    return {
      lacks: this.#dark(hypothesis) ? FUNDING : null,
      same: same ?? null,
      n: net.length,
      days: traded,
      ...this.#means(hypothesis, { gross, net, costs }, told && weights, told),
      spread: net.length > 1 ? deviation(net) : NaN,
      effective: told?.effective ?? NaN,
      stable: told?.stable ?? false,
      sharpe: net.length > 0 ? sharpeRatio(daily()).sharpe : NaN,
      ...(told ? this.#claimed(hypothesis, group, all, told) : NOTHING),
    };
  }

  /** What a filter is compared with, and which hypothesis before is the same test. */
  #beside(hypothesis: Hypothesis, group: Group, found: Traded) {
    const { market } = this.#on;
    const all = hypothesis.filters ? market.trades(hypothesis, group, false) : found;
    return { all, same: this.#distinct.before(hypothesis, found, all) };
  }

  /** What a trade brought before and after costs and what it paid, on average; where decisions decay, by their weights. */
  #means(hypothesis: Hypothesis, { gross, net, costs }: Paid, weights?: Vector, told?: Expectancy) {
    const cost = averageCost(this.#on, hypothesis, costs, weights);
    if (!weights || !told) return { gross: mean(gross), mean: mean(net), cost };
    return { gross: told.mean + cost, mean: told.mean, cost };
  }

  /** The mean after costs, or what else it is judged by. @param all  trades, of a filter those of its base */
  #claimed(hypothesis: Hypothesis, group: Group, all: Traded, told: Expectancy) {
    const { judged, filters } = hypothesis;
    if (judged === 'mean') return earned(told);
    const { market, least, samples } = this.#on;
    const cost = averageCost(this.#on, hypothesis, tradeCosts(this.#on, hypothesis, group, all));
    const paths = market.paths(hypothesis, group, all);
    const inside = paths.kept.reduce((sum, kept) => sum + kept, 0);
    const outside = paths.kept.length - inside;
    if (inside < least || (filters && outside < least)) return NOTHING;
    const reach = this.#reach(hypothesis);
    const test = judge(judged, paths, { cost, reach, samples });
    if (!test) return NOTHING;
    const claimed = { se: test.se, t: test.t, p: test.greater };
    return RISKS.has(judged) && claimed.p < told.p ? earned(told) : claimed;
  }

  /** Days on which other symbols hold most of what one holds: none within hours, none of one symbol, whose positions do not overlap. */
  #reach({ symbol, hold }: Hypothesis): number {
    return symbol === undefined ? Math.round((hold * this.#on.spacing) / DAY) : 0;
  }

  /** Whether nothing could be looked for: none of its symbols has a print of what its event stands on. */
  #dark({ needs, symbol }: Hypothesis): boolean {
    const { symbols, unpaid } = this.#on;
    const asked = symbol === undefined ? symbols : [symbol];
    return needs.includes(FUNDING) && asked.length > 0 && asked.every((one) => unpaid.has(one));
  }

  #weights({ family }: Hypothesis, days: Int32Array): Float64Array | undefined {
    const { decay, floor, span } = this.#on;
    if (decay === undefined) return undefined;
    const last = span.first + span.count - 1;
    const ages = Float64Array.from(days, (day) => last - day);
    return ageWeights(ages, decay[family] ?? NaN, floor);
  }
}

/** What trades brought before and after costs, and what each paid. */
type Paid = Readonly<Record<'gross' | 'net' | 'costs', Float64Array>>;

/** The test of the mean after costs. */
function earned({ se, t, p }: Expectancy) {
  return { se, t, p };
}

/** Days of an ascending list. */
function runsIn(days: Int32Array): number {
  let count = 0;
  for (let i = 0; i < days.length; i++) if (i === 0 || days[i] !== days[i - 1]) count++;
  return count;
}
