import { beforeAll, describe, expect, it } from '@jest/globals';
import expectancy from '../../../nodes/discovery/expectancy.js';
import grid from '../../../nodes/discovery/grid.js';
import { target } from '../../../nodes/kinds/target.js';
import table from '../../../nodes/targets/table.js';
import { frameOf, judge } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { runNode } from '../../kit/node.js';
import {
  continuation,
  costly,
  decisionsOf,
  eventSpec,
  eventsOf,
  formula,
  free,
  market,
  templateSpec,
  type World,
  world,
} from '../../kit/research.js';
import { installFormulas, specsOf } from '../../kit/specs.js';

/** Positions of two legs: which are tried, on which symbols, what they earn and what is found. */

const FIVE = 300_000;
const rich = { outcome: 'basis', side: formula('-sign(basis_bps)') };
const convergence = templateSpec('convergence', { ...rich, direction: [1] });
const divergence = templateSpec('divergence_continuation', { ...rich, direction: [-1] });
const params = {
  market,
  symbols: ['S1', 'S0'],
  by: ['pooled', 'symbol'],
  specs: [
    eventSpec('E', {
      templates: ['continuation', 'convergence', 'divergence_continuation'],
      horizons: [3 * FIVE],
    }),
  ],
  features: [],
  templates: [continuation, convergence, divergence],
  horizons: [{ hold: 3 * FIVE, outcome: 'forward_return_3', basis: 'basis_change_3' }],
};
/** The grid where some symbols have no spot market. */
async function gridOf(without: readonly string[], more: object = {}) {
  const unavailable = ['S0', 'S1'].map((symbol) => ({
    at: { symbol },
    value: without.includes(symbol) ? { spot: ['basis_change_1', 'basis_change_3'] } : {},
  }));
  const { outs } = await runNode(grid, { unavailable }, { ...params, ...more });
  return { hypotheses: frameOf(outs, 'hypotheses'), untried: outs.untried };
}
const told = ({ hypotheses }: Awaited<ReturnType<typeof gridOf>>) =>
  [...hypotheses.rows()].map((r) => `${r.template} ${r.symbol ?? 'all'} ${r.fills}`).sort();
const PLAIN = ['continuation S0 2', 'continuation S1 2', 'continuation all 2'];

describe('the grid', () => {
  it('tries two legs on every symbol that has a spot market', async () => {
    const all = await gridOf([]);
    const legs = ['convergence', 'divergence_continuation'];
    const both = legs.flatMap((name) => ['S0', 'S1', 'all'].map((where) => `${name} ${where} 4`));
    expect(told(all)).toEqual([...PLAIN, ...both]);
    const outcomes = new Set([...all.hypotheses.rows()].map((r) => `${r.fills} ${r.outcome}`));
    expect(outcomes).toEqual(new Set(['2 forward_return_3', '4 basis_change_3']));
    expect(all.untried).toMatchObject([{ templates: [], lacks: {} }]);
  });

  it('is about those that have one where some do: of one alone it is one hypothesis, as if there were no other', async () => {
    const some = await gridOf(['S1']);
    expect(told(some)).toEqual([...PLAIN, 'convergence all 4', 'divergence_continuation all 4']);
    const alone = await gridOf([], { symbols: ['S0'] });
    const ids = (of: typeof some) =>
      [...of.hypotheses.rows()].filter((r) => r.fills === 4).map((r) => r.id);
    expect(ids(some)).toEqual(ids(alone));
    expect(some.untried).toMatchObject([{ templates: [], lacks: {} }]);
  });

  it('tells what is wanted where nobody has one', async () => {
    const none = await gridOf(['S0', 'S1']);
    expect(told(none)).toEqual(PLAIN);
    expect(none.untried).toMatchObject([
      {
        templates: ['convergence', 'divergence_continuation'],
        lacks: { convergence: ['spot'], divergence_continuation: ['spot'] },
      },
    ]);
  });

  it('leaves out what is not to be tried, without a reason of the market', async () => {
    const plain = await gridOf([], { outcomes: ['forward_return'] });
    expect(told(plain)).toEqual(PLAIN);
    expect(plain.untried).toMatchObject([
      { templates: ['convergence', 'divergence_continuation'], lacks: {} },
    ]);
  });

  it('does not say so of what no horizon names an outcome of, nor judges two legs by the path of one', async () => {
    const horizons = [{ hold: 3 * FIVE, outcome: 'forward_return_3' }];
    expect((await gridOf(['S0'], { horizons })).untried).toMatchObject([
      { templates: ['convergence', 'divergence_continuation'], lacks: {} },
    ]);
    const paths = { up: 'up', down: 'down', range: 'range' };
    const more = {
      templates: [continuation, { ...convergence, judged: 'hits' }],
      horizons: [{ ...params.horizons[0], ...paths }],
    };
    expect(told(await gridOf([], more))).toEqual(PLAIN);
  });
});

/** Spot is the price of the world; the perpetual has a gap over it that decays by a share a bar, or stays. */
function legsOf({ prices, times, found }: World, decay: number) {
  const gaps = prices.map((_, symbol) => {
    const jumps = new Float64Array(times.length);
    for (const [, s, row, side] of found) if (s === symbol) jumps[row] = 0.012 * side;
    let gap = 0;
    return jumps.map((jump) => {
      gap = gap * (1 - decay) + jump;
      return gap;
    });
  });
  return prices.map((spot, symbol) => {
    const gap = gaps[symbol] ?? new Float64Array(0);
    return { spot, gap, perp: spot.map((price, row) => price * (1 + (gap[row] ?? 0))) };
  });
}

