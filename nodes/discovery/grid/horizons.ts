import type { Gathered } from '../../../engine/sdk/index.js';
import { FORWARD, type Way } from './templates.js';

/** A horizon with the columns that tell what happened. */
export interface Horizon {
  readonly hold: number;
  readonly outcome: string;
  readonly up?: string | undefined;
  readonly down?: string | undefined;
  readonly range?: string | undefined;
  readonly basis?: string | undefined;
}

/** Columns that a way of trading is judged by. */
export interface Judges {
  readonly outcome: string;
  readonly up: string | null;
  readonly down: string | null;
  readonly range: string | null;
}

/** What looks at excursions. */
const PATHS: ReadonlySet<string> = new Set(['adverse', 'hits', 'upside']);

/** The columns that a way is judged by at a horizon; undefined where the horizon does not name them. How far two legs went nobody tells. */
export function judgesOf({ judged, outcome }: Way, horizon: Horizon): Judges | undefined {
  const plain = outcome === FORWARD;
  const earned = plain ? horizon.outcome : horizon.basis;
  if (earned === undefined) return undefined;
  const none = { outcome: earned, up: null, down: null, range: null };
  if (!PATHS.has(judged)) return none;
  const { up, down, range } = horizon;
  if (!plain || up === undefined || down === undefined) return undefined;
  if (judged !== 'hits') return { ...none, up, down };
  return range === undefined ? undefined : { ...none, up, down, range };
}

/** What outcomes of one symbol miss: columns, by the table or column that they want for. */
type Misses = Readonly<Record<string, readonly string[]>>;

/** Which symbols have which columns of outcomes. A symbol that is not told of has all. */
export class Outcomes {
  readonly #misses: ReadonlyMap<string | undefined, Misses>;
  readonly #symbols: readonly string[];

  constructor(symbols: readonly string[], told: readonly Gathered<Misses>[]) {
    this.#symbols = [...symbols].sort();
    this.#misses = new Map(told.map(({ at, value }) => [at.symbol, value]));
  }

  /** Symbols that have every column, in order. */
  having(judges: Judges): readonly string[] {
    return this.#symbols.filter((symbol) => this.#wants(symbol, judges).length === 0);
  }

  /** What some column wants for, where no symbol has them all; nothing else. */
  lacking(judges: Judges): readonly string[] {
    if (this.having(judges).length > 0) return [];
    const wants = this.#symbols.flatMap((symbol) => this.#wants(symbol, judges));
    return [...new Set(wants)].sort();
  }

  #wants(symbol: string, judges: Judges): readonly string[] {
    const asked: readonly (string | null)[] = Object.values(judges);
    return Object.entries(this.#misses.get(symbol) ?? {}).flatMap(([want, columns]) =>
      columns.some((column) => asked.includes(column)) ? [want] : [],
    );
  }
}

/** What the outcomes of a template want for at some horizons; nothing where the horizons name no outcome of it. */
export function wantsOf(
  template: string,
  ways: readonly Way[],
  horizons: readonly Horizon[],
  outcomes: Outcomes,
): readonly string[] {
  const judges = ways
    .filter(({ named }) => named.includes(template))
    .flatMap((way) => horizons.flatMap((horizon) => judgesOf(way, horizon) ?? []));
  return [...new Set(judges.flatMap((one) => outcomes.lacking(one)))].sort();
}
