import { LONGEST } from './chains.js';
import { Mad } from './mad.js';
import { MeanAbsDev } from './mean-abs-dev.js';
import { Quantile } from './quantile.js';
import { rollingQuantiles } from './quantiles.js';
import { type AskedRank, rollingRanks } from './rank.js';
import { Ranker } from './ranks.js';
import { type SortedStatistic, SortedWindow, type Windowed } from './sorted-window.js';
import type { AskedQuantile } from './split.js';
import { TailMean } from './tail-mean.js';

/** What is asked of a sorted window on every row. */
export type SortedRequest =
  | { readonly what: 'quantile'; readonly q: number; readonly min: number }
  | { readonly what: 'rank'; readonly ties: 'max' | 'average' | 'min'; readonly min: number }
  | { readonly what: 'mad'; readonly min: number }
  | { readonly what: 'meanAbsDev'; readonly min: number }
  | { readonly what: 'tailMean'; readonly q: number; readonly min: number };

/** Those whose place in the sorted window a statistic follows. */
type FollowedRequest = Exclude<SortedRequest, { readonly what: 'rank' }>;

/** Rows worked on at a time: at least so many, and so many windows. */
const ROWS = 1024;
const WINDOWS = 8;

/**
 * Order statistics of a rolling window: one sorted window serves any number of requests.
 * 1. Rows are taken in chunks that begin at anchors; the rows of a chunk and of the window before it are ranked once.
 * 2. A row takes and leaves the slot of its rank, in a tally that walks from one taken slot to the next.
 * 3. Each statistic follows its place in the tally, which a row moves by little; what it sums is rebuilt at anchors.
 * Order statistics are values of the rows themselves, whatever they were ranked with, so no value knows of rows after its own.
 * @param outs  one array a request; NaN where fewer than its `min` rows are known, and for ranks where the row is missing.
 */
export function rollingSorted(
  x: Readonly<Float64Array>,
  window: number,
  anchors: Readonly<Uint8Array>,
  requests: readonly SortedRequest[],
  outs: readonly Float64Array[],
): void {
  const short = Math.min(window, x.length) <= LONGEST;
  const quantiles: AskedQuantile[] = [];
  const ranks: AskedRank[] = [];
  const others: Other[] = [];
  for (const [r, request] of requests.entries()) {
    const out = outs[r] ?? NOWHERE;
    if (short && request.what === 'quantile') quantiles.push({ ...request, out });
    else if (request.what === 'rank') ranks.push({ ...request, out });
    else others.push({ request, out });
  }
  if (quantiles.length > 0) rollingQuantiles(x, window, quantiles);
  if (ranks.length > 0) rollingRanks(x, window, ranks);
  if (others.length > 0) rollingOthers({ x, rows: window, anchors }, others);
}

/** What is asked of the sorted window, and where its values go. */
interface Other {
  readonly request: FollowedRequest;
  readonly out: Float64Array;
}

function rollingOthers(over: Windowed, others: readonly Other[]): void {
  const { x, rows, anchors } = over;
  const ranker = new Ranker(mostRows(x.length, rows, anchors));
  for (let start = 0; start < x.length; ) {
    const end = chunkEnd(start, rows, anchors);
    sortChunk(over, ranker, others, start, end);
    start = end;
  }
}

/** The first anchor after enough rows, or the end. */
function chunkEnd(start: number, window: number, anchors: Readonly<Uint8Array>): number {
  const enough = start + Math.max(ROWS, WINDOWS * window);
  const end = enough < anchors.length ? anchors.indexOf(1, enough) : -1;
  return end < 0 ? anchors.length : end;
}

/** Rows of the longest chunk with the window before it. */
function mostRows(rows: number, window: number, anchors: Readonly<Uint8Array>): number {
  let most = 0;
  for (let start = 0; start < rows; ) {
    const end = chunkEnd(start, window, anchors);
    most = Math.max(most, end - Math.max(0, start - window));
    start = end;
  }
  return most;
}

function sortChunk(
  over: Windowed,
  ranker: Ranker,
  others: readonly Other[],
  start: number,
  end: number,
): void {
  const { x, rows } = over;
  const first = Math.max(0, start - rows);
  const ranks = ranker.rank(x, first, end);
  const slotOf = (row: number): number => (row < first ? -1 : (ranks.slots[row - first] ?? -1));
  const window = new SortedWindow(ranks, over);
  for (let i = first; i < start; i += 1) if (slotOf(i) >= 0) window.take(slotOf(i));
  const asked = others.map(({ request, out }) => ({
    statistic: statisticOf(window, request),
    min: request.min,
    out,
  }));
  for (let i = start; i < end; i += 1) {
    const [enters, leaves] = [slotOf(i), slotOf(i - rows)];
    window.current = enters;
    if (enters >= 0) window.take(enters);
    if (leaves >= 0) window.leave(leaves);
    move(asked, window, enters, leaves, i);
  }
}

/** A statistic that is asked for, from so many known rows on, and where its values go. */
interface Asked {
  readonly statistic: SortedStatistic;
  readonly min: number;
  readonly out: Float64Array;
}

function move(
  asked: readonly Asked[],
  window: SortedWindow,
  enters: number,
  leaves: number,
  row: number,
): void {
  for (const { statistic, min, out } of asked) {
    if (enters >= 0) statistic.entered(enters);
    if (leaves >= 0) statistic.left(leaves);
    // Asked also where too few rows are known: sums are rebuilt at anchors whether or not anybody hears of it.
    const value = window.known > 0 ? statistic.at(row) : Number.NaN;
    out[row] = window.known < min ? Number.NaN : value;
  }
}

/** Where the values of a request without room of its own go. */
const NOWHERE = new Float64Array(0);

function statisticOf(window: SortedWindow, request: FollowedRequest): SortedStatistic {
  switch (request.what) {
    case 'quantile':
      return new Quantile(window, request.q);
    case 'mad':
      return new Mad(window);
    case 'meanAbsDev':
      return new MeanAbsDev(window);
    case 'tailMean':
      return new TailMean(window, request.q);
  }
}
