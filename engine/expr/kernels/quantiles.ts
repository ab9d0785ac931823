import { Chains } from './chains.js';
import { Split } from './split.js';

/** A quantile that is asked for, from so many known rows on, and where its values go. */
export interface AskedQuantile {
  readonly q: number;
  readonly min: number;
  readonly out: Float64Array;
}

interface Followed extends AskedQuantile {
  readonly split: Split;
}

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
  const followed = asked.map((each) => ({ ...each, split: new Split(chains, each.q) }));
  for (let start = 0; start < x.length; start += length) {
    const end = Math.min(x.length, start + length);
    chains.turn(x, start, end);
    for (const { split } of followed) split.turned();
    slide(chains, followed, start, end);
  }
}

function slide(chains: Chains, followed: readonly Followed[], start: number, end: number): void {
  const going = chains.old.places;
  const coming = chains.young.places;
  let { known } = chains.old;
  for (let i = start; i < end; i += 1) {
    const leaves = going[i - start] ?? -1;
    const enters = coming[i - start] ?? -1;
    if (leaves >= 0) chains.takeOut(leaves);
    if (enters >= 0) chains.putBack(enters);
    known += Number(enters >= 0) - Number(leaves >= 0);
    move(followed, leaves, enters, known, i);
  }
}

function move(
  followed: readonly Followed[],
  leaves: number,
  enters: number,
  known: number,
  row: number,
): void {
  for (const { split, min, out } of followed) {
    if (leaves >= 0) split.left(leaves);
    if (enters >= 0) split.entered(enters);
    out[row] = known < min ? Number.NaN : split.at(known);
  }
}
