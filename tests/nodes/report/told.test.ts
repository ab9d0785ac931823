import { describe, expect, it } from '@jest/globals';
import { textColumn } from '../../../engine/sdk/index.js';
import report from '../../../nodes/report/tournament.js';
import { frameOf } from '../../kit/chain.js';
import { runNode } from '../../kit/node.js';
import { costly, DAY, market, START } from '../../kit/research.js';
import { chain, planted, written } from './tournament-kit.js';

/** What the numbers do not say by themselves: how far the count of trials goes, the warm-up, days, broken bars, fills. */

const span = { from: START, to: START + 60 * DAY };
type Ins = Awaited<ReturnType<typeof chain>>['ins'];

async function told(warmup: number, change: (ins: Ins) => object = () => ({})) {
  const { ins } = await chain(planted);
  const params = { market, cost: costly, span, warmup };
  const { outs } = await runNode(report, { ...ins, ...change(ins) }, params);
  return written(outs, 'text').replaceAll('\\', '');
}

describe('the report says', () => {
  it('that trials are those of this run alone, beside their count and where they are explained', async () => {
    const text = await told(0);
    expect(text).toMatch(/make 9 trials\. The count is of this run alone: what earlier runs/);
    expect(text).toContain('hypotheses looked at in earlier runs on the same market are not among');
  });

  it('which warm-up was asked for, and from when on anything is known', async () => {
    const none = await told(0);
    expect(none).toContain(
      'No warm-up before the span was asked for: the first bar is of 2024-01-01, no feature',
    );
    expect(none).toContain('Trains from: the first day of the window; the first bar is of 2024-01');
    expect(none.match(/There is no warm-up\./g)).toHaveLength(2);
    expect(none).not.toContain('counts too');
    const some = await told(7 * DAY);
    expect(some).toContain(
      'A warm-up of 7 d before the span was asked for: the first bar is of 2023-12-25, no feature',
    );
    expect(some.match(/The warm-up of 7 d counts too\./g)).toHaveLength(2);
  });

  it('the days of each row, and that ranks compare different ones where they do', async () => {
    const one = await told(0);
    expect(one).toMatch(/\| 20: 2024-02-10 … 2024-02-29 \|/);
    expect(one).not.toContain('compares rows over different days');
    const two = await told(0, (ins) => {
      const twice = (port: 'table' | 'matrix') =>
        frameOf(ins, port)
          .take([0, 0])
          .with('row', textColumn(['once/plain/min_variance', 'other/plain/min_variance']));
      return { table: twice('table'), matrix: twice('matrix').with('days', [20, 10]) };
    });
    expect(two).toContain('The order compares rows over different days');
    expect(two).toMatch(/\| 10: 2024-02-10 … 2024-02-29 \|/);
  });

  it('how many bars were absent and how many rejected', async () => {
    const text = await told(0, () => ({
      quality: [
        {
          at: { symbol: 'S0' },
          value: { bars: 100, missing: 7, faults: { absent: 4, order: 2, prices: 1 } },
        },
        { at: { symbol: 'S1' }, value: { bars: 100, missing: 2, faults: { prices: 2 } } },
      ],
    }));
    expect(text).toContain('| Symbol | Bars | Absent | Rejected | Share missing |');
    expect(text).toContain('| S0 | 100 | 4 | 3 | 7.000% |');
    expect(text).toContain('| S1 | 100 | 0 | 2 | 2.000% |');
  });

  it('that bars are named by their opens and fills are at their closes', async () => {
    expect(await told(0)).toContain('name bars by their opens: a fill is at the close of the bar');
  });
});
