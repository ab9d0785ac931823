import { Chains } from './chains.js';
import { type AskedQuantile, Split } from './split.js';

/**
 * Quantiles of a rolling window, in the same few steps a row whatever its length.
 * 1. Rows are taken in blocks as long as the window: a window is the rest of one block and the first rows of the next.
 * 2. Each block is sorted once. The chain of its rows that are in the window gains them one by one, and then loses them so.
 * 3. Each quantile follows the split of both chains at its rank.
 * @see Suomela (2014), Median filtering is equivalent to sorting, arXiv:1406.1717
 */
export function rollingQuantiles(
  x: Readonly<Float64Array>,
  window: number,
  asked: readonly AskedQuantile[],
): void {
  const length = Math.min(window, x.length);
  const chains = new Chains(length);
  const splits = asked.map((each) => new Split(chains, each));
  for (let start = 0; start < x.length; start += length) {
    const end = Math.min(x.length, start + length);
    chains.turn(x, start, end);
    for (const [s, split] of splits.entries()) {
      if (s > 0) chains.rewind();
      split.walk(start, end);
    }
  }
}
