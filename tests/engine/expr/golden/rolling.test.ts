import { describe, it } from '@jest/globals';
import { run } from '../kit.js';
import { cells, golden, type Numbers, near } from './kit.js';

interface Rolling {
  readonly cases: readonly ({ readonly label: string; readonly x: Numbers } & Record<
    string,
    Numbers
  >)[];
}

describe('rolling primitives (pandas)', () => {
  const formulas: Readonly<Record<string, string>> = {
    mean_w10_min3: 'mean(x, 10, min=3)',
    std_ddof1_w10_min3: 'std(x, 10, min=3)',
    std_ddof0_w10_min3: 'std(x, 10, min=3, ddof=0)',
    median_w10_min3: 'median(x, 10, min=3)',
    quantile90_w10_min3: 'quantile(x, 0.9, 10, min=3)',
    past_quantile90_w10_min3: 'past_quantile(x, 0.9, 10, 3)',
    z_w10_min3: 'zscore(x, 10, min=3)',
    pct_rank_le_w10_min10: '100 * rank(x, 10)',
    rank_avg_pct_w10: 'rank(x, 10, ties=average)',
    simple_return_1: 'pct_change(x)',
    diff_1: 'diff(x)',
    roll_cov_lag1_w6: 'cov(diff(x), lag(diff(x), 1), 6)',
  };
  for (const each of golden<Rolling>('event-research/rolling_primitives.json').cases)
    for (const [name, text] of Object.entries(formulas))
      it(`${each.label}: ${text}`, () => {
        const expected = each[name];
        if (expected === undefined) throw new Error(`The golden file has no ${name}.`);
        near(run(text, { x: cells(each.x) }), expected, 1e-9, 1e-12);
      });
});
