import {
  defineNode,
  Frame,
  many,
  optional,
  type SpecOf,
  t,
  textColumn,
} from '../../engine/sdk/index.js';
import { wanting } from '../kinds/datasets.js';
import { event } from '../kinds/event.js';
import { feature } from '../kinds/feature.js';
import { market } from '../kinds/market.js';
import { state } from '../kinds/state.js';
import { template } from '../kinds/template.js';
import { TRIAL_SET } from '../kinds/trial-set.js';
import type { EventVerdict } from '../kinds/verdict.js';
import { hypotheses, states as statesPort, unavailable, untried, verdicts } from '../ports.js';
import { beyond, budget } from './grid/budget.js';
import { type Cell, cellsOf } from './grid/cells.js';
import { Outcomes, wantsOf } from './grid/horizons.js';
import { conditions, ruleOfState, tellers } from './grid/states.js';
import { ruleOfTemplate, waysOf } from './grid/templates.js';
import { untriedOf } from './grid/untried.js';
import { namedFeatures, ruleOfEvent } from './rules/resolved.js';

/*
 * 1. Ways of trading: templates in their directions, filters over each of their bases. Those of one rule are one, under the first of
 *    their names: the same test twice would count twice.
 * 2. Each event with the ways and horizons it names, on all symbols together or on each, always or while a state holds.
 * 3. A condition that no symbol can tell, an outcome or the data of an event that are not there, an event that failed gate E1: told, and not tried. What only
 *    some symbols have an outcome of is about these: they are its universe.
 * 4. More tests than the budget are refused, before an outcome is read.
 */

export default defineNode({
  type: 'discovery.grid',
  doc: 'Write down every hypothesis before an outcome is read: events with their templates, horizons, symbols and states.',
  time: 'fit',

  in: {
    verdicts: optional(verdicts),
    states: optional(many(statesPort)),
    unavailable: optional(many(unavailable)),
  },
  out: {
    hypotheses,
    untried,
  },
  params: {
    market: t.spec(market, { doc: 'The market; part of what a hypothesis is.' }),
    symbols: t.list(t.text(), {
      min: 1,
      doc: 'Symbols that are pooled, or tried one by one; part of what a hypothesis is.',
    }),
    by: t.list(t.choice(['pooled', 'symbol']), {
      default: ['pooled'],
      min: 1,
      doc: 'Whether hypotheses are about all symbols together, each of them, or both.',
    }),
    specs: t.list(t.spec(event), {
      min: 1,
      doc: 'Events, each with the templates and horizons it is tried with.',
    }),
    features: t.list(t.spec(feature), {
      doc: 'Features that rules may name: their formulas are part of what a hypothesis is.',
    }),
    templates: t.list(t.spec(template), { min: 1, doc: 'Templates that can be tried.' }),
    outcomes: t.list(t.choice(['forward_return', 'basis']), {
      default: ['forward_return', 'basis'],
      min: 1,
      doc: 'Outcomes that are tried; templates of another are told as untried.',
    }),
    states: t.list(t.spec(state), { default: [], doc: 'States that may condition events.' }),
    horizons: t.list(
      t.record({
        hold: t.duration({ doc: 'The horizon, as events name it.' }),
        outcome: t.text({ doc: 'Column of its outcome: return from entry to exit.' }),
        up: t.optional(t.text({ doc: 'Column of the best excursion of a long position.' })),
        down: t.optional(t.text({ doc: 'Column of the worst.' })),
        range: t.optional(t.text({ doc: 'Column of the usual range of a bar.' })),
        basis: t.optional(t.text({ doc: 'Column of the outcome of two legs.' })),
      }),
      { min: 1, doc: 'Horizons that can be tried, with the columns that tell what happened.' },
    ),
    budget,
    namespace: t.optional(
      t.text({
        pattern: '^[a-z][a-z0-9_-]{0,63}$',
        form: 'a name in small letters such as placebo',
        doc: 'Set that trials are counted in, where outcomes are not those of the market; else that of its source.',
      }),
    ),
    entry_lag: t.integer({
      default: 1,
      min: 1,
      unit: 'bars',
      doc: 'From the bar that decides to the entry; the outcomes must start there.',
    }),
  },
  concerns({ specs, features, templates, states }) {
    const rules = [
      ...specs.map(ruleOfEvent),
      // What a state may read of them.
      ...specs.map((spec) => ({ formulas: [spec.severity], let: spec.let })),
      ...templates.map(ruleOfTemplate),
      ...states.map(ruleOfState),
    ];
    const named = namedFeatures(rules, features);
    return { features: features.filter(({ id }) => named.has(id)) };
  },
  errors: {
    'discovery/no-grid': 'No event has both a template and a horizon that can be tried.',
    'discovery/horizon': 'Horizon {hold} ms is not a whole number of bars of {spacing} ms.',
    'discovery/budget':
      'The grid has {count} {what} where the budget is {most} ({where}): name fewer events, templates, symbols or states, or raise budget.{what}.',
  },

  run({ verdicts: found, states: tables, unavailable: misses }, params, ctx) {
    const { market, specs, templates, states, horizons } = params;
    const odd = horizons.find(({ hold }) => !Number.isInteger(hold / market.spacing));
    if (odd && specs.some((spec) => spec.horizons.includes(odd.hold))) {
      ctx.refuse('discovery/horizon', { hold: odd.hold, spacing: market.spacing });
    }
    const refused = refusalsOf(found ?? [], specs);
    const refusals = (event: string) => refused.get(event) ?? [];
    const told = new Map(states.map((spec) => [spec.id, tellers(spec, tables ?? [])]));
    const wanted = templates.filter(({ outcome }) => params.outcomes.includes(outcome));
    const ways = waysOf(wanted, new Map(params.features.map((spec) => [spec.id, spec])));
    const outcomes = new Outcomes(params.symbols, misses ?? []);
    const all = cellsOf(params, ways, outcomes, told);
    if (all.length === 0) ctx.refuse('discovery/no-grid');
    const rows = all.filter(({ event }) => refusals(event).length === 0);
    const broken = beyond(rows, params.budget);
    if (broken) ctx.refuse('discovery/budget', broken);
    rows.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
    const space = params.namespace ?? TRIAL_SET[market.source];
    return {
      hypotheses: tableOf(rows, market.id, space),
      untried: untriedOf({
        specs,
        cells: all,
        horizons,
        dark: (spec) =>
          states.flatMap((one) =>
            conditions(one, spec) && told.get(one.id)?.length === 0 ? [one.id] : [],
          ),
        refusals,
        lacking: (spec, template) => {
          const own = horizons.filter(({ hold }) => spec.horizons.includes(hold));
          return wantsOf(template, ways, own, outcomes);
        },
      }),
    };
  },
});

