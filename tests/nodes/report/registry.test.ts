import { describe, expect, it } from '@jest/globals';
import { textColumn } from '../../../engine/frame/text.js';
import { htmlOf } from '../../../nodes/report/page/html.js';
import { markdownOf } from '../../../nodes/report/page/markdown.js';
import { clusteredMean } from '../../../nodes/report/paths/mean.js';
import paths from '../../../nodes/report/paths.js';
import { monthlyRates } from '../../../nodes/report/sections/months.js';
import { registrySection } from '../../../nodes/report/sections/registry.js';
import { frameOf } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { runNode } from '../../kit/node.js';
import { DAY, FIVE, START } from '../../kit/research.js';

const times = (values: readonly number[]) =>
  ({ dtype: 'time', values: Float64Array.from(values) }) as const;
const log = (
  rows: readonly (readonly [event: string, ts: number, direction: number, sign: number])[],
) =>
  frame({
    event: textColumn(rows.map(([event]) => event)),
    symbol: textColumn(rows.map(() => 'AAA')),
    ts: times(rows.map(([, ts]) => ts)),
    direction: rows.map(([, , direction]) => direction),
    sign: rows.map(([, , , sign]) => sign),
  });

describe('the mean path', () => {
  it('is turned to the side, else to the sign; what points nowhere or leaves the rows is left out', async () => {
    const close = [1, 2, 4, 8, Number.NaN, 32];
    const bars = frame({ ts: times(close.map((_, i) => START + i * FIVE)), close });
    const events = log([
      ['E', START + 1 * FIVE, 1, 1],
      ['E', START + 2 * FIVE, 0, -1],
      ['E', START + 3 * FIVE, 0, 0],
    ]);
    const ins = { events, bars: [{ at: { symbol: 'AAA' }, value: bars }] };
    const { outs } = await runNode(paths, ins, { before: 1, after: 2 });
    const rows = [...frameOf(outs, 'paths').rows()];
    // Both lie on one day: there is no error to tell.
    const two = Math.log(2);
    expect(rows.map((r) => [r.bar, r.count, Number((Number(r.mean) / two).toFixed(12))])).toEqual([
      [-1, 2, 0],
      [0, 2, 0],
      [1, 2, 0],
      [2, 1, 2],
    ]);
  });

  it('has errors that are those of day sums', () => {
    // By hand: mean 2.5, sums by day −2 and 2, √(2 · 8) / 4 = 1.
    expect(clusteredMean([1, 2, 3, 4], [1, 1, 2, 2])).toEqual({ mean: 2.5, error: 1 });
    expect(clusteredMean([1, 2], [1, 1])).toEqual({ mean: 1.5, error: NaN });
  });
});

it('months without an occurrence are there, from the first of any event to the last', () => {
  const rates = monthlyRates(
    log([
      ['A', START, 1, 1],
      ['B', START + 62 * DAY, 1, 1],
      ['B', START + 63 * DAY, 1, 1],
    ]),
  );
  expect(rates('A').map(({ value }) => value)).toEqual([1, 0, 0]);
  expect(rates('B')).toEqual([
    { name: '2024-01', value: 0 },
    { name: '2024-02', value: 0 },
    { name: '2024-03', value: 2 },
  ]);
});

describe('the registry of a report', () => {
  const tally = (event: string, more: Readonly<Record<string, unknown>>) => ({
    at: { event },
    value: {
      event,
      family: 'FAMILY',
      available: true,
      needs: [],
      bars: 1000,
      count: 2,
      by_symbol: { AAA: 2 },
      ...more,
    },
  });
  const tallies = [
    tally('SEEN', { proxy: true }),
    tally('AWAY', { available: false, needs: ['spot'], datasets: ['spot_ohlcv_5m'], count: 0 }),
    tally('NEVER', { count: 0 }),
  ];
  const verdict = {
    event: 'SEEN',
    e1_pass: false,
    bars: 40_000,
    reasons: ['elastic: 3 > 2'],
    count: 2,
    per_10k: 20,
    clustered: null,
    joined: 1,
    up: 1,
    down: 0,
    near_gaps: 0,
    main: 'least',
    elasticity: 3,
    dispersion: null,
    dispersion_p: null,
    severity: { q80: 1, q90: 1, q95: 1 },
    symbols: { AAA: ['elastic: 3 > 2'] },
  };
  const events = log([
    ['SEEN', START, 1, 1],
    ['SEEN', START + FIVE, 1, 1],
  ]);
  const section = registrySection(
    // Plain data as a run hands it over.
    {
      tallies: JSON.parse(JSON.stringify(tallies)),
      events,
      verdicts: [verdict],
      paths: undefined,
      overlap: undefined,
    },
    (port) => ({ port, digest: 'f'.repeat(64) }),
  );
  const document = { title: 'T', warnings: [], lead: [], sections: [section] };

  it.each([
    ['what was not there', 'AWAY (unavailable: spot_ohlcv_5m; reads spot)'],
    ['what stands in', 'On a declared proxy (proxy: true): SEEN.'],
    ['what never occurred', 'NEVER · never occurred.'],
    ['the verdict with its reason', 'E1 fails: elastic: 3 &gt; 2.'],
    ['that it is descriptive', 'nothing in this report was chosen by it'],
    ['the family, folded', '<summary>FAMILY (3)</summary>'],
    ['counts by symbol', 'AAA 2.'],
  ])('tells %s', (_name, words) => expect(htmlOf(document)).toContain(words));

  it('is there as Markdown, too', () => {
    const text = markdownOf(document);
    expect(text).toContain('### FAMILY (3)');
    expect(text).toContain('NEVER · never occurred.');
  });
});
