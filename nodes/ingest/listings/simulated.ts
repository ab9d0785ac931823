import type { SpecOf } from '../../../engine/sdk/index.js';
import type { market } from '../../kinds/market.js';
import { listingOf } from '../simulator/listing.js';
import type { Listed } from './listing.js';

/**
 * Symbols of a simulated market: its world tells when each of them trades, whatever the seed.
 * @param asOf  The moment that the world is looked at; the world itself has none.
 */
export function simulatedIn(
  { simulator: world }: SpecOf<typeof market>,
  symbols: readonly string[],
  asOf: number,
): Listed {
  if (!world) return { rows: [], asOf: Number.NEGATIVE_INFINITY };
  const rows = symbols.map((symbol) => {
    const { listed, delisted = Number.NaN } = listingOf(symbol, world);
    return { symbol, listed, delisted, category: null, evidence: 'simulated' } as const;
  });
  return { rows, asOf };
}
