import { describe, expect, it } from '@jest/globals';
import { sum } from '../../../nodes/math/sum.js';
import { discover, frameOf, live } from '../../kit/chain.js';
import { free, type World, world } from '../../kit/research.js';

/** Does discovery find what is there, and only that? And does what it found earn money afterwards? */

const EVENTS = ['ALPHA', 'BETA', 'GAMMA', 'DELTA'];
const shape = { days: 60, symbols: 4, events: EVENTS, rate: 3 };
const planted = world(1, { ...shape, effect: { event: 'BETA', drift: 0.0012, bars: 3 } });
const CUT = 40 * 288;

const passed = async (market: World, params = {}) => {
  const { candidates } = await discover(market, 0, CUT, params);
  return [...candidates.rows()].filter((row) => row.passed === true);
};

describe('a planted drift of 36 basis points over three bars', () => {
  it('is found, in its direction and at its horizon, and nothing else is', async () => {
    const found = (await passed(planted)).map((r) => `${r.event} ${r.template} ${r.horizon}`);
    expect(found).toContain('BETA continuation 3');
    expect(found.filter((name) => !name.startsWith('BETA continuation'))).toEqual([]);
  });

  it('earns after costs on the days that follow', async () => {
    const { candidates } = await discover(planted, 0, CUT);
    const { lived, weighed, recruited } = await live(planted, CUT, candidates);
    expect(frameOf(recruited, 'winners').length).toBeGreaterThanOrEqual(4);
    expect(sum(frameOf(weighed, 'weights').column('weight'))).toBeCloseTo(1, 9);
    const returns = frameOf(lived, 'returns');
    expect(returns.length).toBe(20);
    expect(sum(returns.column('net'))).toBeGreaterThan(0.005);
    expect(sum(returns.column('cost'))).toBeGreaterThan(0);
    expect(frameOf(lived, 'trades').length).toBe(sum(returns.column('trades')));
  });
});

describe('markets without an effect', () => {
  it('give finds in few of them, whatever the costs', async () => {
    let [markets, finds] = [0, 0];
    for (let key = 100; key < 130; key++) {
      const noise = world(key, { ...shape, days: 40, symbols: 2 });
      // Without costs the null is exact; gates besides the correction are opened.
      const params = {
        cost: free,
        sample_least: 30,
        edge_least: -1e6,
        cost_ratio_most: 1e6,
        stable: false,
      };
      markets++;
      if ((await passed(noise, params)).length > 0) finds++;
    }
    // Nominal 5 % of markets; 30 markets with a 5 % chance each have more than 5 with probability 0.3 %.
    expect(finds).toBeLessThanOrEqual(5);
    expect(markets).toBe(30);
  });

  it('end in cash, as a result and not as an error', async () => {
    const noise = world(7, shape);
    const { candidates } = await discover(noise, 0, CUT);
    const { lived, weighed, recruited } = await live(noise, CUT, candidates);
    expect(frameOf(recruited, 'winners').length).toBe(0);
    expect(weighed.solution).toMatchObject({ status: 'cash', cash: 1, why: 'no winners' });
    const returns = frameOf(lived, 'returns');
    expect(returns.length).toBe(20);
    expect(Array.from(returns.column('net'))).toEqual(Array.from({ length: 20 }, () => 0));
  });
});
