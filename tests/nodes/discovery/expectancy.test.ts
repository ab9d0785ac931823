import { describe, expect, it } from '@jest/globals';
import { textColumn, timeColumn } from '../../../engine/sdk/index.js';
import expectancy from '../../../nodes/discovery/expectancy.js';
import { mean } from '../../../nodes/math/sum.js';
import { frameOf } from '../../kit/chain.js';
import { frame, repeat } from '../../kit/frame.js';
import { hypotheses } from '../../kit/hypotheses.js';
import { nodeTable, runNode } from '../../kit/node.js';
import { costly, decisionsOf, eventsOf, free, targetsOf, world } from '../../kit/research.js';

const small = world(3, { days: 30, symbols: 2, events: ['E'], rate: 4 });
const events = eventsOf(small);
const decisions = decisionsOf(events);
const targets = targetsOf(small);
const onFunding = hypotheses.with('needs', textColumn(['calendar+funding', 'perp_ohlcv_5m']));
const prints = (symbol: string, count: number) => ({
  at: { symbol },
  value: frame({
    ts: small.times.slice(0, count),
    rate: repeat([0.0001], count),
    interval_hours: repeat([8], count),
  }),
});
const ins = { decisions, targets, hypotheses };

describe('discovery.expectancy', () => {
  nodeTable(expectancy, {
    gives: [
      {
        name: 'an event that never occurred is not tested',
        in: { ...ins, hypotheses: hypotheses.slice(0, 1).with('event', textColumn(['NONE'])) },
        params: { cost: costly, least: 5, least_days: 3 },
        out: {
          tests: frame({
            id: ['a'],
            market: ['m'],
            namespace: ['simulated'],
            event: ['NONE'],
            family: ['F'],
            symbol: textColumn([null]),
            state: textColumn([null]),
            judged: ['mean'],
            template: ['continuation'],
            direction: [1],
            horizon: [3],
            entry_lag: [1],
            fills: [2],
            min_events: [NaN],
            lacks: textColumn([null]),
            same: textColumn([null]),
            n: [0],
            days: [0],
            effective: [NaN],
            gross: [NaN],
            mean: [NaN],
            cost: [0.0013],
            spread: [NaN],
            se: [NaN],
            t: [NaN],
            p: [NaN],
            stable: [false],
            sharpe: [NaN],
          }),
        },
      },
    ],
    refuses: [
      {
        name: 'outcomes of nobody',
        in: { ...ins, targets: targets.map(({ value }) => ({ at: {}, value })) },
        params: { cost: free },
        code: 'discovery/no-symbol',
        data: {},
      },
      {
        name: 'outcomes without the column',
        in: { ...ins, hypotheses: hypotheses.with('outcome', ['forward_3', 'forward_9']) },
        params: { cost: free },
        code: 'discovery/no-outcome',
        data: { symbols: ['S0', 'S1'], outcome: 'forward_9' },
      },
      {
        name: 'an event between two bars',
        in: {
          ...ins,
          decisions: decisionsOf(
            events.slice(0, 1).with('ts', timeColumn([(small.times[0] ?? 0) + 1])),
          ),
        },
        params: { cost: free },
        code: 'discovery/off-clock',
        data: { event: 'E', template: 'continuation', ts: '2024-01-01T00:00:00.001Z' },
      },
      {
        name: 'a family without its decay',
        in: ins,
        params: { cost: free, decay: { G: 30 }, floor: 0.02, draws: 100 },
        code: 'discovery/no-decay',
        data: { family: 'F' },
      },
    ],
    warns: [
      {
        name: 'a symbol without prints where positions pay',
        in: { ...ins, funding: [prints('S0', 30), prints('S1', 0)] },
        params: { cost: costly },
        code: 'discovery/no-funding',
        data: { symbol: 'S1' },
      },
    ],
    elsewhere: { params: ['seed', 'spacing'] },
  });

  it('reverting is continuing with the sign turned, before costs', async () => {
    const { outs } = await runNode(expectancy, ins, { cost: costly });
    const [a, b] = [...frameOf(outs, 'tests').rows()];
    expect(Number(a?.gross)).toBeCloseTo(-Number(b?.gross), 15);
    expect(Number(a?.mean)).toBeCloseTo(Number(a?.gross) - 0.0013, 12);
    expect(a?.n).toBe(b?.n);
    // What luck can do is judged before costs: the mirror image has the opposite Sharpe ratio.
    expect(Number(a?.sharpe)).toBeCloseTo(-Number(b?.sharpe), 12);
    expect(Number(a?.sharpe)).not.toBe(0);
  });

  it('what no symbol has data for was not looked for; one symbol that has them is enough', async () => {
    const lacks = async (first: number, second: number) => {
      const funding = [prints('S0', first), prints('S1', second)];
      const { outs } = await runNode(
        expectancy,
        { ...ins, hypotheses: onFunding, funding },
        { cost: free },
      );
      return frameOf(outs, 'tests').texts('lacks');
    };
    expect(await lacks(0, 0)).toEqual(['funding', null]);
    expect(await lacks(0, 1)).toEqual([null, null]);
  });

  it('agrees with a plain walk over the events', async () => {
    const { outs } = await runNode(expectancy, ins, { cost: free });
    const outcomes: number[] = [];
    const free_at = [-1, -1];
    for (const [, symbol, row, side] of [...small.found].sort((x, y) => x[2] - y[2])) {
      const close = small.prices[symbol] ?? new Float64Array(0);
      const outcome = side * ((close[row + 4] ?? NaN) / (close[row + 1] ?? NaN) - 1);
      if (Number.isNaN(outcome) || row < (free_at[symbol] ?? 0)) continue;
      free_at[symbol] = row + 4;
      outcomes.push(outcome);
    }
    const [a] = [...frameOf(outs, 'tests').rows()];
    expect(a?.n).toBe(outcomes.length);
    expect(Number(a?.mean)).toBeCloseTo(mean(outcomes), 12);
  });

  const one = hypotheses.slice(0, 1);
  const testOf = async (
    more: object,
    rows = hypotheses,
    params: Readonly<Record<string, unknown>> = { cost: free },
  ) => {
    const { outs } = await runNode(expectancy, { ...ins, hypotheses: rows, ...more }, params);
    return [...frameOf(outs, 'tests').rows()];
  };
  it('pays the funding that is settled after the entry up to the exit, by the side held', async () => {
    // One decision at row 10, long: entered at the close of row 11, left at that of row 14.
    const [first] = small.names;
    const single = decisions.slice(0, 1).with('ts', timeColumn([small.times[10] ?? 0]));
    const placed = single.with('signal', timeColumn([small.times[10] ?? 0]));
    const long = placed.with('side', [1]).with('symbol', [first ?? '']);
    const gross = async (rows: readonly number[], side = 1) => {
      const funding = small.names.map((symbol) => ({
        at: { symbol },
        value: frame({
          ts: timeColumn([0, ...rows].map((row) => small.times[row] ?? 0)),
          rate: [0, ...rows.map(() => 0.001)],
        }),
      }));
      const held = { decisions: long.with('side', [side]), funding };
      const [row] = await testOf(held, one, { cost: { ...free, funding: true } });
      return Number(row?.gross);
    };
    const without = await gross([]);
    expect(await gross([11, 15])).toBe(without);
    expect(await gross([12])).toBeCloseTo(without - 0.001, 15);
    expect(await gross([12, 14])).toBeCloseTo(without - 0.002, 15);
    expect(await gross([12, 14], -1)).toBeCloseTo(-without + 0.002, 15);
  });

  it('does not know what was paid before the first print', async () => {
    const late = small.names.map((symbol) => ({
      at: { symbol },
      value: frame({ ts: timeColumn([small.times.at(-1) ?? 0]), rate: [0.001] }),
    }));
    const [row] = await testOf({ funding: late }, one, { cost: { ...free, funding: true } });
    expect(row?.n).toBe(0);
  });

  it('of one symbol are its own decisions; in a state those whose signal was in it', async () => {
    const of = (symbol: string | null, state: string | null) =>
      one.with('symbol', textColumn([symbol])).with('state', textColumn([state]));
    const states = small.names.map((symbol, k) => ({
      at: { symbol },
      value: frame({
        ts: timeColumn(small.times),
        up_state_flag: repeat([k === 0], small.times.length),
      }),
    }));
    const [pooled] = await testOf({}, one);
    const alone = await testOf({}, of('S0', null));
    const [other] = await testOf({}, of('S1', null));
    expect(Number(alone[0]?.n) + Number(other?.n)).toBe(pooled?.n);
    // On in the first symbol, off in the second: pooled in the state is the first alone, but for the capital it shares.
    const [held] = await testOf({ states }, of(null, 'UP_STATE'));
    expect({ ...held, state: null, sharpe: 0 }).toEqual({ ...alone[0], symbol: null, sharpe: 0 });
    expect((await testOf({ states }, of('S1', 'UP_STATE')))[0]?.n).toBe(0);
    expect((await testOf({}, of(null, 'UP_STATE')))[0]?.n).toBe(0);
  });

  it('old decisions count less where they decay', async () => {
    const [plain] = await testOf({}, one);
    const [slow] = await testOf({}, one, { cost: free, decay: { F: 1e9 } });
    const [fast] = await testOf({}, one, { cost: free, decay: { F: 3 } });
    expect(Number(slow?.mean)).toBeCloseTo(Number(plain?.mean), 9);
    expect(Number(fast?.effective)).toBeLessThan(Number(plain?.effective));
  });
});

describe('outcomes that reach into the next day', () => {
  const one = hypotheses.slice(0, 1);
  // A sample in which days happen to follow the one before.
  const other = world(1, { days: 30, symbols: 2, events: ['E'], rate: 4 });
  const own = { decisions: decisionsOf(eventsOf(other)), targets: targetsOf(other) };
  /** Errors, were a row as long as this: the three rows of the horizon are minutes, or a day. */
  const errors = async (spacing: number, symbol: string | null) => {
    const given = { ...own, hypotheses: one.with('symbol', textColumn([symbol])) };
    const params = { cost: free, least: 5, least_days: 3, spacing };
    const { outs } = await runNode(expectancy, given, params);
    return frameOf(outs, 'tests').column('se')[0] ?? NaN;
  };
  const [minutes, hours] = [300_000, 8 * 3_600_000];

  it('move with those of other symbols there, and one symbol holds one position at a time', async () => {
    expect(await errors(hours, null)).toBeGreaterThan(await errors(minutes, null));
    expect(await errors(hours, 'S0')).toBe(await errors(minutes, 'S0'));
  });
});
