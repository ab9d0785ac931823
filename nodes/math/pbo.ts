import { allFinite, atLeast, inRange } from './guard.js';
import type { Matrix } from './matrix.js';
import { median } from './quantile.js';
import { ranks } from './rank.js';
import { mean } from './sum.js';

/** How strategies are compared inside a split. */
export type SplitStatistic = 'mean' | 'sharpe';

/** What combinatorially symmetric cross-validation says about picking the best in sample. */
export interface Overfitting {
  /** C(S, S/2). */
  readonly splits: number;
  /** Probability of backtest overfitting: share of splits whose winner is in the lower half out of sample (λ ≤ 0). */
  readonly probability: number;
  /** Share with λ < 0. */
  readonly below: number;
  readonly medianLogit: number;
  /** Regression of the winner's out-of-sample statistic on its in-sample one. */
  readonly slope: number;
  readonly intercept: number;
  /** Share of splits whose winner has a negative statistic out of sample. */
  readonly lossProbability: number;
  /** Does the winner beat the average strategy out of sample: at every quantile; in every sum of the worst cases? */
  readonly firstOrder: boolean;
  readonly secondOrder: boolean;
  /** λ of every split. */
  readonly logits: Float64Array;
  /** Oldest rows left out because the blocks must be even. */
  readonly droppedRows: number;
}

/**
 * Probability of backtest overfitting. 1. Cut rows into S even blocks. 2. For each choice of half of them take the best
 * strategy in sample (ties: lowest column). 3. Rank it out of sample: λ = ln(ω/(1 − ω)), ω = rank/(N + 1).
 * @param returns    T × N
 * @param blocks     S: even, from 2 to 20 (20 is 184,756 splits)
 * @param statistic  `sharpe` is mean over deviation (ddof 1); 0 when flat
 * @throws           math/out-of-range, math/too-few-rows, math/not-finite
 * @see              Bailey, Borwein, López de Prado & Zhu (2017), Journal of Computational Finance 20(4)
 */
export function backtestOverfitting(
  returns: Matrix,
  blocks: number,
  statistic: SplitStatistic,
): Overfitting {
  const even = Number.isSafeInteger(blocks) && blocks % 2 === 0 && blocks >= 2 && blocks <= 20;
  inRange('blocks', blocks, even, 'even, from 2 to 20');
  atLeast('overfitting of a choice among strategies', returns.cols, 2);
  const size = Math.floor(returns.rows / blocks);
  atLeast('blocks of rows', size, statistic === 'sharpe' ? 2 : 1);
  allFinite('returns of strategies', returns.values);
  const droppedRows = returns.rows - size * blocks;
  const sums = blockSums(returns, blocks, size, droppedRows);
  const chosen = halves(blocks);
  const found = chosen.map((mask) => split(sums, mask, blocks, size, statistic));
  const logits = Float64Array.from(found, (s) => s.logit);
  const share = (holds: (s: Split) => boolean) => found.filter(holds).length / found.length;
  const winner = Float64Array.from(found, (s) => s.outside).sort();
  const average = Float64Array.from(found, (s) => s.average).sort();
  return {
    splits: found.length,
    probability: share((s) => s.logit <= 0),
    below: share((s) => s.logit < 0),
    medianLogit: median(logits),
    ...line(found),
    lossProbability: share((s) => s.outside < 0),
    firstOrder: winner.every((x, i) => x >= (average[i] ?? NaN)),
    secondOrder: cumulated(winner).every((x, i) => x >= (cumulated(average)[i] ?? NaN)),
    logits,
    droppedRows,
  };
}

interface Split {
  readonly logit: number;
  readonly inside: number;
  readonly outside: number;
  /** Mean out-of-sample statistic of all strategies. */
  readonly average: number;
}

interface Sums {
  readonly first: Matrix;
  readonly second: Matrix;
}

/** Sums and sums of squares, S × N: with them a split costs O(S·N), not O(T·N). */
function blockSums(returns: Matrix, blocks: number, size: number, skip: number): Sums {
  const n = returns.cols;
  const first = new Float64Array(blocks * n);
  const second = new Float64Array(blocks * n);
  for (let t = 0; t < blocks * size; t++) {
    const at = Math.floor(t / size) * n;
    for (let j = 0; j < n; j++) {
      const r = returns.values[(skip + t) * n + j] ?? NaN;
      first[at + j] = (first[at + j] ?? NaN) + r;
      second[at + j] = (second[at + j] ?? NaN) + r * r;
    }
  }
  return {
    first: { rows: blocks, cols: n, values: first },
    second: { rows: blocks, cols: n, values: second },
  };
}

/** Every choice of half the blocks, as a bit mask, in rising order. */
function halves(blocks: number): number[] {
  const out: number[] = [];
  for (let mask = 0; mask < 1 << blocks; mask++) {
    let bits = 0;
    for (let rest = mask; rest > 0; rest &= rest - 1) bits++;
    if (bits === blocks / 2) out.push(mask);
  }
  return out;
}

function split(
  sums: Sums,
  mask: number,
  blocks: number,
  size: number,
  kind: SplitStatistic,
): Split {
  const inside = statistics(sums, mask, blocks, size, kind);
  const outside = statistics(sums, ~mask, blocks, size, kind);
  let best = 0;
  for (const [j, x] of inside.entries()) if (x > (inside[best] ?? NaN)) best = j;
  const omega = (ranks(outside)[best] ?? NaN) / (outside.length + 1);
  return {
    logit: Math.log(omega / (1 - omega)),
    inside: inside[best] ?? NaN,
    outside: outside[best] ?? NaN,
    average: mean(outside),
  };
}

function statistics(
  { first, second }: Sums,
  mask: number,
  blocks: number,
  size: number,
  kind: SplitStatistic,
): Float64Array {
  const n = first.cols;
  const rows = (blocks / 2) * size;
  const sum = new Float64Array(n);
  const squares = new Float64Array(n);
  for (let b = 0; b < blocks; b++) {
    if (((mask >> b) & 1) === 0) continue;
    for (let j = 0; j < n; j++) {
      sum[j] = (sum[j] ?? NaN) + (first.values[b * n + j] ?? NaN);
      squares[j] = (squares[j] ?? NaN) + (second.values[b * n + j] ?? NaN);
    }
  }
  if (kind === 'mean') return sum.map((x) => x / rows);
  return sum.map((x, j) => {
    const average = x / rows;
    const around = (squares[j] ?? NaN) - average * x;
    // Below the rounding of the sum of squares there is no variance to divide by.
    const flat = around <= 1e-14 * (squares[j] ?? NaN);
    return flat ? 0 : average / Math.sqrt(around / (rows - 1));
  });
}

function line(found: readonly Split[]): { readonly slope: number; readonly intercept: number } {
  const x = mean(found.map((s) => s.inside));
  const y = mean(found.map((s) => s.outside));
  let together = 0;
  let alone = 0;
  for (const s of found) {
    together += (s.inside - x) * (s.outside - y);
    alone += (s.inside - x) * (s.inside - x);
  }
  const slope = alone > 0 ? together / alone : NaN;
  return { slope, intercept: y - slope * x };
}

function cumulated(values: Float64Array): Float64Array {
  let total = 0;
  return values.map((x) => {
    total += x;
    return total;
  });
}
