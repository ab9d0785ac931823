import {
  defineNode,
  Frame,
  optional,
  port,
  type SpecOf,
  t,
  textColumn,
} from '../../engine/sdk/index.js';
import { event } from '../kinds/event.js';
import { feature } from '../kinds/feature.js';
import { market } from '../kinds/market.js';
import { template } from '../kinds/template.js';
import { fingerprint } from '../math/fingerprint.js';
import { hypotheses, verdicts } from '../ports.js';
import { namedFeatures, resolvedRule } from './rules/resolved.js';

export default defineNode({
  type: 'discovery.grid',
  doc: 'Write down every hypothesis before an outcome is read: each event with its templates and horizons.',
  time: 'row',

  in: { verdicts: optional(verdicts) },
  out: {
    hypotheses,
    untried: port.json<readonly Untried[]>(
      'Templates and horizons that events name and nothing here can try, and events that failed gate E1.',
    ),
  },
  params: {
    market: t.spec(market, { doc: 'The market; part of what a hypothesis is.' }),
    symbols: t.list(t.text(), {
      min: 1,
      doc: 'Symbols that are pooled; part of what a hypothesis is.',
    }),
    specs: t.list(t.spec(event), {
      min: 1,
      doc: 'Events, each with the templates and horizons it is tried with.',
    }),
    features: t.list(t.spec(feature), {
      doc: 'Features that events may name: their formulas are part of what a hypothesis is.',
    }),
    templates: t.list(t.spec(template), { min: 1, doc: 'Templates that can be tried.' }),
    horizons: t.list(
      t.record({
        hold: t.duration({ doc: 'The horizon, as events name it.' }),
        outcome: t.text({ doc: 'Column of its outcome: return from entry to exit.' }),
      }),
      { min: 1, doc: 'Horizons that can be tried.' },
    ),
    entry_lag: t.integer({
      default: 1,
      min: 1,
      unit: 'bars',
      doc: 'From the signal bar to the entry; the outcomes must start there.',
    }),
  },
  concerns({ specs, features }) {
    const named = namedFeatures(specs, features);
    return { features: features.filter(({ id }) => named.has(id)) };
  },
  errors: {
    'discovery/no-grid': 'No event has both a template and a horizon that can be tried.',
    'discovery/horizon': 'Horizon {hold} ms is not a whole number of bars of {spacing} ms.',
  },

  run(
    { verdicts: found },
    { market, symbols, specs, features, templates, horizons, entry_lag },
    ctx,
  ) {
    const failed = new Map(found?.map((v) => [v.event, v.e1_pass === false ? v.reasons : []]));
    const refusals = (event: string) => failed.get(event) ?? [];
    const known = new Map(features.map((spec) => [spec.id, spec]));
    const rules = new Map(specs.map((spec) => [spec.id, resolvedRule(spec, known)]));
    const universe = [...symbols].sort();
    // Others are judged by what is not told of them here.
    const plain = templates.filter((t) => t.outcome === 'forward_return' && t.judged === 'mean');
    const tried = plain.flatMap(({ id, direction = [] }) =>
      direction.map((way) => ({ id, direction: way })),
    );
    const all = specs.flatMap((spec) =>
      tried
        .filter(({ id }) => spec.templates.includes(id))
        .flatMap(({ id, direction }) =>
          horizons
            .filter(({ hold }) => spec.horizons.includes(hold))
            .map(({ hold, outcome }) => {
              const horizon = hold / market.spacing;
              if (!Number.isInteger(horizon)) {
                ctx.refuse('discovery/horizon', { hold, spacing: market.spacing });
              }
              const hypothesis = { event: spec.id, template: id, direction, horizon, entry_lag };
              const rest = { rule: rules.get(spec.id) ?? '', universe, market: market.id };
              const needs = [...spec.needs].sort().join('+');
              const { family } = spec;
              return {
                ...hypothesis,
                family,
                outcome,
                needs,
                id: fingerprint({ ...hypothesis, ...rest }),
              };
            }),
        ),
    );
    if (all.length === 0) ctx.refuse('discovery/no-grid');
    const rows = all.filter(({ event }) => refusals(event).length === 0);
    rows.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
    return {
      hypotheses: Frame.of(
        {
          id: textColumn(rows.map((r) => r.id)),
          market: textColumn(rows.map(() => market.id)),
          namespace: textColumn(rows.map(() => NAMESPACES[market.source])),
          event: textColumn(rows.map((r) => r.event)),
          family: textColumn(rows.map((r) => r.family)),
          symbol: textColumn(rows.map(() => null)),
          state: textColumn(rows.map(() => null)),
          judged: textColumn(rows.map(() => 'mean')),
          template: textColumn(rows.map((r) => r.template)),
          base: textColumn(rows.map(() => null)),
          direction: rows.map((r) => r.direction),
          horizon: rows.map((r) => r.horizon),
          entry_lag: rows.map((r) => r.entry_lag),
          outcome: textColumn(rows.map((r) => r.outcome)),
          fills: rows.map(() => 2),
          min_events: rows.map(() => Number.NaN),
          needs: textColumn(rows.map((r) => r.needs)),
        },
        { horizon: 'bars', entry_lag: 'bars' },
      ),
      untried: specs.map((spec) => ({
        event: spec.id,
        templates: spec.templates.filter((name) => !tried.some(({ id }) => id === name)),
        horizons: spec.horizons.filter((ms) => !horizons.some(({ hold }) => hold === ms)),
        refused: refusals(spec.id),
      })),
    };
  },
});

/** Where trials on a market are kept, by its source: what was tried on a made-up market must not weigh on a real one. */
const NAMESPACES: Readonly<Record<SpecOf<typeof market>['source'], string | null>> = {
  simulator: 'simulated',
  files: null,
};

/** What an event names beyond what can be tried. */
interface Untried {
  readonly event: string;
  readonly templates: readonly string[];
  /** Milliseconds. */
  readonly horizons: readonly number[];
  /** Why gate E1 kept it from being tried at all; empty where it did not. */
  readonly refused: readonly string[];
}
