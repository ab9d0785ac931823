import { describe, expect, it } from '@jest/globals';
import { Frame, textColumn } from '../../../engine/sdk/index.js';
import report from '../../../nodes/report/tournament.js';
import { frameOf } from '../../kit/chain.js';
import { runNode } from '../../kit/node.js';
import { costly, DAY, market, START } from '../../kit/research.js';
import { chain, planted, qualityOf, written } from './tournament-kit.js';

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

  it('what was ever looked at, and the hurdle with all of it', async () => {
    const ids = Array.from({ length: 5000 }, (_, i) => String(i));
    const events = textColumn(ids.map((id) => `E${Number(id) % 40}`));
    const ledger = Frame.of({ id: textColumn(ids), event: events });
    const text = await told(0, ({ matrix }) => ({
      ledger,
      matrix: frameOf({ matrix }, 'matrix').with('trial_spread', [1.5]).with('best_by_luck', [2.2]),
    }));
    expect(text).toMatch(/make 9 trials\. The count is of this run alone: what earlier runs/);
    expect(text).toMatch(
      /by this run and others: 5\s000 hypotheses on 40 events; against the best/,
    );
    const [, all, kin] =
      text.match(/have to beat ([\d.]+) \(([\d.]+) with one trial an event\)/) ?? [];
    expect(Number(all)).toBeGreaterThan(Number(kin));
    expect(text).toContain("against this run's 2.20.");
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

  it('how much of each data set is there, what was done to rows, and what is odd', async () => {
    const holed = {
      missing: 7,
      rows: 93,
      faults: { price: 2, range: 1 },
      dropped: { duplicate: 0, off_grid: 4 },
      months: [
        { month: '2024-01', expected: 60, missing: 1 },
        { month: '2024-02', expected: 40, missing: 6 },
      ],
    };
    const text = await told(0, () => ({
      quality: [qualityOf('S0', 3, holed), qualityOf('S1', 0, { faults: { price: 1 } })],
    }));
    expect(text).toContain('| Symbol | Data | From | To | Rows | Missing | Share missing |');
    expect(text).toContain(
      '| S0 | bars | 2024-01-01 | 2024-03-01 | 93 | 7 | 7.000% | 1 | 5 min | 3 | 4 |',
    );
    expect(text).toContain('| S1 | funding | – | – | 0 | 0 | – | – | – | 0 | 0 |');
    expect(text).not.toContain('top of book');
    expect(text).toMatch(
      /\| S0 \| bars \| 2024-02 \| 6 \| 40 \| 15\.00% \|\n\| S0 \| bars \| 2024-01 \|/,
    );
    expect(text).toContain(
      '3 of 3 months, over all symbols and data sets, have something missing.',
    );
    expect(text).toContain('| bars | rejected | price | 3 | S0, S1 |');
    expect(text).toContain('| bars | left out | off grid | 4 | S0 |');
    expect(text).not.toContain('duplicate');
    expect(text).toContain('| S1 | 5 | 4 | 3 | 1 | 2 |');
  });

  it('that bars are named by their opens and fills are at their closes', async () => {
    expect(await told(0)).toContain('name bars by their opens: a fill is at the close of the bar');
  });
});
