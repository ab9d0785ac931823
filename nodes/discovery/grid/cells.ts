import type { SpecOf } from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import type { feature } from '../../kinds/feature.js';
import type { market } from '../../kinds/market.js';
import type { state } from '../../kinds/state.js';
import { fingerprint } from '../../math/fingerprint.js';
import { resolvedRule } from '../rules/resolved.js';
import { allows, askedBy, conditions, stateText } from './states.js';
import { FORWARD, type Merged, merged, type Way } from './templates.js';

type Event = SpecOf<typeof event>;
type State = SpecOf<typeof state>;

/** One hypothesis. */
export interface Cell {
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
  readonly outcome: string;
  readonly up: string | null;
  readonly down: string | null;
  readonly range: string | null;
  readonly fills: number;
  /** Occurrences its state asks for; NaN without one. */
  readonly asked: number;
  readonly needs: string;
}

/** A horizon with the columns that tell what happened. */
interface Horizon {
  readonly hold: number;
  readonly outcome: string;
  readonly up?: string | undefined;
  readonly down?: string | undefined;
  readonly range?: string | undefined;
  readonly basis?: string | undefined;
}

/** What a grid is made of. */
interface Given {
  readonly market: SpecOf<typeof market>;
  readonly symbols: readonly string[];
  readonly by: readonly ('pooled' | 'symbol')[];
  readonly specs: readonly Event[];
  readonly features: readonly SpecOf<typeof feature>[];
  readonly states: readonly State[];
  readonly horizons: readonly Horizon[];
  readonly entry_lag: number;
}

/**
 * Every hypothesis, in the order of events, ways, horizons, symbols and states.
 * @param told  symbols whose rows can tell a state; a state nobody tells conditions nothing
 */
export function cellsOf(
  given: Given,
  ways: readonly Way[],
  told: ReadonlyMap<string, readonly string[]>,
): readonly Cell[] {
  const universe = [...given.symbols].sort();
  // One symbol pooled is that symbol: the hypothesis is written down once.
  const both = given.by.includes('pooled') && universe.length === 1;
  const places = [...new Set(given.by)].flatMap((by) =>
    by === 'pooled' ? [null] : both ? [] : universe,
  );
  const features = new Map(given.features.map((spec) => [spec.id, spec]));
  const events = new Map(given.specs.map((spec) => [spec.id, spec]));
  const states = new Map(given.states.map((spec) => [spec.id, spec]));
  const texts = new Map(
    given.states.map((spec) => [spec.id, fingerprint(stateText(spec, states, events, features))]),
  );
  const tells = (spec: State, place: string | null) => {
    const symbols = told.get(spec.id) ?? [];
    return place === null ? symbols.length > 0 : symbols.includes(place);
  };
  return given.specs.flatMap((spec) => {
    const rule = fingerprint(resolvedRule(spec, features));
    const safe = given.states.filter((one) => conditions(one, spec));
    const cell = (one: Merged, horizon: Horizon, symbol: string | null, state: State | null) => {
      const symbols = symbol === null ? universe : [symbol];
      const text = state === null ? '' : (texts.get(state.id) ?? '');
      return cellOf(given, { spec, rule, one, horizon, symbol, symbols, state, text });
    };
    const own = ways.filter((way) => way.named.every((name) => spec.templates.includes(name)));
    return merged(own).flatMap((one) =>
      given.horizons
        .filter((horizon) => spec.horizons.includes(horizon.hold) && tries(one.way, horizon))
        .flatMap((horizon) =>
          places.flatMap((symbol) => [
            cell(one, horizon, symbol, null),
            ...safe
              .filter((state) => [one.way, ...one.also].some((way) => allows(state, way)))
              .filter((state) => tells(state, symbol))
              .map((state) => cell(one, horizon, symbol, state)),
          ]),
        ),
    );
  });
}

/** What looks at excursions. */
const PATHS: ReadonlySet<string> = new Set(['adverse', 'hits', 'upside']);

/** Whether a horizon has the columns that a way of trading is judged by. */
function tries({ judged, outcome }: Way, { up, down, range, basis }: Horizon): boolean {
  if (outcome !== FORWARD && basis === undefined) return false;
  if (judged === 'hits' && range === undefined) return false;
  return !PATHS.has(judged) || (up !== undefined && down !== undefined);
}

interface Parts {
  readonly spec: Event;
  /** Digest of the rule of the event. */
  readonly rule: string;
  readonly one: Merged;
  readonly horizon: Horizon;
  readonly symbol: string | null;
  readonly symbols: readonly string[];
  readonly state: State | null;
  /** Digest of all that decides when the state holds. */
  readonly text: string;
}

/** Its id covers all that makes it another hypothesis: rules, not the names and words that are said about them. */
function cellOf({ market, entry_lag }: Given, parts: Parts): Cell {
  const { spec, rule, one, horizon, symbol, symbols, state, text } = parts;
  const { way } = one;
  const bars = horizon.hold / market.spacing;
  const hypothesis = { event: spec.id, direction: way.direction, entry_lag };
  const rest = { rule, way: way.rule, state: text, universe: symbols, market: market.id };
  const plain = way.outcome === FORWARD;
  return {
    ...hypothesis,
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
    outcome: plain ? horizon.outcome : (horizon.basis ?? ''),
    up: PATHS.has(way.judged) ? (horizon.up ?? null) : null,
    down: PATHS.has(way.judged) ? (horizon.down ?? null) : null,
    range: way.judged === 'hits' ? (horizon.range ?? null) : null,
    fills: plain ? 2 : 4,
    asked: state === null ? Number.NaN : askedBy(state),
    needs: [...new Set([...spec.needs, ...(state?.needs ?? [])])].sort().join('+'),
  };
}
