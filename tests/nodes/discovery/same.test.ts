import { describe, expect, it } from '@jest/globals';
import { concat, type Frame, textColumn, timeColumn } from '../../../engine/sdk/index.js';
import expectancy from '../../../nodes/discovery/expectancy.js';
import { frameOf } from '../../kit/chain.js';
import { frame, repeat } from '../../kit/frame.js';
import { hypotheses } from '../../kit/hypotheses.js';
import { runNode } from '../../kit/node.js';
import { decisionsOf, eventsOf, free, targetsOf, world } from '../../kit/research.js';

const small = world(3, { days: 30, symbols: 2, events: ['E'], rate: 4 });
const rows = small.times.length;
const states = small.names.map((symbol) => ({
  at: { symbol },
  value: frame({
    ts: timeColumn(small.times),
    always_flag: repeat([true], rows),
    ever_flag: repeat([true], rows),
    often_flag: repeat([true, true, true, false], rows / 4),
  }),
}));

const one = hypotheses.slice(0, 1);
const named = (id: string, changes: Readonly<Record<string, string | null>>): Frame =>
  Object.entries(changes).reduce(
    (all, [name, text]) => all.with(name, textColumn([text])),
    one.with('id', textColumn([id])),
  );

async function tested(grid: readonly Frame[]) {
  const ins = { decisions: decisionsOf(eventsOf(small)), targets: targetsOf(small), states };
  const params = { cost: free, least: 5, least_days: 3 };
  const { outs } = await runNode(expectancy, { ...ins, hypotheses: concat(grid) }, params);
  return [...frameOf(outs, 'tests').rows()];
}

describe('hypotheses that trade the same bars are one test', () => {
  it('of a state that always holds at the event: the one without it is tested', async () => {
    const [held, plain, often] = await tested([
      named('a', { state: 'ALWAYS' }),
      named('b', {}),
      named('c', { state: 'OFTEN' }),
    ]);
    expect(held).toMatchObject({ same: 'b', p: null, t: null, se: null, effective: null });
    expect(plain).toMatchObject({ same: null, p: expect.any(Number), n: held?.n });
    expect(held?.mean).toBe(plain?.mean);
    expect(often).toMatchObject({ same: null, p: expect.any(Number) });
    expect(Number(often?.n)).toBeLessThan(Number(plain?.n));
  });

  it('of two states, the first by name', async () => {
    const [ever, always] = await tested([
      named('a', { state: 'EVER' }),
      named('b', { state: 'ALWAYS' }),
    ]);
    expect([ever?.same, always?.same]).toEqual(['b', null]);
  });

  it('but not against the event and with it, nor one judged by something else', async () => {
    const all = await tested([
      named('a', {}),
      named('b', {}).with('direction', [-1]),
      named('c', { judged: 'hits', up: 'forward_3', down: 'forward_3', range: 'forward_3' }),
    ]);
    expect(all.map(({ same }) => same)).toEqual([null, null, null]);
  });

  it('nor where there is too little to test: nothing is known of either', async () => {
    const none = await tested([
      named('a', { event: 'NONE' }),
      named('b', { event: 'NONE', state: 'ALWAYS' }),
    ]);
    expect(none.map(({ same }) => same)).toEqual([null, null]);
  });
});
