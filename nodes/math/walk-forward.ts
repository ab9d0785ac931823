import { wholeAtLeast } from './guard.js';

/** One fold: half-open ranges of row numbers. */
export interface Fold {
  readonly index: number;
  readonly trainStart: number;
  readonly trainEnd: number;
  readonly testStart: number;
  readonly testEnd: number;
}

/** How rows are cut into folds, all in rows. */
export interface FoldRule {
  readonly train: number;
  readonly test: number;
  readonly step: number;
  /** Rows left out between train and test; at least the label's horizon. 0 unless told. */
  readonly gap?: number | undefined;
  /** Train from the first row on instead of on the last `train` rows. */
  readonly anchored?: boolean | undefined;
}

/**
 * Walk-forward folds over `rows` rows; a rest shorter than the test is dropped.
 * @throws math/out-of-range when a length is not a whole number of at least 1 (gap: 0)
 */
export function walkForward(rows: number, rule: FoldRule): readonly Fold[] {
  const { train, test, step, gap = 0, anchored = false } = rule;
  wholeAtLeast('rows', rows, 0);
  wholeAtLeast('train', train, 1);
  wholeAtLeast('test', test, 1);
  wholeAtLeast('step', step, 1);
  wholeAtLeast('gap', gap, 0);
  const folds: Fold[] = [];
  for (let end = train; end + gap + test <= rows; end += step) {
    folds.push({
      index: folds.length,
      trainStart: anchored ? 0 : end - train,
      trainEnd: end,
      testStart: end + gap,
      testEnd: end + gap + test,
    });
  }
  return folds;
}
