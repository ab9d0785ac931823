import { t } from '../../../engine/sdk/index.js';

/** What a grid may cost at most, so that correction leaves something to find. */
export const budget = t.record(
  {
    tests: t.integer({ min: 1, unit: 'count', doc: 'Tests in all, conditions included.' }),
    horizons: t.integer({ min: 1, unit: 'count', doc: 'Horizons of one event and template.' }),
    symbols: t.integer({ min: 1, unit: 'count', doc: 'Symbols tried one by one.' }),
    source_states: t.integer({ min: 0, unit: 'count', doc: 'States an event is the source of.' }),
    family_states: t.integer({ min: 0, unit: 'count', doc: 'States of its family.' }),
  },
  {
    default: { tests: 10_000, horizons: 3, symbols: 10, source_states: 3, family_states: 2 },
    doc: 'Most of each; more is refused before a return is looked at.',
  },
);

/** The most of each. */
export type Budget = Readonly<
  Record<'tests' | 'horizons' | 'symbols' | 'source_states' | 'family_states', number>
>;

/** A row as far as budgets count it. */
export interface Counted {
  readonly event: string;
  readonly template: string;
  readonly horizon: number;
  readonly symbol: string | null;
  readonly state: string | null;
  /** Whether its state may condition the whole family. */
  readonly safe: boolean;
}

/** The first budget that a grid does not keep: what it counts, how many there are, and of which event. */
export function beyond(rows: readonly Counted[], budget: Budget) {
  const of = (key: (row: Counted) => string, value: (row: Counted) => string | number | null) => {
    const found = new Map<string, Set<string | number>>();
    for (const row of rows) {
      const one = value(row);
      if (one === null) continue;
      const set = found.get(key(row)) ?? new Set();
      found.set(key(row), set.add(one));
    }
    return [...found].map(([where, set]) => ({ where, count: set.size }));
  };
  const grain = (row: Counted) => `${row.event} · ${row.template}`;
  const event = (row: Counted) => row.event;
  const checks = [
    ...of(grain, ({ horizon }) => horizon).map((c) => ({ ...c, what: 'horizons' as const })),
    ...of(grain, ({ symbol }) => symbol).map((c) => ({ ...c, what: 'symbols' as const })),
    ...of(event, ({ state, safe }) => (safe ? null : state)).map((c) => {
      return { ...c, what: 'source_states' as const };
    }),
    ...of(event, ({ state, safe }) => (safe ? state : null)).map((c) => {
      return { ...c, what: 'family_states' as const };
    }),
    { where: 'the grid', count: rows.length, what: 'tests' as const },
  ];
  const broken = checks.find(({ what, count }) => count > budget[what]);
  return broken && { ...broken, most: budget[broken.what] };
}
