import { Placer } from './places.js';
import { Taken } from './taken.js';

/** Rows that are placed together: at least so many, and so many windows beyond the one before them. */
const ROWS = 1024;
const WINDOWS = 4;

/** Which rank is asked for, from so many known rows on, and where it goes. */
export interface AskedRank {
  readonly ties: 'max' | 'average' | 'min';
  readonly min: number;
  readonly out: Float64Array;
}

/**
 * Share of the window at or below the current row (max), below it (min), or midway (average). Rows are taken in blocks: those of a
 * block and the window before it are placed in sorted order once, and how many places of the window are below a row's is counted.
 * @param asked  the ranks; NaN where fewer than their `min` rows are known, and where the row is missing.
 */
export function rollingRanks(
  x: Readonly<Float64Array>,
  window: number,
  asked: readonly AskedRank[],
): void {
  const reach = Math.min(window, x.length);
  const block = Math.min(Math.max(ROWS, WINDOWS * reach), x.length);
  const placer = new Placer(reach + block);
  for (let start = 0; start < x.length; start += block)
    rankBlock(
      x,
      [Math.max(0, start - reach), start, Math.min(start + block, x.length)],
      reach,
      placer,
      asked,
    );
}

/** From where rows are placed, and the rows whose ranks are found. */
type Block = readonly [first: number, start: number, end: number];

function rankBlock(
  x: Readonly<Float64Array>,
  [first, start, end]: Block,
  reach: number,
  placer: Placer,
  asked: readonly AskedRank[],
): void {
  const { known, own, from, ends } = placer.place(x, first, end);
  const taken = new Taken(known);
  for (let i = first; i < end; i += 1) {
    const enters = own[i - first] ?? -1;
    if (enters >= 0) taken.add(enters);
    if (i < start) continue;
    const leaves = i - reach < first ? -1 : (own[i - reach - first] ?? -1);
    if (leaves >= 0) taken.remove(leaves);
    const least = from[i - first] ?? -1;
    rankRow(taken, least, least < 0 ? -1 : (ends[least] ?? -1), asked, i);
  }
}

/** The ranks of a row whose value has the places from `first`, below 0 if it is missing, until before `end`. */
function rankRow(
  taken: Taken,
  first: number,
  end: number,
  asked: readonly AskedRank[],
  row: number,
): void {
  const known = taken.count;
  for (const { ties, min, out } of asked)
    out[row] = first < 0 || known < min ? Number.NaN : standing(taken, first, end, ties) / known;
}

/** How many of the window stand at or below a value, below it, or midway, the row itself among those at it. */
function standing(taken: Taken, first: number, end: number, ties: AskedRank['ties']): number {
  if (ties === 'max') return taken.below(end);
  const less = taken.below(first);
  return ties === 'min' ? less : less + (taken.below(end) - less + 1) / 2;
}
