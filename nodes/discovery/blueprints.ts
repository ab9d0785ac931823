import {
  type Context,
  defineNode,
  type Frame,
  type Gathered,
  many,
  optional,
  type SpecOf,
  sha256,
  t,
} from '../../engine/sdk/index.js';
import { blueprint as kind } from '../kinds/blueprint.js';
import { BLUEPRINTS, blueprintFile, blueprintList } from '../kinds/blueprint-lines.js';
import { cost } from '../kinds/cost.js';
import { halfSpreadOf } from '../kinds/costs.js';
import { event } from '../kinds/event.js';
import { feature } from '../kinds/feature.js';
import { market } from '../kinds/market.js';
import { promotion } from '../kinds/promotion.js';
import { state } from '../kinds/state.js';
import { template } from '../kinds/template.js';
import { fingerprint } from '../math/fingerprint.js';
import { candidates, costs, folds, outcomes, promoted } from '../ports.js';
import { blueprintOf, type Drawn, type Setting } from './rows/drawn.js';
import { directionOf, entryOf } from './rules/entry.js';
import {
  isUnknown,
  type Ontology,
  ontologyHash,
  ontologyOf,
  partsOf,
  ruleText,
} from './rules/ontology.js';

/*
 * A blueprint is what was tested: the event and template that were, on the symbols and in the state they were, entered and left when
 * they were. So there is no stop, target, trailing stop, invalidation or overlay: each would be another strategy. What its template and
 * state ask stands in it as formulas, and the side of a position is `entry.side.times` × that of the decision: never that of the event
 * alone. `direction` says long or short only where the rule has but one side. The ontology hash holds fast what the formulas stand on.
 *
 * Trades were tested at one size each. A stop would be another strategy, and a fixed risk per trade is a size only with a stop, so size
 * follows volatility: it says how much is held, not when or which way.
 */

export default defineNode({
  type: 'discovery.blueprints',
  doc: 'Write what is promoted as blueprints, one JSON object a line: what was tested, where it comes from, and nothing else.',
  time: 'fit',

  in: {
    promoted: many(promoted),
    candidates: many(candidates),
    outcomes: optional(many(outcomes)),
    costs: optional(many(costs)),
    folds,
  },
  out: {
    list: blueprintList,
    blueprints: blueprintFile,
  },
  params: {
    market: t.spec(market, { doc: 'Where they were tested.' }),
    symbols: t.list(t.text(), { min: 1, doc: 'Symbols that are pooled.' }),
    cost: t.spec(cost, { doc: 'What was charged.' }),
    promotion: t.spec(promotion, { doc: 'What they had to show.' }),
    blueprint: t.spec(kind, { doc: 'Sizing, evaluation and limits.' }),
    specs: t.list(t.spec(event), { min: 1, doc: 'Events.' }),
    features: t.list(t.spec(feature), { doc: 'Features that rules may name.' }),
    templates: t.list(t.spec(template), { min: 1, doc: 'Templates.' }),
    states: t.list(t.spec(state), { default: [], doc: 'States.' }),
  },
  reads: () => ({
    candidates: ['id', 'entry_lag', 'fills'],
    outcomes: ['candidate', 'symbol'],
  }),
  errors: {
    'discovery/no-fold': 'What is promoted does not say which of the folds it comes from: {fold}.',
    'discovery/no-rule': 'Candidate {candidate} stands on {kind} {id}, of which there is no spec.',
  },
  warnings: {
    'discovery/two-legs':
      '{candidate} has two legs, and a blueprint tells of one position: it gets none.',
    'discovery/left-out':
      'Of {promoted} promoted candidates {kept} have a blueprint: more are of one event, or altogether, than there may be.',
  },

  run({ promoted, candidates, outcomes, costs, folds }, params, ctx) {
    const specs = ontologyOf({ ...params, events: params.specs });
    const all = promoted.flatMap(({ at, value }) => {
      const beside = (tables: readonly Gathered<Frame>[]) =>
        tables.find((table) => table.at.fold === at.fold)?.value ??
        ctx.refuse('discovery/no-fold', { fold: at.fold ?? 'none' });
      const measured = costs?.filter((one) => one.at.fold === at.fold);
      const spreadOf = (symbol: string) => halfSpreadOf(params.cost, measured, symbol).bps;
      const setting = settingOf(foldOf(folds, at.fold, ctx), params, spreadOf);
      const traded = outcomes ? symbolsBy(beside(outcomes)) : new Map();
      const drawn = drawnOf(value, beside(candidates), traded, specs, ctx);
      return drawn.map((one) => ({ ...one, blueprint: blueprintOf(one, setting) }));
    });
    const kept = within(all.sort(bestFirst), params.blueprint);
    if (kept.length < all.length) {
      ctx.warn('discovery/left-out', { promoted: all.length, kept: kept.length });
    }
    const list = kept.map(({ blueprint }) => blueprint);
    const lines = list.map((one) => `${JSON.stringify(one)}\n`).join('');
    return {
      list,
      blueprints: { name: BLUEPRINTS, bytes: new TextEncoder().encode(lines) },
    };
  },
});

