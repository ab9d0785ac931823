import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { textColumn } from '../../../engine/frame/text.js';
import overlap from '../../../nodes/events/overlap.js';
import { dispersion } from '../../../nodes/events/quality/dispersion.js';
import quality from '../../../nodes/events/quality.js';
import { nudgesOf } from '../../../nodes/events/rows/nudges.js';
import { frameOf } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { runNode } from '../../kit/node.js';
import { FIVE } from '../../kit/research.js';
import { BOUNDS } from './bounds.js';
import { at, bars, E, every, log, START, times } from './gate-kit.js';

const nudged = (rows: readonly (readonly [row: number, value: number, change: number])[]) =>
  frame({
    event: textColumn(rows.map(() => 'E')),
    symbol: textColumn(rows.map(() => 'AAA')),
    ts: times(rows.map(([row]) => at(row))),
    tradable: times(rows.map(([row]) => at(row + 1))),
    value: rows.map(([, value]) => value),
    change: rows.map(([, , change]) => change),
  });
const judge = async (ins: Readonly<Record<string, unknown>>, bounds = {}) => {
  const params = { specs: [E], quality: { ...BOUNDS, ...bounds } };
  const { outs } = await runNode(quality, ins, params);
  const [verdict] = outs.verdicts as readonly Readonly<Record<string, unknown>>[];
  return { verdict, table: [...frameOf(outs, 'quality').rows()] };
};

describe('gate E1', () => {
  it.each([
    ['within all bounds', every(100, 9), bars(1000), []],
    ['common', every(16, 60), bars(1000), ['common: 600 > 500 per 10k bars']],
    ['rare', every(1, 1), bars(20_000), ['rare: 0.5 < 1 per 10k bars']],
    [
      'clustered: every second distance is the cooldown',
      [...every(50, 30), ...every(50, 30).map(({ row }) => ({ row: row + 6 }))],
      bars(6000),
      ['common: 100 > 50 per 10k bars', 'clustered: 0.508 > 0.2'],
    ],
    [
      'of two symbols, close to each other',
      [...every(100, 5), ...every(100, 5, { symbol: 'BBB' })],
      bars(1000),
      [],
    ],
    ['a bar late is still joined', every(100, 5), bars(1000, [10]), []],
    ['read where two bars are missing', every(100, 5), bars(1000, [9, 10]), ['joined: 0.8 < 0.99']],
  ])('%s', async (name, seen, grid, reasons) => {
    const gathered = [grid, bars(1000, [], 'BBB')].slice(0, name.startsWith('of two') ? 2 : 1);
    const specs = name.startsWith('clustered')
      ? [{ ...E, prevalence: { per_10k_bars: [1, 50] } }]
      : [E];
    const { outs } = await runNode(
      quality,
      { events: log(seen), bars: gathered },
      { specs, quality: BOUNDS },
    );
    expect(outs.verdicts).toMatchObject([{ e1_pass: reasons.length === 0, reasons }]);
  });

  it('one that never occurred is not judged', async () => {
    const { verdict, table } = await judge({ events: log([]), bars: [bars(100)] });
    expect(verdict).toMatchObject({ e1_pass: null, count: 0, elasticity: null, reasons: [] });
    expect(table[0]).toMatchObject({ e1_pass: null, reasons: null, count: 0, bars: 100 });
  });

  it.each([
    [
      60,
      [
        [1, 9, 1],
        [2, 9, 1],
        [3, 11, -1],
      ],
      0.333,
      [],
    ],
    [60, Array.from({ length: 13 }, (_, i) => [i + 1, 9, 1]), 2.167, ['elastic: 2.17 > 2']],
    [40, Array.from({ length: 13 }, (_, i) => [i + 1, 9, 1]), 3.25, []],
  ] as const)(
    'of %i occurrences, those that come or go make the elasticity',
    async (count, moved, expected, reasons) => {
      const rows = moved as readonly (readonly [number, number, number])[];
      const ins = { events: log(every(50, count)), nudged: nudged([...rows]), bars: [bars(4000)] };
      const { verdict } = await judge(ins);
      expect(verdict?.elasticity).toBeCloseTo(expected, 3);
      expect(verdict?.reasons).toEqual(reasons);
      expect(verdict?.main).toBe('least');
    },
  );

  it.each([
    [0.3, 12, []],
    [0.3, 13, ['elastic: 2.17 > 2']],
    [0.97, 12, []],
  ])(
    'at a threshold of %d, of which no tenth is exact, %i of 60 that go: %j',
    async (value, gone, reasons) => {
      const open = { name: 'least', value, fields: {}, let: {} };
      const [to = NaN] = nudgesOf(open, BOUNDS.step).map((nudge) => nudge.value);
      const moved = nudged(Array.from({ length: gone }, (_, i) => [i + 1, to, -1] as const));
      const ins = { events: log(every(50, 60)), nudged: moved, bars: [bars(4000)] };
      const { outs } = await runNode(quality, ins, { specs: [{ ...E, open }], quality: BOUNDS });
      expect(outs.verdicts).toMatchObject([{ reasons }]);
    },
  );

  it('counts directions, gaps within the longest horizon, and cuts of severity', async () => {
    // The longest horizon of E is 15 minutes: 3 bars.
    const seen = every(100, 10).map((s, i) => ({
      ...s,
      direction: i < 3 ? 1 : i < 5 ? -1 : 0,
      severity: i,
    }));
    const { verdict } = await judge({ events: log(seen), bars: [bars(2000, [13, 107, 214])] });
    expect(verdict).toMatchObject({ up: 0.3, down: 0.2, near_gaps: 0.2 });
    expect(verdict?.severity).toEqual({ q80: 7.2, q90: 8.1, q95: expect.closeTo(8.55, 12) });
  });

  it('rates are of bars at which it could be looked for; of none there is no rate', async () => {
    const known = (rows: readonly (readonly [symbol: string, row: number, known: boolean])[]) => ({
      at: { event: 'E' },
      value: frame({
        symbol: textColumn(rows.map(([symbol]) => symbol)),
        ts: times(rows.map(([, row]) => at(row))),
        E: rows.map(([, , flag]) => flag),
      }),
    });
    const told = known([
      ['AAA', 0, false],
      ['BBB', 0, false],
      ['AAA', 9000, true],
      ['AAA', 19_000, false],
    ]);
    const seen = [{ row: 9001 }];
    const grids = [bars(20_000), bars(20_000, [], 'BBB')];
    const { verdict, table } = await judge({ events: log(seen), bars: grids, coverage: [told] });
    expect(verdict).toMatchObject({ e1_pass: true, per_10k: 1, symbols: {} });
    const rate = (symbol: string) =>
      table.find((row) => row.symbol === symbol && row.year === 'all');
    expect(rate('AAA')).toMatchObject({ bars: 10_000, per_10k: 1 });
    expect(rate('BBB')).toMatchObject({ bars: 0, per_10k: null });
    const blind = await judge({ events: log(seen), bars: grids });
    expect(blind.verdict).toMatchObject({ reasons: ['rare: 0.25 < 1 per 10k bars'] });
  });

  it('tells symbols and years apart; rows of parts add up', async () => {
    const day = Date.UTC(2025, 0, 1) / FIVE - START / FIVE;
    const seen = [
      ...every(100, 7, { symbol: 'AAA' }),
      ...every(100, 4, { symbol: 'BBB' }),
      { row: day + 3, symbol: 'BBB' },
    ];
    const length = day + 1000;
    const ins = { events: log(seen), bars: [bars(length), bars(length, [], 'BBB')] };
    const { verdict, table } = await judge(ins);
    const count = (symbol: string, year: string) =>
      table.find((r) => r.symbol === symbol && r.year === year)?.count;
    expect(['ALL', 'AAA', 'BBB'].map((s) => count(s, 'all'))).toEqual([12, 7, 5]);
    expect(['ALL', 'AAA', 'BBB'].map((s) => count(s, '2025'))).toEqual([1, 0, 1]);
    const own = table.filter((r) => r.symbol !== 'ALL' && r.year !== 'all');
    expect(own.reduce((sum, r) => sum + Number(r.bars), 0)).toBe(2 * length);
    expect(verdict?.symbols).toEqual({
      AAA: ['rare: 0.658 < 1 per 10k bars'],
      BBB: ['rare: 0.47 < 1 per 10k bars'],
    });
  });
});

