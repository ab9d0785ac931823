import type { Frame } from '../../../engine/sdk/index.js';
import type { Leaf } from '../../math/hierarchy.js';

/** Tests that may be pulled towards each other, and the rows they stand on. */
export interface Tree {
  readonly rows: readonly number[];
  readonly leaves: readonly Leaf[];
  /** Whether each is the only one of its event and state, as pooled tests are: there is nothing below the event or state to tell. */
  readonly alone: readonly boolean[];
}

/**
 * Tests of one template, direction and horizon, pooled or by symbol, in the order in which they stand. Those that were not tested are
 * in no tree: their mean says nothing that an error could be put on.
 */
export function treesOf(tests: Frame): readonly Tree[] {
  const [families, events, states] = [
    tests.texts('family'),
    tests.texts('event'),
    tests.texts('state'),
  ];
  const [templates, symbols] = [tests.texts('template'), tests.texts('symbol')];
  const [directions, horizons] = [tests.column('direction'), tests.column('horizon')];
  const [effective, gross, spread] = [
    tests.column('effective'),
    tests.column('gross'),
    tests.column('spread'),
  ];
  const found = new Map<string, { readonly rows: number[]; readonly leaves: Leaf[] }>();
  effective.forEach((n, row) => {
    if (Number.isNaN(n)) return;
    const grain = symbols[row] === null ? 'pooled' : 'symbol';
    const key = `${templates[row]}\n${directions[row]}\n${horizons[row]}\n${grain}`;
    const tree = found.get(key) ?? { rows: [], leaves: [] };
    found.set(key, tree);
    const deviation = spread[row] ?? NaN;
    tree.rows.push(row);
    tree.leaves.push({
      family: families[row] ?? '',
      event: events[row] ?? '',
      state: states[row] ?? undefined,
      sample: { n, mean: gross[row] ?? NaN, variance: deviation * deviation },
    });
  });
  return [...found.values()].map(({ rows, leaves }) => {
    const counts = new Map<string, number>();
    const kinds = leaves.map(({ family, event, state }) => `${family}\n${event}\n${state ?? ''}`);
    for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return { rows, leaves, alone: kinds.map((kind) => counts.get(kind) === 1) };
  });
}
