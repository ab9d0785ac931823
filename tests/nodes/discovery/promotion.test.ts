import { describe, expect, it } from '@jest/globals';
import type { Frame } from '../../../engine/sdk/index.js';
import { flagColumn, textColumn, timeColumn } from '../../../engine/sdk/index.js';
import promotion from '../../../nodes/discovery/promotion.js';
import { clopperPearson } from '../../../nodes/math/proportion.js';
import { deflatedSharpe, probabilisticSharpe, sharpeRatio } from '../../../nodes/math/sharpe.js';
import { stability } from '../../../nodes/math/stability.js';
import { variance } from '../../../nodes/math/sum.js';
import { frameOf } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { runNode } from '../../kit/node.js';
import { DAY, START } from '../../kit/research.js';

const DAYS = 40;
const fold = {
  id: 'validation',
  train_from: START - 100 * DAY,
  train_to: START - 2 * DAY,
  test_from: START,
  test_to: START + DAYS * DAY,
};
const limits = {
  ...{ id: 'test', let: {}, q_most: 0.1, least: 100, periods: 4, consistency_least: 0.67 },
  ...{ stability_least: 0.05, survival_least: 0.75, control_most: 0.01, control_required: true },
  ...{ psr_least: 0.75, dsr_least: 0.6, correlation_most: 0.7, common_least: 30, at_most: 20 },
};
const control = {
  ...{ markets: 200, tests: 10, levels: [], finds: {}, tails: [] },
  passed: { wrong: 0, ...clopperPearson(0, 200) },
};

/** Gains with a rhythm of their own, so that two rhythms are little correlated. */
const rhythm = (every: number) =>
  Array.from({ length: DAYS }, (_, day) => 0.003 + (day % every === 0 ? -0.002 : 0.001));

interface Candidate {
  readonly daily?: readonly number[];
  readonly q?: number;
  readonly n?: number;
  readonly stressed?: number;
  readonly tradable?: boolean;
  readonly ladder?: number;
}
type Given = Readonly<Record<string, Candidate>>;

const SHARPES = [0.01, -0.02, 0.03, 0];

function insOf(given: Given) {
  const ids = Object.keys(given);
  const all = Object.values(given);
  const texts = (value: string | null) => textColumn(ids.map(() => value));
  const of = (value: (c: Candidate) => number) => all.map(value);
  const trades = Object.entries(given).flatMap(([id, { daily = rhythm(3) }]) =>
    daily.map((gross, day) => ({ id, day, gross })),
  );
  return {
    candidates: frame({
      id: ids,
      ...{ event: texts('E'), template: texts('continuation'), symbol: texts(null) },
      ...{ horizon: ids.map(() => 3), direction: ids.map(() => 1) },
      n: of((c) => c.n ?? 200),
      q: of((c) => c.q ?? 0.01),
    }),
    bridge: frame({
      id: ids,
      stressed: of((c) => c.stressed ?? 0.001),
      ...{ ladder_050: ids.map(() => 0.1), ladder_100: ids.map(() => 0.1) },
      ladder_150: of((c) => c.ladder ?? 0.1),
      ladder_200: ids.map(() => -0.1),
      tradable: flagColumn(all.map((c) => c.tradable ?? true)),
    }),
    outcomes: frame({
      candidate: textColumn(trades.map((x) => x.id)),
      symbol: textColumn(trades.map(() => 'A')),
      ts: timeColumn(trades.map((x) => START + x.day * DAY)),
      side: Float64Array.from(trades, () => 1),
      kept: flagColumn(trades.map(() => true)),
      gross: trades.map((x) => x.gross),
      cost: trades.map(() => 0.001),
    }),
    trials: frame({
      id: ['a', 'b', 'c', 'd'],
      tested: flagColumn(SHARPES.map(() => true)),
      sharpe: SHARPES,
    }),
    control,
  };
}

async function judged(given: Given, more = {}, changed = {}): Promise<Frame> {
  const ins = { ...insOf(given), ...more };
  const { outs } = await runNode(promotion, ins, { fold, promotion: { ...limits, ...changed } });
  return frameOf(outs, 'promoted');
}
const reasons = async (given: Given, more = {}, changed = {}) =>
  (await judged(given, more, changed)).texts('reasons');

