import type { SpecOf } from '../../../engine/sdk/index.js';
import type { market } from '../../kinds/market.js';
import type { Listed } from './listing.js';
import { clock, type Refuse } from './problems.js';

export type Universe = NonNullable<SpecOf<typeof market>['universe']>;

/** Listings that stand in the market's spec. @throws ingest/ends-first */
export function declaredIn(id: string, listings: Universe['listings'], refuse: Refuse): Listed {
  const rows = Object.entries(listings).map(([symbol, { from, until, category }], i) => {
    const delisted = until ?? Number.NaN;
    if (delisted <= from) {
      const facts = { file: `market ${id}`, row: i + 1, symbol };
      refuse('ingest/ends-first', { ...facts, listed: clock(from), delisted: clock(delisted) });
    }
    return {
      symbol,
      listed: from,
      delisted,
      category: category ?? null,
      evidence: 'declared',
    } as const;
  });
  return { rows, asOf: Number.NEGATIVE_INFINITY };
}