type Fold = Setting['fold'];

function foldOf(folds: Frame, id: string | undefined, ctx: Context): Fold {
  const row = folds.texts('id').indexOf(id ?? '');
  if (row < 0) ctx.refuse('discovery/no-fold', { fold: id ?? 'none' });
  const at = (name: string) => folds.time(name)[row] ?? NaN;
  return {
    train_from: at('train_from'),
    train_to: at('train_to'),
    test_from: at('test_from'),
    test_to: at('test_to'),
  };
}

interface Given {
  readonly market: SpecOf<typeof market>;
  readonly symbols: readonly string[];
  readonly cost: SpecOf<typeof cost>;
  readonly promotion: SpecOf<typeof promotion>;
  readonly blueprint: SpecOf<typeof kind>;
}

/** The run is named by what it is made of: equal runs have equal names. */
function settingOf(
  fold: Fold,
  { market, symbols, cost, promotion, blueprint }: Given,
  spreadOf: Setting['spreadOf'],
): Setting {
  const spreads = Object.fromEntries(symbols.map((symbol) => [symbol, spreadOf(symbol)]));
  const charged = cost.model === 'calibrated' ? { ...cost, spreads } : cost;
  const costDigest = `sha256:${sha256(ruleText(charged))}`;
  const made = { ...fold, market: market.id, symbols: [...symbols].sort(), costDigest };
  const told = [promotion, blueprint].map(ruleText);
  const run = `run_${fingerprint({ ...made, told })}`;
  return {
    ...{ run, market, symbols, cost, spreadOf, costDigest, fold },
    spec: blueprint,
    least: promotion.least,
  };
}

interface Ranked extends Drawn {
  readonly stressed: number;
}

/** Symbol of every position outside the sample, by candidate. */
function symbolsBy(outcomes: Frame): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const symbols = outcomes.texts('symbol');
  for (const [i, id] of outcomes.texts('candidate').entries()) {
    const own = found.get(id ?? '') ?? [];
    found.set(id ?? '', own);
    own.push(symbols[i] ?? '');
  }
  return found;
}

function drawnOf(
  promoted: Frame,
  candidates: Frame,
  traded: ReadonlyMap<string, readonly string[]>,
  specs: Ontology,
  ctx: Context,
): readonly Ranked[] {
  const passed = promoted.flags('passed');
  const numbered = (name: string) => {
    const column = candidates.column(name);
    return new Map(candidates.texts('id').map((id, i) => [id, column[i] ?? NaN]));
  };
  const [lags, fills] = [numbered('entry_lag'), numbered('fills')];
  return promoted.texts('id').flatMap((candidate, i) => {
    if (passed[i] !== 1) return [];
    const id = candidate ?? '';
    if ((fills.get(id) ?? NaN) > 2) {
      ctx.warn('discovery/two-legs', { candidate: id });
      return [];
    }
    const text = (name: string) => promoted.texts(name)[i] ?? null;
    const number = (name: string) => promoted.column(name)[i] ?? NaN;
    const named = {
      event: text('event') ?? '',
      template: text('template') ?? '',
      state: text('state'),
    };
    const parts = partsOf(named, specs);
    if (isUnknown(parts)) ctx.refuse('discovery/no-rule', { candidate: id, ...parts });
    const times = number('direction');
    return [
      {
        ...named,
        id,
        parts,
        ontology: ontologyHash(parts),
        family: specs.events.get(named.event)?.family ?? '',
        symbol: text('symbol'),
        horizon: number('horizon'),
        entry_lag: lags.get(id) ?? NaN,
        direction: directionOf(named, times, specs),
        entry: entryOf(named, times, specs),
        traded: traded.get(id) ?? [],
        n: number('n'),
        stressed: number('stressed'),
      },
    ];
  });
}

function bestFirst(a: Ranked, b: Ranked): number {
  return b.stressed - a.stressed || (a.id < b.id ? -1 : 1);
}

/** The first of each event, and of all. */
function within<T extends Ranked>(
  ranked: readonly T[],
  { per_event, at_most }: SpecOf<typeof kind>,
): readonly T[] {
  const counts = new Map<string, number>();
  const kept = ranked.filter(({ event }) => {
    const count = (counts.get(event) ?? 0) + 1;
    counts.set(event, count);
    return count <= per_event;
  });
  return kept.slice(0, at_most);
}