describe('discovery.promotion', () => {
  it('promotes what meets everything, with the numbers it stands on', async () => {
    const got = await judged({ a: {} });
    const net = rhythm(3).map((x) => x - 0.001);
    const ratio = sharpeRatio(net);
    const at = (name: string) => got.column(name)[0];
    expect(got.texts('reasons')).toEqual([null]);
    expect(Array.from(got.flags('passed'))).toEqual([1]);
    expect(at('sharpe')).toBe(ratio.sharpe);
    expect(at('psr')).toBe(probabilisticSharpe(ratio));
    expect(at('dsr')).toBe(deflatedSharpe(ratio, 4, variance(SHARPES)).probability);
    expect([at('trials'), at('score'), at('survival')]).toEqual([4, 1, 0.75]);
  });

  const weak = [0.002, -0.002, 0.0012];
  it.each<[string, Candidate, string, number]>([
    ['a q above the limit', { q: 0.11 }, 'multiplicity', 5 / 6],
    ['a q that is missing', { q: NaN }, 'multiplicity', 5 / 6],
    ['too few occurrences', { n: 99 }, 'sample', 5 / 6],
    [
      'half the window lost money',
      { daily: rhythm(3).map((x, i) => (i < 20 ? x : 0.0005)) },
      'consistency',
      5 / 6,
    ],
    ['costs half as much again take it', { ladder: -0.1 }, 'survival', 5 / 6],
    ['a step of the ladder is missing', { ladder: NaN }, 'survival', 5 / 6],
    ['the bridge did not hold', { tradable: false }, 'bridge', 5 / 6],
    ['without a trade', { daily: [] }, 'consistency+stability+psr+dsr', 4 / 6],
    [
      'a small gain in large swings',
      { daily: Array.from({ length: DAYS }, (_, i) => 0.00105 + (weak[i % 3] ?? 0)) },
      'dsr',
      5 / 6,
    ],
  ])('rejects: %s', async (_, candidate, reason, score) => {
    const got = await judged({ a: candidate }, {}, reason === 'dsr' ? { dsr_least: 0.999 } : {});
    expect(got.texts('reasons')).toEqual([reason]);
    expect(got.column('score')[0]).toBeCloseTo(score, 12);
  });

  it('is not passed by a missing negative control, and says so', async () => {
    const ins = { ...insOf({ a: {} }), control: undefined };
    const { outs, warnings } = await runNode(promotion, ins, { fold, promotion: limits });
    expect(frameOf(outs, 'promoted').texts('reasons')).toEqual(['no_control']);
    expect(warnings.map(({ code }) => code)).toEqual(['discovery/no-control']);
    const free = await judged({ a: {} }, { control: undefined }, { control_required: false });
    expect(free.texts('reasons')).toEqual([null]);
  });
  it('rejects what passes the same gates too often where nothing is to be found', async () => {
    const others = { ...control, passed: { wrong: 8, ...clopperPearson(8, 200) } };
    const found = (finds: Readonly<Record<string, number>>) =>
      reasons({ a: {} }, { control: { ...others, finds } });
    expect(await found({ a: 3 })).toEqual(['control']);
    expect(await found({ a: 2 })).toEqual([null]);
    expect(await found({ b: 8 })).toEqual([null]);
  });
  it('rejects what nobody counted as a trial, and where trials tell no spread', async () => {
    expect(await reasons({ z: {} })).toEqual(['audit']);
    const one = frame({ id: ['a'], tested: flagColumn([true]), sharpe: [0.1] });
    expect(await reasons({ a: {} }, { trials: one })).toEqual(['dsr']);
  });

  it('what had too few occurrences for a p-value could not be chosen, and deflates nothing', async () => {
    const tested = (flags: readonly boolean[]) =>
      frame({
        id: ['a', 'b', 'c', 'd', 'e'],
        tested: flagColumn([...flags]),
        sharpe: [...SHARPES, 9],
      });
    const [all, four] = await Promise.all(
      [true, false].map((last) =>
        judged({ a: {} }, { trials: tested([true, true, true, true, last]) }),
      ),
    );
    const plain = await judged({ a: {} });
    expect(four?.column('dsr')).toEqual(plain.column('dsr'));
    expect(four?.column('trials')[0]).toBe(4);
    expect(all?.column('dsr')[0]).toBeLessThan(plain.column('dsr')[0] ?? NaN);
  });

  it('promotes the better of two that are alike, and no more than there is room for', async () => {
    const like = await judged({
      a: { stressed: 0.001 },
      b: { stressed: 0.002 },
      c: { daily: rhythm(2) },
    });
    expect(like.texts('reasons')).toEqual(['alike', null, null]);
    expect(like.texts('alike_to')).toEqual(['b', null, null]);
    const given = { a: { daily: rhythm(2) }, b: { stressed: 0.002 } };
    expect(await reasons(given, {}, { at_most: 1 })).toEqual(['full', null]);
  });
  it('takes two with too few common days for alike', async () => {
    const early = { daily: rhythm(2).slice(0, 29) };
    expect(
      await reasons({ a: early, b: { stressed: 0.002 } }, {}, { consistency_least: 0 }),
    ).toEqual(['alike', null]);
    expect(await reasons({ a: { daily: rhythm(2).slice(0, 30) }, b: { stressed: 0.002 } })).toEqual(
      [null, null],
    );
  });
});

it('stability counts a sub-period without an outcome against it', () => {
  const window = { from: 0, to: 40 };
  const got = stability([1, 3, -1, 1], [0, 9, 10, 20], window, 4);
  expect(got.consistency).toBe(0.5);
  expect(got.score).toBeCloseTo(0.5 / Math.sqrt(8 / 3), 12);
  expect(stability([], [], window, 4)).toEqual({ consistency: NaN, score: NaN });
  expect(stability([1, 1], [0, 9], window, 1)).toEqual({ consistency: 1, score: NaN });
});
