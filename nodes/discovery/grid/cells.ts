import type { SpecOf } from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import type { feature } from '../../kinds/feature.js';
import type { market } from '../../kinds/market.js';
import type { state } from '../../kinds/state.js';
import { fingerprint } from '../../math/fingerprint.js';
import { resolvedRule } from '../rules/resolved.js';
import { type Horizon, type Judges, judgesOf, type Outcomes } from './horizons.js';
import { allows, askedBy, conditions, stateText } from './states.js';
import { FORWARD, type Merged, merged, type Way } from './templates.js';

type Event = SpecOf<typeof event>;
type State = SpecOf<typeof state>;

/** One hypothesis. */
export interface Cell extends Judges {
  readonly id: string;
  readonly event: string;
  readonly family: string;
  readonly symbol: string | null;
  readonly state: string | null;
  /** Whether its state may condition the whole family. */
  readonly safe: boolean;
  readonly judged: string;
  readonly template: string;
  readonly named: readonly string[];
  /** Ways of other names that it stands for. */
  readonly also: readonly Way[];
  readonly base: string | null;
  readonly direction: number;
  readonly horizon: number;
  readonly entry_lag: number;
  readonly fills: number;
  /** Occurrences its state asks for; NaN without one. */
  readonly asked: number;
  readonly needs: string;
}

/** What a grid is made of. */
interface Given {
  readonly market: SpecOf<typeof market>;
  readonly by: readonly ('pooled' | 'symbol')[];
  readonly specs: readonly Event[];
  readonly features: readonly SpecOf<typeof feature>[];
  readonly states: readonly State[];
  readonly horizons: readonly Horizon[];
  readonly entry_lag: number;
}

/**
 * Every hypothesis, in the order of events, ways, horizons, symbols and states. It is about the symbols that have its outcome.
 * @param told  symbols whose rows can tell a state; a state nobody tells conditions nothing
 */
export function cellsOf(
  given: Given,
  ways: readonly Way[],
  outcomes: Outcomes,
  told: ReadonlyMap<string, readonly string[]>,
): readonly Cell[] {
  const features = new Map(given.features.map((spec) => [spec.id, spec]));
  const events = new Map(given.specs.map((spec) => [spec.id, spec]));
  const states = new Map(given.states.map((spec) => [spec.id, spec]));
  const texts = new Map(
    given.states.map((spec) => [spec.id, fingerprint(stateText(spec, states, events, features))]),
  );
  const tells = (spec: State, symbols: readonly string[]) =>
    (told.get(spec.id) ?? []).some((symbol) => symbols.includes(symbol));
  return given.specs.flatMap((spec) => {
    const rule = fingerprint(resolvedRule(spec, features));
    const safe = given.states.filter((one) => conditions(one, spec));
    const needs = new Map([null, ...safe].map((state) => [state, needsOf(spec, state)]));
    const at = (one: Merged, horizon: Horizon): readonly Cell[] => {
      const judges = judgesOf(one.way, horizon);
      if (!judges) return [];
      const allowed = safe.filter((state) => [one.way, ...one.also].some((w) => allows(state, w)));
      return placesOf(outcomes.having(judges), given.by).flatMap(({ symbol, symbols }) => {
        const held = allowed.filter((state) => tells(state, symbols));
        return [null, ...held].map((state) => {
          const text = state === null ? '' : (texts.get(state.id) ?? '');
          const parts = { spec, rule, one, horizon, judges, symbol, symbols, state, text };
          return cellOf(given, { ...parts, needs: needs.get(state) ?? '' });
        });
      });
    };
    const own = ways.filter((way) => way.named.every((name) => spec.templates.includes(name)));
    return merged(own).flatMap((one) =>
      given.horizons
        .filter((horizon) => spec.horizons.includes(horizon.hold))
        .flatMap((horizon) => at(one, horizon)),
    );
  });
}

/** Symbols that a hypothesis is about: one, or all of them together. */
interface Place {
  readonly symbol: string | null;
  readonly symbols: readonly string[];
}

/** Where a hypothesis can be tried. One symbol pooled is that symbol: it is written down once. */
function placesOf(symbols: readonly string[], by: Given['by']): readonly Place[] {
  if (symbols.length === 0) return [];
  const both = by.includes('pooled') && symbols.length === 1;
  const each = both ? [] : symbols.map((symbol): Place => ({ symbol, symbols: [symbol] }));
  return [...new Set(by)].flatMap((one) => (one === 'pooled' ? [{ symbol: null, symbols }] : each));
}

interface Parts {
  readonly spec: Event;
  /** Digest of the rule of the event. */
  readonly rule: string;
  readonly one: Merged;
  readonly horizon: Horizon;
  readonly judges: Judges;
  readonly symbol: string | null;
  readonly symbols: readonly string[];
  readonly state: State | null;
  /** Digest of all that decides when the state holds. */
  readonly text: string;
  readonly needs: string;
}

/** Data sets that an event in a state stands on. */
function needsOf(spec: Event, state: State | null): string {
  return [...new Set([...spec.needs, ...(state?.needs ?? [])])].sort().join('+');
}

/** Its id covers all that makes it another hypothesis: rules, not the names and words that are said about them. */
function cellOf({ market, entry_lag }: Given, parts: Parts): Cell {
  const { spec, rule, one, horizon, judges, symbol, symbols, state, text, needs } = parts;
  const { way } = one;
  const bars = horizon.hold / market.spacing;
  const hypothesis = { event: spec.id, direction: way.direction, entry_lag };
  const rest = { rule, way: way.rule, state: text, universe: symbols, market: market.id };
  return {
    ...hypothesis,
    ...judges,
    id: fingerprint({ ...hypothesis, ...rest, horizon: bars }),
    horizon: bars,
    family: spec.family,
    symbol,
    state: state?.id ?? null,
    safe: state?.scope === 'family_safe',
    judged: way.judged,
    template: way.name,
    also: one.also,
    named: way.named,
    base: way.base,
    fills: way.outcome === FORWARD ? 2 : 4,
    asked: state === null ? Number.NaN : askedBy(state),
    needs,
  };
}
