import { beforeAll, describe, expect, it } from '@jest/globals';
import { demo, placebo } from '../../kit/markets.js';
import { inPlainNode } from '../../kit/plain.js';

interface Effects {
  readonly alone: number;
  readonly worst: number;
  readonly early: number;
  readonly seen: Readonly<Record<string, { readonly fired: number; readonly seen: number }>>;
}
interface Finds {
  readonly tested: number;
  readonly found: readonly string[];
}

describe('effects planted in the built-in market', () => {
  let effects: Effects;
  let planted: Finds;
  let still: Finds;
  beforeAll(async () => {
    const [e, d, p] = await Promise.all(
      ['effects', 'demo', 'placebo'].map((what) => inPlainNode('planted-script', [what])),
    );
    // As the script prints them.
    effects = e as Effects;
    planted = d as Finds;
    still = p as Finds;
  }, 120_000);

  it('leave every bar before the first firing as it was, to the last bit', () => {
    expect(effects.early).toBe(0);
  });

  it('move the price by what they say, half of it at half time; the rest is the rounding of prices', () => {
    expect(effects.alone).toBeGreaterThan(100);
    expect(effects.worst).toBeLessThan(3e-5);
  });

  it.each(demo.simulator.planted.map((p) => p.event))('%s sees most bars that fired', (event) => {
    const { fired = 0, seen = 0 } = effects.seen[event] ?? {};
    expect(fired).toBeGreaterThan(50);
    expect(seen / fired).toBeGreaterThan(0.7);
  });

  it('are what discovery finds, and it finds nothing else', () => {
    expect(planted.tested).toBeGreaterThan(20);
    expect([...planted.found].sort()).toEqual([
      'CLIMAX_VOLUME_BAR mean_reversion 12',
      'GAP_OVERSHOOT mean_reversion 12',
      'GAP_OVERSHOOT mean_reversion 3',
      'VOL_SHOCK mean_reversion 12',
    ]);
  });

  it('the placebo is the same world without them, and there discovery finds nothing', () => {
    const { planted: none, ...world } = placebo.simulator;
    expect(none).toEqual([]);
    const { planted: _planted, ...demos } = demo.simulator;
    expect({ ...placebo, simulator: world }).toEqual({
      ...demo,
      id: 'placebo',
      let: {},
      simulator: demos,
    });
    expect(still).toEqual({ tested: planted.tested, found: [] });
  });
});