/** Why events are not tried: what they stand on is not there, or gate E1 refused them. */
function refusalsOf(verdicts: readonly EventVerdict[], specs: readonly SpecOf<typeof event>[]) {
  const needs = new Map(specs.map((spec) => [spec.id, spec.needs]));
  return new Map(
    verdicts.map(({ event, bars, e1_pass, reasons }) => {
      const away = `unavailable: ${wanting(needs.get(event) ?? []).join(', ')}`;
      return [event, bars === 0 ? [away] : e1_pass === false ? reasons : []];
    }),
  );
}

function tableOf(rows: readonly Cell[], market: string, namespace: string | null): Frame {
  const text = (value: (row: Cell) => string | null) => textColumn(rows.map(value));
  const number = (value: (row: Cell) => number) => Float64Array.from(rows, value);
  return Frame.of(
    {
      id: text((r) => r.id),
      market: text(() => market),
      namespace: text(() => namespace),
      event: text((r) => r.event),
      family: text((r) => r.family),
      symbol: text((r) => r.symbol),
      state: text((r) => r.state),
      judged: text((r) => r.judged),
      template: text((r) => r.template),
      base: text((r) => r.base),
      direction: number((r) => r.direction),
      horizon: number((r) => r.horizon),
      entry_lag: number((r) => r.entry_lag),
      outcome: text((r) => r.outcome),
      up: text((r) => r.up),
      down: text((r) => r.down),
      range: text((r) => r.range),
      fills: number((r) => r.fills),
      min_events: number((r) => r.asked),
      needs: text((r) => r.needs),
    },
    { horizon: 'bars', entry_lag: 'bars' },
  );
}
