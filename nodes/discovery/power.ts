import { defineNode, type Frame, type Gathered, many, t } from '../../engine/sdk/index.js';
import { cost } from '../kinds/cost.js';
import { fillCost } from '../kinds/costs.js';
import { market } from '../kinds/market.js';
import type { PowerRow } from '../kinds/power.js';
import { template } from '../kinds/template.js';
import { detection, stepUpLimit } from '../math/detection.js';
import { clopperPearson } from '../math/proportion.js';
import { mean } from '../math/sum.js';
import { candidates, power } from '../ports.js';

/*
 * 1. Of every market, the hypothesis that is planted: event and holding time of the effect, the template that is named.
 * 2. Markets of one seed are the same but for the drift. What they earn more than the one without it is what of the drift
 *    reached a trade: the entry comes a bar late, and some occurrences are taken up by others.
 * 3. Expected is the chance that an estimate around that, less costs, with the error it has, is below the p-value up to
 *    which Benjamini and Hochberg would have let it pass beside the other p-values of its market.
 */

const HYPOTHESIS = ['event', 'template', 'symbol', 'horizon'] as const;
const RESULT = ['n', 'days', 'gross', 'mean', 't', 'p', 'q', 'passed'] as const;

export default defineNode({
  type: 'discovery.power',
  doc: 'How often discovery finds an effect that is there, by its size, beside how often it should.',
  source: 'Benjamini & Hochberg (1995), JRSS-B 57; Clopper & Pearson (1934), Biometrika 26(4)',
  time: 'fit',

  in: { candidates: many(candidates) },
  out: { power },
  params: {
    market: t.spec(market, { doc: 'The market; its first planted effect is looked for.' }),
    template: t.id(template, { doc: 'The template that trades it.' }),
    cost: t.spec(cost, { doc: 'What its trades paid; told beside what was found.' }),
    level: t.number({ default: 0.05, above: 0, max: 0.5, doc: 'q-value up to which it is found.' }),
  },
  reads: () => ({
    candidates: [...HYPOTHESIS, ...RESULT],
  }),
  errors: {
    'discovery/no-effect': 'Market {market} has no planted effect to look for.',
    'discovery/no-sizes':
      'Candidates do not say drift and seed of their market: they must come from a stage with `foreach: [drift, seed]`.',
    'discovery/no-twin':
      'Seed {seed} has no market with a drift of 0, beside which the others are measured.',
  },

  run({ candidates: looked }, { market: spec, template: by, cost: paid, level }, ctx) {
    const [planted] = spec.simulator?.planted ?? [];
    const effect = planted ?? ctx.refuse('discovery/no-effect', { market: spec.id });
    const horizon = effect.over / spec.spacing;
    const seen = looked.map((item) => {
      const { drift, seed } = item.at;
      if (drift === undefined || seed === undefined) ctx.refuse('discovery/no-sizes');
      const row = rowOf(item, { event: effect.event, template: by, horizon });
      return { drift: Number(drift), seed, hunt: huntOf(item.value, row, level) };
    });
    const still = new Map(seen.filter((s) => s.drift === 0).map((s) => [s.seed, s.hunt]));
    const lonely = seen.find((s) => !still.has(s.seed));
    if (lonely) ctx.refuse('discovery/no-twin', { seed: lonely.seed });
    const sizes = [...new Set(seen.map((s) => s.drift))].sort((a, b) => a - b);
    const rows = sizes.map((size) => {
      const pairs = seen.filter((s) => s.drift === size);
      return rowFor(
        size,
        pairs.map(({ seed, hunt }) => ({ hunt, twin: still.get(seed) ?? hunt })),
      );
    });
    const { id, event, over } = effect;
    const tests = mean(seen.map((s) => s.hunt.tests));
    const where = { market: spec.id, cost: paid.id, side: fillCost(paid, undefined, '') };
    const what = { ...where, effect: id, event, template: by, over, level };
    return { power: [{ ...what, tests, rows }] };
  },
});

const BPS = 1e-4;

/** What one market made of the hypothesis. */
interface Hunt {
  /** Hypotheses of the market that were tested. */
  readonly tests: number;
  readonly tested: boolean;
  readonly found: boolean;
  readonly passed: boolean;
  readonly n: number;
  readonly gross: number;
  readonly cost: number;
  readonly error: number;
  readonly degrees: number;
  /** p-value up to which it would have been found. */
  readonly limit: number;
}
interface Pair {
  readonly hunt: Hunt;
  readonly twin: Hunt;
}

/** The row of a hypothesis, symbols pooled; −1 where it was not tried. */
function rowOf(
  { value }: Gathered<Frame>,
  wanted: { readonly event: string; readonly template: string; readonly horizon: number },
): number {
  const [events, templates, symbols] = [
    value.texts('event'),
    value.texts('template'),
    value.texts('symbol'),
  ];
  return value.column('horizon').findIndex((bars, i) => {
    const named = events[i] === wanted.event && templates[i] === wanted.template;
    return named && bars === wanted.horizon && symbols[i] === null;
  });
}

function huntOf(table: Frame, row: number, level: number): Hunt {
  const at = (name: string) => table.column(name)[row] ?? NaN;
  const others = table.column('p').filter((_, i) => i !== row);
  const tested = !Number.isNaN(at('p'));
  return {
    tests: others.filter((p) => !Number.isNaN(p)).length + Number(tested),
    tested,
    found: at('q') <= level,
    passed: table.flags('passed')[row] === 1,
    n: at('n'),
    gross: at('gross'),
    cost: at('gross') - at('mean'),
    error: at('mean') / at('t'),
    degrees: at('days') - 1,
    limit: stepUpLimit(others, level),
  };
}

function rowFor(size: number, pairs: readonly Pair[]): PowerRow {
  const tested = pairs.filter(({ hunt }) => hunt.tested);
  const usual = mean(tested.filter(({ twin }) => twin.tested).map(reached));
  const count = (has: (hunt: Hunt) => boolean) => {
    const markets = pairs.filter(({ hunt }) => has(hunt)).length;
    return { markets, ...clopperPearson(markets, pairs.length) };
  };
  return {
    drift: size * BPS,
    markets: pairs.length,
    tested: tested.length,
    found: count((hunt) => hunt.found),
    passed: count((hunt) => hunt.passed),
    n: told(mean(tested.map(({ hunt }) => hunt.n))),
    reached: told(mean(tested.map(reached))),
    error: told(mean(tested.map(({ hunt }) => hunt.error))),
    expected: mean(pairs.map((pair) => chance(pair, usual))),
  };
}

function reached({ hunt, twin }: Pair): number {
  return hunt.gross - twin.gross;
}

/**
 * Untested is not found.
 * @param usual  what of the drift reached a trade in other markets: for a market whose twin without it was not tested
 */
function chance(pair: Pair, usual: number): number {
  const { tested, cost, error, degrees, limit } = pair.hunt;
  const effect = pair.twin.tested ? reached(pair) : usual;
  return tested && !Number.isNaN(effect) ? detection(effect - cost, error, degrees, limit) : 0;
}

/** A number as JSON can have it. */
function told(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
