import { describe, expect, it } from '@jest/globals';
import { textColumn } from '../../../engine/sdk/index.js';
import report from '../../../nodes/report/tournament.js';
import { frameOf } from '../../kit/chain.js';
import { runNode } from '../../kit/node.js';
import { costly, DAY, market, START } from '../../kit/research.js';
import { chain, noise, planted, window, written } from './tournament-kit.js';

/** What a reader could be misled by has to stand where he looks first. */

const span = { from: START, to: START + 60 * DAY };
const params = { market, cost: costly, span, warmup: 0 };
type Ins = Awaited<ReturnType<typeof chain>>['ins'];

/** The report as Markdown, with its escapes taken out. */
async function told(
  of: typeof planted,
  more: object = {},
  change: (ins: Ins) => object = () => ({}),
) {
  const { ins } = await chain(of);
  const { outs } = await runNode(report, { ...ins, ...change(ins) }, { ...params, ...more });
  return written(outs, 'text').replaceAll('\\', '');
}
/** Everything before the first section. */
const headOf = (text: string) => text.slice(0, text.indexOf('\n## '));

const effect = (id: string, event: string, drift: number) => ({
  id,
  event,
  after: { text: 'close > 0' },
  side: { text: '1' },
  cooldown: '6b',
  chance: 1,
  drift,
  over: 15 * 60_000,
});
const world = (...effects: readonly object[]) => ({
  market: { ...market, simulator: { planted: effects } },
});

