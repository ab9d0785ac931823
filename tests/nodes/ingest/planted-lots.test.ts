import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Frame } from '../../../engine/frame/frame.js';
import {
  drifting,
  driftsOf,
  effectProblems,
  pushes,
} from '../../../nodes/ingest/simulator/planted.js';
import { demo } from '../../kit/markets.js';
import { formula } from '../../kit/research.js';
import { installFormulas } from '../../kit/specs.js';
import { simulated } from '../../kit/worlds.js';

const FIVE = 300_000;
type Effect = (typeof demo.simulator.planted)[number];

const refuse = (problems: readonly string[]): never => {
  throw new Error(problems.join());
};
/** Lots that rows and names decide: spread evenly over [0, 1). */
const luck = (effect: string, row: number) => ((row * 7919 + effect.length * 31) % 997) / 997;

/** After every rise above a usual move: often enough to count. */
function effect(id: string, more: Partial<Effect> = {}): Effect {
  return {
    id,
    event: 'GAP_OVERSHOOT',
    after: formula('abs(pct_change(close, 1)) >= 0.004'),
    cooldown: '6b',
    side: formula('sign(pct_change(close, 1))'),
    drift: 10,
    chance: 1,
    only: undefined,
    over: 6 * FIVE,
    ...more,
  };
}

describe('chance and state of a planted effect', () => {
  let bars: Frame;
  beforeAll(() => {
    installFormulas();
    const epoch = Date.UTC(2024, 0, 1);
    const world = {
      epoch,
      gaps_per_month: 0,
      outages_per_month: 0,
      bad_ticks_per_month: 0,
      tables: [],
    };
    bars = simulated('AAAUSDT', '2024-01-01', '2024-03-01', { world }).raw;
  });
  const drifts = (...planted: readonly Effect[]) =>
    driftsOf(
      { self: bars },
      { ...demo, let: {}, simulator: { ...demo.simulator, planted } },
      luck,
      refuse,
    );
  const rows = (...planted: readonly Effect[]) => drifts(...planted).map((d) => d.row);

  it('a share of occurrences drifts, each by its own lot', () => {
    const all = rows(effect('a'));
    const some = rows(effect('a', { chance: 0.3 }));
    expect(all.length).toBeGreaterThan(200);
    expect(some).toEqual(all.filter((row) => luck('a', row) < 0.3));
    expect(some.length / all.length).toBeGreaterThan(0.2);
    expect(some.length / all.length).toBeLessThan(0.4);
  });

  it('lots of one effect do not depend on other effects', () => {
    const alone = rows(effect('a', { chance: 0.3 }));
    const both = drifts(effect('bb'), effect('a', { chance: 0.3 }));
    expect(both.filter((d) => d.effect.id === 'a').map((d) => d.row)).toEqual(alone);
  });

  it('drifts in its state only; elsewhere an occurrence still takes its place in the cooldown', () => {
    const close = bars.column('close');
    const up = (row: number) => (close[row] ?? NaN) > (close[row - 96] ?? NaN);
    const only = formula('close > lag(close, 96)');
    const found = rows(effect('a', { only }));
    expect(found).toEqual(rows(effect('a')).filter(up));
    expect(found.length).toBeGreaterThan(50);
  });

  it('a state that is not known is not that state', () => {
    expect(rows(effect('a', { only: formula('close > lag(close, 20000)') }))).toEqual([]);
  });

  it('a size that is set is the size of all of them, each in its own direction', () => {
    const planted = [effect('a', { drift: -10 }), effect('b', { drift: 20 })];
    const market = { ...demo, simulator: { ...demo.simulator, planted } };
    const sizes = (bps?: number) => drifting(market, bps).simulator?.planted.map((p) => p.drift);
    expect(sizes(35)).toEqual([-35, 35]);
    expect(sizes()).toEqual([-10, 20]);
    expect(drifts(effect('a', { drift: 0 }))).toEqual([]);
  });

  it('pushes are spread evenly over the bars that follow', () => {
    const [first] = drifts(effect('a'));
    if (!first) throw new Error('no drift');
    const push = pushes([first], bars.length, FIVE);
    const row = first.row;
    const wanted = Array.from({ length: 6 }, () => first.size / 6);
    expect([...push.slice(row + 1, row + 7)]).toEqual(wanted);
    expect([...push].filter((x) => x !== 0).length).toBe(6);
  });

  it('the market draws the lots itself, the same ones every time', () => {
    const epoch = Date.UTC(2024, 0, 1);
    const of = (chance: number) => {
      const planted = [effect('a', { chance, drift: 100 })];
      const market = { ...demo, let: {}, simulator: { ...demo.simulator, planted } };
      const { raw } = simulated('AAAUSDT', '2024-01-01', '2024-02-01', {
        market,
        world: { epoch, tables: [], gaps_per_month: 0, outages_per_month: 0 },
      });
      return raw.column('close');
    };
    const [always, half, again] = [of(1), of(0.5), of(0.5)];
    expect(half).toEqual(again);
    expect(half).not.toEqual(always);
  });

  it('rules may look at other tables of the world, known when they are known', () => {
    const epoch = Date.UTC(2024, 0, 1);
    const world = { epoch, gaps_per_month: 0, outages_per_month: 0, bad_ticks_per_month: 0 };
    const span = ['AAAUSDT', '2024-01-01', '2024-02-01'] as const;
    const of = (after: string, only?: string) => {
      const state = only === undefined ? undefined : formula(only);
      const planted = [effect('a', { after: formula(after), only: state, drift: 100 })];
      const market = { ...demo, let: {}, simulator: { ...demo.simulator, planted } };
      expect(effectProblems({ ...market, simulator: { ...market.simulator, ...world } })).toEqual(
        [],
      );
      return simulated(...span, { market, world }).raw.column('close');
    };
    const plain = simulated(...span, { world }).raw.column('close');
    const moved = [
      of('tob.spread_bps > past_quantile(tob.spread_bps, 0.95)'),
      of('close / spot.close - 1 > 0.0005'),
      of('liquidations.notional > past_quantile(liquidations.notional, 0.98)'),
      of('asof(open_interest.base) < 0.998 * lag(asof(open_interest.base), 1)'),
      of('arrives(funding)', 'asof(funding.rate) > 0.0001'),
    ];
    for (const close of moved) {
      expect(close.length).toBe(plain.length);
      expect(close[0]).toBe(plain[0]);
      expect(close.filter((c, i) => c !== plain[i]).length).toBeGreaterThan(500);
    }
  });

  it('a rule that names a table the world does not have is refused', () => {
    const planted = [effect('a', { after: formula('tob.spread_bps > 3') })];
    const simulator = { ...demo.simulator, planted, tables: [] };
    const market = { ...demo, let: {}, simulator };
    const run = () =>
      simulated('AAAUSDT', '2024-01-01', '2024-01-03', {
        market,
        world: { epoch: Date.UTC(2024, 0, 1) },
      });
    expect(run).toThrow(/tob/);
  });
});
