import { describe, expect, it } from '@jest/globals';
import { textColumn } from '../../../engine/sdk/index.js';
import { marketOf, streamOf } from '../../../nodes/math/stream.js';
import portfolio from '../../../nodes/simulation/portfolio.js';
import { frameOf } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { nodeTable, runNode } from '../../kit/node.js';
import {
  barsOf,
  costly,
  DAY,
  decisionsOf,
  eventsOf,
  FIVE,
  foldUntil,
  free,
  START,
  world,
} from '../../kit/research.js';

const small = world(5, { days: 3, symbols: 2, events: ['E', 'F'], rate: 6 });
const bars = barsOf(small);
const decisions = decisionsOf(eventsOf(small));
const atoms = frame({
  id: ['a', 'b'],
  symbol: ['S0', 'S1'],
  event: ['E', 'F'],
  template: ['continuation', 'continuation'],
  direction: [1, -1],
  horizon: [3, 6],
  entry_lag: [1, 2],
});
const weights = frame({ atom: ['a', 'b'], cluster: [1, 2], weight: [0.6, 0.4] });
const ins = { bars, decisions, funding: undefined, atoms, weights };
const tiny = frame({
  ts: [START, START + FIVE, START + 2 * FIVE, START + 3 * FIVE],
  close: [100, 100, 110, 99],
});
const fold = foldUntil(START + 3 * DAY);
const few = foldUntil(START + 4 * FIVE);
const only = { atoms: atoms.slice(0, 1), weights: weights.slice(0, 1) };
const one = frame({
  event: ['E'],
  template: ['continuation'],
  symbol: ['S0'],
  ts: [START],
  side: [1],
  kept: [true],
});