describe('a degraded run', () => {
  it('is called so before any praise, with what it leaned on and how often', async () => {
    const head = headOf(await told(planted));
    const [, first = ''] = head.split('\n\n');
    expect(first).toMatch(
      /^> Degraded: 1 of the 1 folds that held anything leaned on fallbacks \(/,
    );
    expect(first).toContain('caps were raised in 1; fewer than 5 winners: profiles converge in 1');
    expect(head).toMatch(/Validated: none of one result\./);
  });

  it('is marked in the table and in the summary', async () => {
    const text = await told(planted);
    expect(text).toMatch(/\| once\/plain\/min_variance \| \w+ \| 1 of 1 \| 1 \|/);
    expect(text).toContain('That is half or more: the run is degraded.');
  });

  it('counts the results that would be validated but for fallbacks', async () => {
    const head = headOf(
      await told(planted, {}, ({ table }) => ({
        table: frameOf({ table }, 'table').with('verdict', textColumn(['degraded'])),
      })),
    );
    expect(head).toContain('Validated: none of one result. Degraded: 1, which would be but for');
  });

  it('is partly so where most folds stand on their own, and not at all where all do', async () => {
    const having = (...reasons: readonly (readonly string[])[]) =>
      told(planted, {}, ({ summaries }) => ({
        summaries: reasons.map((degraded, i) => ({
          at: { rhythm: 'once', fold: String(i + 1) },
          value: { ...Object(summaries[0]?.value), degraded },
        })),
      }));
    expect(headOf(await having(['caps were raised'], [], []))).toContain(
      '> Partly degraded: 1 of the 3 folds that held anything',
    );
    const sound = await having([], []);
    expect(headOf(sound)).not.toMatch(/degraded:/i);
    expect(sound).not.toContain('the run is degraded');
  });
});

describe('a simulated market', () => {
  it('says what is planted in it, and what of that was found and missed', async () => {
    const effects = [effect('goes_on', 'BETA', 36), effect('fades', 'ALPHA', -20.5)];
    const text = await told(planted, world(...effects));
    const head = headOf(text);
    expect(head).toContain('> Simulated: market test is made by the built-in simulator');
    expect(head).toContain('the simulator adds 2 of them to its prices');
    expect(head).toContain(
      'Discovery found 1 (goes_on in 1 of 1 training windows) and missed fades.',
    );
    expect(head).toContain('and missed fades. There was no other find.');
    expect(text).toMatch(
      /\| goes_on \| BETA \| with the event \| 36\.0 \| 100\.0% \| 15 min \| 23\.0 \| 1 \| 1 \| 1 \|/,
    );
    expect(text).toMatch(
      /\| fades \| ALPHA \| against the event \| 20\.5 \| 100\.0% \| 15 min \| 7\.5 \| 1 \| missed \| 0 \|/,
    );
    expect(text.indexOf('## What the simulator planted')).toBeLessThan(
      text.indexOf('## Comparison'),
    );
  });

  it('does not count a find against the effect, nor one with another holding time as planted', async () => {
    const against = headOf(await told(planted, world(effect('fades', 'BETA', -36))));
    expect(against).toContain('Discovery found none and missed fades.');
    expect(against).toContain('1 of 1 finds are of none of them: false, or kin to one.');
    // The horizons of the grid are 5 and 15 minutes: at 30 it cannot be found, at 5 it can and is not.
    const shorter = { ...effect('goes_on', 'BETA', 36), over: 5 * 60_000 };
    expect(await told(planted, world(shorter))).toMatch(
      /\| goes_on \| BETA \| with the event \| 36\.0 \| 100\.0% \| 5 min \| 23\.0 \| 1 \| 1 \| [01] \|/,
    );
    const longer = { ...effect('goes_on', 'BETA', 36), over: 30 * 60_000 };
    expect(await told(planted, world(longer))).toMatch(
      /\| goes_on \| BETA \| with the event \| 36\.0 \| 100\.0% \| 30 min \| 23\.0 \| 1 \| 1 \| not in the grid \|/,
    );
  });

  it('calls every find false where nothing is planted', async () => {
    const head = headOf(await told(planted, world()));
    expect(head).toContain(
      'No effect is planted in it: whatever was found is false (finds: 1, training windows: 1).',
    );
  });

  it('is not what real bars are called', async () => {
    const real = { market: { ...market, source: 'files' } };
    const text = await told(planted, real);
    expect(text).not.toMatch(/simulat|planted/i);
    expect(headOf(text)).toContain('Market test (real bars)');
  });
});

describe('results, p-values and days', () => {
  /** The row of the chain under other names. */
  const renamed = (
    ins: Ins,
    port: 'table' | 'matrix',
    scorers: readonly string[],
    results: readonly number[],
  ) => {
    const one = frameOf(ins, port);
    const rows = one.take(scorers.map(() => 0));
    const full = rows
      .with('row', textColumn(scorers.map((s) => `once/${s}/min_variance`)))
      .with('result', [...results]);
    return port === 'table' ? full : full.with('scorer', textColumn([...scorers]));
  };
  const twins = (scorers: readonly string[], results: readonly number[]) =>
    told(planted, {}, (ins) => ({
      table: renamed(ins, 'table', scorers, results),
      matrix: renamed(ins, 'matrix', scorers, results),
    }));

  it('counts equal results once, says who chose the same, and that each is a trial', async () => {
    const head = headOf(await twins(['a', 'b', 'c'], [1, 1, 2]));
    expect(head).toContain(
      '3 combinations, 2 distinct results: scorers a and b brought the same everywhere. Validated: none of 2 results.',
    );
    expect(head).toContain('equal results are counted each, which makes the deflated ratio lower');
    const apart = headOf(await twins(['a', 'b'], [1, 2]));
    expect(apart).toContain('2 combinations compared. Validated: none of 2 results.');
    expect(apart).not.toContain('counted each');
  });

  it('shows a p or q that the draws cannot tell from 0 as a bound', async () => {
    const text = await told(planted);
    const luck = text.slice(
      text.indexOf('How much may be luck'),
      text.indexOf('The folds of each'),
    );
    // 50 draws: 1 / 51.
    expect(luck).toMatch(/\| ≤ 0\.0196 \|/);
    expect(text).toMatch(/\| once\/plain\/min_variance .*\| ≤ 0\.0196 \|/);
    expect(text).not.toMatch(/\| 0\.0196 \|/);
    const coarse = await told(planted, {}, ({ matrix, table }) => ({
      matrix: frameOf({ matrix }, 'matrix').with('p_least', [0.001]),
      table: frameOf({ table }, 'table').with('q', textColumn(['0.0196'])),
    }));
    expect(coarse).not.toMatch(/\| ≤/);
    expect(coarse).toMatch(/\| 0\.0196 \|/);
  });

  it('says which days of the span were never tested', async () => {
    const longer = { from: START, to: START + 63 * DAY };
    const text = await told(planted, { span: longer });
    expect(headOf(text)).toContain(
      'Of the 63 days of the span 2024-01-01 to 2024-03-03, rhythm once never tested 43.',
    );
    expect(text).toContain('| once | 1 | 40 | 20 | 2024-02-10 | 2024-02-29 | 20 | 43 |');
    expect(text).toContain(
      'in no test window, once: 2024-01-01 to 2024-02-09 (40) and 2024-03-01 to 2024-03-03 (3).',
    );
  });

  it('finds days between test windows, and says nothing where every day was tested', async () => {
    const folds = (...tests: readonly (readonly [from: number, to: number])[]) =>
      told(noise, {}, ({ summaries }) => ({
        summaries: tests.map(([from, to], i) => ({
          at: { rhythm: 'r', fold: String(i + 1) },
          value: {
            ...Object(summaries[0]?.value),
            fold: {
              ...window,
              id: String(i + 1),
              test_from: START + from * DAY,
              test_to: START + to * DAY,
            },
          },
        })),
      }));
    const gapped = await folds([30, 60], [0, 20]);
    expect(gapped).toContain('in no test window, r: 2024-01-21 to 2024-01-30 (10).');
    const whole = await folds([0, 30], [30, 60]);
    expect(whole).not.toContain('in no test window');
    expect(headOf(whole)).toContain('rhythm r never tested 0.');
  });

  it('says that LONG is no direction, and how many trades bought', async () => {
    const text = await told(planted);
    expect(text).toContain('LONG says that its weight is not negative, not that it only buys');
    const [, bought = ''] = text.match(/_LONG \| 1 \| 1 \| [\d.]+% \| \d+ \| (\d+)% \|/) ?? [];
    expect(Number(bought)).toBeGreaterThan(20);
    expect(Number(bought)).toBeLessThan(80);
  });
});
