import type { SpecOf } from '../../../engine/sdk/index.js';
import type { market } from '../../kinds/market.js';

/**
 * What a row must not be read without, even where no report is at hand: what kind of market brought it, and that net
 * figures leave funding out where nothing tells what it was.
 * @param funding  what the row paid a year; NaN where it is not known
 */
export function caveatOf(
  { id, source, simulator }: SpecOf<typeof market>,
  funding: number,
): string {
  const count = simulator?.planted.length ?? 0;
  const planted = count === 0 ? 'nothing' : count === 1 ? '1 effect' : `${count} effects`;
  const kind = source === 'simulator' ? `simulated, ${planted} planted` : id;
  return Number.isNaN(funding) ? `${kind}, funding not known` : kind;
}