describe('dispersion of yearly counts', () => {
  it.each([
    [
      'equal rates',
      [
        { count: 10, bars: 100 },
        { count: 20, bars: 200 },
      ],
      0,
      1,
    ],
    // Reference: scipy.stats.chi2.sf(20, 1) = 7.744216431044088e-06
    [
      'all in one year',
      [
        { count: 20, bars: 100 },
        { count: 0, bars: 100 },
      ],
      20,
      7.744216431044088e-6,
    ],
    [
      'one year tells nothing',
      [
        { count: 20, bars: 100 },
        { count: 0, bars: 0 },
      ],
      NaN,
      NaN,
    ],
  ])('%s', (_name, years, index, p) => {
    const found = dispersion(years);
    if (Number.isNaN(p)) expect(found).toEqual({ index, p });
    else {
      expect(found.index).toBeCloseTo(index, 10);
      expect(Math.abs(found.p / p - 1)).toBeLessThan(1e-10);
    }
  });
});

describe('events.overlap', () => {
  const rows = fc.uniqueArray(
    fc.record({
      row: fc.nat(60),
      event: fc.constantFrom('A', 'B', 'C'),
      symbol: fc.constantFrom('AAA', 'BBB'),
    }),
    { selector: (r) => `${r.row} ${r.event} ${r.symbol}`, maxLength: 40 },
  );

  it('is what looking at every pair of occurrences says', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (seen) => {
        const { outs } = await runNode(overlap, { events: log(seen) }, { quality: BOUNDS });
        const found = [...frameOf(outs, 'overlap').rows()].map(
          (r) => `${r.event} ${r.other} ${r.near}/${r.count} ${r.share}`,
        );
        const slow = ['A', 'B', 'C'].flatMap((a) =>
          ['A', 'B', 'C'].flatMap((b) => {
            const own = seen.filter((r) => r.event === a);
            const near = own.filter((r) =>
              seen.some(
                (o) => o.event === b && o.symbol === r.symbol && Math.abs(o.row - r.row) <= 3,
              ),
            ).length;
            return a === b || near === 0
              ? []
              : [`${a} ${b} ${near}/${own.length} ${near / own.length}`];
          }),
        );
        expect(found).toEqual(slow);
      }),
    );
  });
});