/** Everything from the prices of both legs to what the gates say of it. */
async function discovered(of: World, decay: number, without: readonly string[] = []) {
  const specs = specsOf(target, 'spec/targets/*.yaml').filter(({ id }) =>
    ['basis_change_3', 'forward_return_3'].includes(id),
  );
  const legs = legsOf(of, decay);
  const made = await Promise.all(
    of.names.map(async (symbol, i) => {
      const ts = of.times;
      const features = frame({ ts, close: legs[i]?.perp ?? [] });
      const spot = without.includes(symbol) ? undefined : frame({ ts, close: legs[i]?.spot ?? [] });
      return { at: { symbol }, outs: (await runNode(table, { features, spot }, { specs })).outs };
    }),
  );
  const unavailable = made.map(({ at, outs }) => ({ at, value: outs.unavailable }));
  const targets = made.map(({ at, outs }) => ({ at, value: outs.targets }));
  const { outs } = await runNode(grid, { unavailable }, { ...params, by: ['pooled'] });
  // The side of a gap is that of its leg: the rich one is sold.
  const names = ['continuation', 'convergence', 'divergence_continuation'];
  const events = eventsOf(of);
  const all = decisionsOf(events, names);
  const turned = all.texts('template').map((name) => (name === 'continuation' ? 1 : -1));
  const side = all.column('side').map((x, i) => x * (turned[i] ?? 1));
  const decisions = all.with('side', side);
  const ins = { decisions, targets, hypotheses: outs.hypotheses };
  const { outs: tested } = await runNode(expectancy, ins, { cost: { ...costly, funding: false } });
  const tests = [...frameOf(tested, 'tests').rows()];
  const { candidates } = await judge(frameOf(tested, 'tests'));
  const passed = [...candidates.rows()].filter((r) => r.passed === true);
  return { tests, passed: passed.map((r) => r.template) };
}

describe('what two legs earn', () => {
  beforeAll(installFormulas);
  const toy = world(5, { days: 60, symbols: 2, events: ['E'], rate: 3 });

  it('is found where a gap closes, after four fills, in the direction that earns it', async () => {
    const { tests, passed } = await discovered(toy, 0.3);
    expect(passed).toEqual(['convergence']);
    const legs = tests.find((r) => r.template === 'convergence');
    expect(legs?.cost).toBeCloseTo(4 * 0.00065, 12);
    // A gap of 120 basis points is 84 at the entry and 29 three bars later.
    expect(Number(legs?.gross)).toBeGreaterThan(0.005);
    expect(Number(legs?.gross)).toBeLessThan(0.006);
  });

  it('is not found where gaps stay, whatever prices do', async () => {
    const { tests, passed } = await discovered(toy, 0);
    expect(passed).toEqual([]);
    expect(Number(tests.find((r) => r.template === 'convergence')?.n)).toBeGreaterThan(100);
  });

  it('is tested on the symbols that have both legs', async () => {
    const count = async (without: readonly string[], template: string) =>
      Number((await discovered(toy, 0.3, without)).tests.find((r) => r.template === template)?.n);
    const [both, some] = [await count([], 'convergence'), await count(['S1'], 'convergence')];
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThan(both);
    expect(await count(['S1'], 'continuation')).toBe(await count([], 'continuation'));
  });

  it('is less by the funding that the perpetual pays, as if it were held alone', async () => {
    const one = { ...toy, found: toy.found.filter(([, symbol]) => symbol === 0).slice(0, 1) };
    const [, , row = 0] = one.found[0] ?? [];
    const value = frame({
      ts: toy.times,
      known: toy.times,
      forward_return_3: toy.times.map(() => 0.01),
      basis_change_3: toy.times.map(() => 0.001),
    });
    const targets = one.names.map((symbol) => ({ at: { symbol }, value }));
    const { hypotheses } = await gridOf([], { by: ['pooled'] });
    const bought = decisionsOf(eventsOf(one), ['continuation', 'convergence']);
    const grossOf = async (sign: number) => {
      const funding = one.names.map((symbol) => ({
        at: { symbol },
        value: frame({
          ts: [0, row + 1, row + 2, row + 4, row + 5].map((at) => toy.times[at] ?? 0),
          rate: [0, 1 / 8, 1 / 64, 1 / 128, 1 / 4],
        }),
      }));
      const decisions = bought.with('side', [sign, sign]);
      const cost = { ...free, funding: true };
      const ins = { decisions, targets, hypotheses, funding };
      const { outs } = await runNode(expectancy, ins, { cost });
      const rows = [...frameOf(outs, 'tests').rows()];
      const gross = (name: string) => Number(rows.find((r) => r.template === name)?.gross);
      return [gross('continuation'), gross('convergence')];
    };
    // Settled after the entry up to the exit: 1/64 + 1/128 of the notional of the perpetual, which the leg in spot never pays.
    const paid = 1 / 64 + 1 / 128;
    const [held, legs] = await grossOf(1);
    expect(held).toBeCloseTo(0.01 - paid, 14);
    expect(legs).toBeCloseTo(0.001 - paid, 14);
    const [short, sold] = await grossOf(-1);
    expect(short).toBeCloseTo(paid - 0.01, 14);
    expect(sold).toBeCloseTo(paid - 0.001, 14);
  });
});
