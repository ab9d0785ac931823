import { describe, expect, it } from '@jest/globals';
import { textColumn } from '../../../engine/sdk/index.js';
import report from '../../../nodes/report/tournament.js';
import { frameOf } from '../../kit/chain.js';
import { runNode } from '../../kit/node.js';
import { costly, DAY, free, market, START } from '../../kit/research.js';
import { chain, noise, planted, written } from './tournament-kit.js';

/** What is not known must read so wherever a number would stand, and counts must lead from one to the next. */

const params = { market, cost: costly, span: { from: START, to: START + 60 * DAY }, warmup: 0 };
type Ins = Awaited<ReturnType<typeof chain>>['ins'];

async function told(of: typeof planted, change: (ins: Ins) => object, more: object = {}) {
  const { ins } = await chain(of);
  const { outs } = await runNode(report, { ...ins, ...change(ins) }, { ...params, ...more });
  return written(outs, 'text').replaceAll('\\', '');
}
const headOf = (text: string) => text.slice(0, text.indexOf('\n## '));
/** Funding prints of two symbols. */
const prints = (first: number, second: number) => (ins: Ins) => ({
  quality: ins.quality.map(({ at, value }, i) => ({
    at,
    value: { ...value, funding: { ...value.funding, rows: i === 0 ? first : second } },
  })),
});

describe('funding', () => {
  it('that no symbol has is not known, at the top and in every table', async () => {
    const text = await told(planted, (ins) => ({
      ...prints(0, 0)(ins),
      matrix: frameOf(ins, 'matrix').with('funding', [NaN]),
    }));
    expect(headOf(text)).toContain('> Funding is not known: no symbol has a funding print.');
    expect(headOf(text)).toMatch(/in 20 days after costs; funding not known \(/);
    expect(text).toContain('what it cost, a year (net: after costs; funding not known)**');
    expect(text).toMatch(/\| once\/plain\/min_variance \| \S+% \| \S+% \| not known \|/);
    expect(text).toContain('growth of 1, after costs; funding not known');
    expect(text).toContain('Returns after costs; funding not known; not annualised.');
    expect(text).toContain('Figures are after costs; funding not known.');
    expect(text).toContain('net is after costs; funding not known, compounded.');
    expect(text).not.toContain('after costs and funding');
  });

  it('that some symbols lack is known in part, and that all have needs no warning', async () => {
    const partly = await told(planted, prints(3, 0));
    expect(headOf(partly)).toContain('> Funding is not known of S1: there are no funding prints.');
    expect(partly).toContain('Returns after costs and funding (not known of S1); not annualised.');
    const whole = await told(planted, (ins) => ({
      ...prints(3, 3)(ins),
      matrix: frameOf(ins, 'matrix').with('funding', [0.0123]),
    }));
    expect(whole).not.toMatch(/funding is not known|not known of|funding not known/i);
    expect(whole).toContain('Returns after costs and funding; not annualised.');
    expect(whole).toMatch(/\| once\/plain\/min_variance \| \S+% \| \S+% \| 1\.23% \|/);
  });

  it('that costs leave out is not missed', async () => {
    const text = await told(planted, prints(0, 0), { cost: free });
    expect(text).not.toMatch(/funding is not known|funding not known/i);
    expect(text).toContain('Returns after costs; not annualised.');
  });
});

describe('events', () => {
  it('that could not be looked for are told at the top, with what they need', async () => {
    const head = headOf(await told(planted, () => ({})));
    expect(head).toContain('> 1 of 5 events could not be looked for: 1 for want of spot_ohlcv_5m.');
    const lost = headOf(
      await told(planted, ({ tallies }) => ({
        tallies: tallies.map(({ at, value }) => ({
          at,
          value: { ...value, available: false, datasets: value.event === 'DELTA' ? ['y'] : ['x'] },
        })),
      })),
    );
    expect(lost).toContain('> 5 of 5 events could not be looked for: 4 for want of x and 1 for');
    const all = await told(planted, ({ tallies }) => ({ tallies: tallies.slice(0, 4) }));
    expect(headOf(all)).not.toContain('could not be looked for');
  });
});

describe('from the grid to the trials', () => {
  it('each count follows from the one above', async () => {
    // Of 8 hypotheses: two without data, one too rare to be tested.
    const text = await told(noise, ({ candidates, matrix }) => ({
      candidates: candidates.map((item) => {
        const value = frameOf(item, 'value');
        const reasons = value.texts('reasons').map((r, i) => (i < 2 ? 'unavailable' : r));
        const p = value.column('p').map((x, i) => (i < 3 ? NaN : x));
        return { ...item, value: value.with('reasons', textColumn(reasons)).with('p', p) };
      }),
      matrix: frameOf({ matrix }, 'matrix').with('trials', [7]).with('families', [3]),
    }));
    const at = text.indexOf('From the grid to the trials');
    const rows =
      text
        .slice(at)
        .match(/^\| \w.*$/gm)
        ?.slice(1, 7) ?? [];
    const cells = rows.map((row) => row.split(' | ').map((x) => x.replace(/^\| | \|$/g, '')));
    expect(cells.map((row) => row.slice(0, 3))).toEqual([
      ['Declared', '5', '–'],
      ['In the grid', '2', '8'],
      ['Looked at', '2', '6'],
      ['Tested', '2', '5'],
      ['Found', '0', '0'],
      ['Trials', '3', '7'],
    ]);
    expect(cells[1]?.[3]).toContain('3 events are not in it: gate E1 refused them in every window');
    expect(cells[2]?.[3]).toContain(
      'Without the 2 of which the data are in no window, or that trade',
    );
    expect(cells[3]?.[3]).toContain('Without the 1 that occurred often enough in no window.');
    expect(cells[3]?.[3]).toContain('In a single window 5 were tested.');
    expect(cells[5]?.[3]).toContain('6 + 1 hypotheses and rows');
    expect(headOf(text)).toContain(
      'Of 8 hypotheses in the grid 6 could be looked at and 5 occurred often enough to be tested; the 6 and one combination compared make 7 trials.',
    );
    expect(text).toContain('with the least p-value in any fold, of 5 tested in any');
  });
});

describe('the deflated ratio', () => {
  const spread = (value: number) => (ins: Ins) => ({
    matrix: frameOf(ins, 'matrix')
      .with('trial_spread', [value])
      .with('best_by_luck', [2.5 * value])
      .with('best_of_families', [2 * value]),
    table: frameOf(ins, 'table')
      .with('verdict', textColumn(['unproven']))
      .with('why', textColumn(['simulated, nothing planted; DSR 0.84 below 0.95'])),
  });

  it('says which spread and which maximum a row must beat, and what unproven rows fail', async () => {
    const text = await told(planted, spread(3));
    expect(text).toContain('have a standard deviation of 3.00; the best of 9 is expected 2.50 of');
    expect(text).toContain('at 7.50 (of 3, one trial an event: 6.00)');
    expect(text).toContain('- once/plain/min_variance: DSR 0.84 below 0.95.');
  });

  it('says that nothing was deflated where the spread is not known, and nothing of cash', async () => {
    expect(await told(planted, spread(0))).toContain('nothing was deflated');
    expect(await told(noise, () => ({}))).not.toContain('asks whether the mean is above 0');
  });
});