describe('simulation.portfolio', () => {
  nodeTable(portfolio, {
    gives: [
      {
        name: 'decided at a close, entered at the next, paid twice',
        in: {
          bars: [{ at: { symbol: 'S0' }, value: tiny }],
          decisions: one,
          funding: undefined,
          atoms: frame({
            id: ['a'],
            symbol: ['S0'],
            event: ['E'],
            template: ['continuation'],
            direction: [1],
            horizon: [1],
            entry_lag: [1],
          }),
          weights: frame({ atom: ['a'], cluster: [1], weight: [0.5] }),
        },
        params: { cost: { ...free, taker_bps: 100 }, fold: few },
        out: {
          trades: frame({
            ts: [START + FIVE],
            atom: ['a'],
            symbol: ['S0'],
            exit: { dtype: 'time', values: Float64Array.of(START + 2 * FIVE) },
            side: [1],
            weight: [0.5],
            gross: [0.10000000000000009],
          }),
        },
      },
    ],
    refuses: [
      {
        name: 'bars of nobody',
        in: { ...ins, bars: bars.map(({ value }) => ({ at: {}, value })) },
        params: { cost: free, fold },
        code: 'simulation/no-symbol',
        data: {},
      },
      {
        name: 'symbols on different clocks',
        in: { ...ins, bars: [...bars.slice(0, 1), { at: { symbol: 'S1' }, value: tiny }] },
        params: { cost: free, fold },
        code: 'simulation/clocks-differ',
        data: { symbol: 'S1', first: 'S0' },
      },
      {
        name: 'an event off the clock',
        in: { ...ins, decisions: one.with('ts', [START + 7]) },
        params: { cost: free, fold },
        code: 'simulation/off-clock',
        data: { event: 'E', symbol: 'S0', ts: '2024-01-01T00:00:00.007Z' },
      },
      {
        name: 'a weight of an unknown atom',
        in: { ...ins, weights: weights.with('atom', textColumn(['a', 'z'])) },
        params: { cost: free, fold },
        code: 'simulation/unknown-atom',
        data: { atom: 'z' },
      },
      {
        name: 'an atom without bars',
        in: { ...ins, atoms: atoms.with('symbol', textColumn(['S0', 'X'])) },
        params: { cost: free, fold },
        code: 'simulation/unknown-symbol',
        data: { atom: 'b', symbol: 'X' },
      },
    ],
    warns: [
      {
        name: 'rows that stop while a position is held',
        in: { ...ins, bars: [{ at: { symbol: 'S0' }, value: tiny }], decisions: one, ...only },
        params: { cost: free, fold, spacing: '5m' },
        code: 'simulation/still-held',
        data: { count: 1, symbols: 'S0' },
      },
    ],
    elsewhere: { codes: ['simulation/delisted'] }, // ended.test.ts
  });

  it('books the tiny trade: half of ten per cent, less one per cent of a half twice', async () => {
    const only = {
      ...ins,
      bars: [{ at: { symbol: 'S0' }, value: tiny }],
      decisions: one,
      atoms: atoms.slice(0, 1).with('horizon', [1]),
      weights: weights.slice(0, 1).with('weight', [0.5]),
    };
    const { outs } = await runNode(portfolio, only, {
      cost: { ...free, taker_bps: 100 },
      fold: few,
    });
    const [day] = [...frameOf(outs, 'returns').rows()];
    expect(Number(day?.net)).toBeCloseTo(0.995 * 1.045 - 1, 12);
    expect(Number(day?.gross) - Number(day?.cost) - Number(day?.funding)).toBeCloseTo(
      Number(day?.net),
      12,
    );
    expect(day).toMatchObject({ trades: 1, exposure: 0.125, net_exposure: 0.125 });
  });

  it('is the weighted sum of streams when atoms trade different symbols and little', async () => {
    const { outs } = await runNode(portfolio, ins, { cost: free, fold });
    const net = frameOf(outs, 'returns').column('net');
    const streamFor = (i: number, event: string, sign: number, lag: number, hold: number) => {
      const own = small.found
        .filter(([e, s]) => e === event && s === i)
        .sort((a, b) => a[2] - b[2]);
      const market = marketOf(`S${i}`, small.times, small.prices[i] ?? []);
      return streamOf(
        own.map((x) => x[2]),
        own.map((x) => sign * x[3]),
        { lag, hold },
        market,
        0,
      ).net;
    };
    const [a, b] = [streamFor(0, 'E', 1, 1, 3), streamFor(1, 'F', -1, 2, 6)];
    net.forEach((r, day) => {
      expect(r).toBeCloseTo(0.6 * (a[day] ?? 0) + 0.4 * (b[day] ?? 0), 4);
    });
  });

  it('does not look ahead: what is cut off later changes nothing before', async () => {
    const half = 2 * 288;
    const early = {
      ...ins,
      bars: barsOf(small, 0, half),
      decisions: decisionsOf(eventsOf(small, 0, half)),
    };
    const [whole, cut] = [
      await runNode(portfolio, ins, { cost: costly, fold }),
      await runNode(portfolio, early, { cost: costly, fold }),
    ];
    const first = (outs: typeof whole.outs) => frameOf(outs, 'returns').column('net')[0];
    expect(first(cut.outs)).toBe(first(whole.outs));
  });

  it('charges funding to who holds at the settlement, if costs say so', async () => {
    const flat = bars.map(({ at, value }) => ({
      at,
      value: value.with('close', new Float64Array(value.length).fill(100)),
    }));
    const prints = (at: number) => frame({ ts: [at], rate: [0.01], interval_hours: [8] });
    const event = one.with('ts', [START]);
    const funding = [{ at: { symbol: 'S0' }, value: prints(START + 3 * FIVE) }];
    const run = async (cost: object) => {
      const { outs } = await runNode(
        portfolio,
        { ...ins, bars: flat, decisions: event, funding },
        { cost, fold },
      );
      return frameOf(outs, 'returns').column('funding')[0];
    };
    expect(await run({ ...free, funding: true })).toBeCloseTo(0.6 * 0.01, 12);
    expect(await run(free)).toBe(0);
  });

  it('does not call funding 0 where no symbol has a print', async () => {
    const none = frame({ ts: [], rate: [], interval_hours: [] });
    const prints = frame({ ts: [START - FIVE], rate: [0.01], interval_hours: [8] });
    const run = async (first: typeof none, cost: object) => {
      const funding = [
        { at: { symbol: 'S0' }, value: first },
        { at: { symbol: 'S1' }, value: none },
      ];
      const { outs } = await runNode(portfolio, { ...ins, funding }, { cost, fold });
      const [day] = [...frameOf(outs, 'returns').rows()];
      return { funding: day?.funding, net: day?.net };
    };
    const [dark, lit] = [await run(none, costly), await run(prints, costly)];
    expect(dark.funding).toBeNull();
    expect(lit.funding).toBe(0);
    expect(dark.net).toBe(lit.net);
    expect((await run(none, free)).funding).toBe(0);
  });
});
