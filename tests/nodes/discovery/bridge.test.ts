import { describe, expect, it } from '@jest/globals';
import { flagColumn, textColumn, timeColumn } from '../../../engine/sdk/index.js';
import bridge from '../../../nodes/discovery/bridge.js';
import { duplicatesOf, jaccard } from '../../../nodes/math/duplicates.js';
import { frameOf } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { nodeTable, runNode } from '../../kit/node.js';

const DAY = 86_400_000;
const limits = { id: 'test', least: 2, stress: 1.5, edge: 2, alike: 0.8, let: {} };

interface Trade {
  readonly candidate: string;
  readonly day: number;
  readonly gross: number;
  readonly cost?: number;
  readonly kept?: boolean;
}
const outcomesOf = (trades: readonly Trade[]) =>
  frame({
    candidate: textColumn(trades.map((x) => x.candidate)),
    event: textColumn(trades.map(() => 'E')),
    template: textColumn(trades.map(() => 'continuation')),
    symbol: textColumn(trades.map(() => 'A')),
    ts: timeColumn(trades.map(({ day }) => day * DAY)),
    side: trades.map(() => 1),
    kept: flagColumn(trades.map(({ kept }) => kept ?? true)),
    gross: trades.map(({ gross }) => gross),
    cost: trades.map(({ cost }) => cost ?? 0.25),
    adverse: trades.map(() => NaN),
    favourable: trades.map(() => NaN),
  });
const candidatesOf = (ids: readonly string[], horizons: readonly number[] = ids.map(() => 3)) =>
  frame({
    id: textColumn(ids),
    event: textColumn(ids.map(() => 'E')),
    template: textColumn(ids.map(() => 'continuation')),
    horizon: horizons,
    direction: ids.map(() => 1),
    passed: flagColumn(ids.map(() => true)),
  });
const series = (candidate: string, gross: readonly number[], from = 0, kept = true) =>
  gross.map((x, i) => ({ candidate, day: from + i, gross: x, kept }));

/** The verdicts on candidates, by id: reasons and what each is a duplicate of. */
async function told(
  ids: readonly string[],
  trades: readonly Trade[],
  horizons?: readonly number[],
) {
  const ins = { candidates: candidatesOf(ids, horizons), outcomes: outcomesOf(trades) };
  const { outs } = await runNode(bridge, ins, { bridge: limits });
  const table = frameOf(outs, 'bridge');
  const [reasons, twins] = [table.texts('reasons'), table.texts('duplicate_of')];
  return Object.fromEntries(table.texts('id').map((id, i) => [id, [reasons[i], twins[i]]]));
}

describe('discovery.bridge', () => {
  nodeTable(bridge, {
    gives: [
      {
        name: 'what carries its costs twice is tradable',
        in: { candidates: candidatesOf(['a']), outcomes: outcomesOf(series('a', [0.25, 1.25])) },
        params: { bridge: limits },
        out: {
          bridge: frame({
            id: ['a'],
            trades: [2],
            days: [2],
            after: [0.5],
            stressed: [0.375],
            gross: [0.75],
            cost: [0.25],
            ladder_050: [0.625],
            ladder_100: [0.5],
            ladder_150: [0.375],
            ladder_200: [0.25],
            edge_cost: [3],
            lift: [NaN],
            tradable: [true],
            duplicate_of: textColumn([null]),
            reasons: textColumn([null]),
          }),
        },
      },
      {
        name: 'without a trade every gate fails, and nothing stands in',
        in: { candidates: candidatesOf(['a']), outcomes: outcomesOf([]) },
        params: { bridge: limits },
        out: {
          bridge: frame({
            ...{ id: ['a'], trades: [0], days: [0] },
            ...{ after: [NaN], stressed: [NaN], gross: [NaN], cost: [NaN] },
            ...{ ladder_050: [NaN], ladder_100: [NaN], ladder_150: [NaN], ladder_200: [NaN] },
            ...{ edge_cost: [NaN], lift: [NaN], tradable: [false] },
            duplicate_of: textColumn([null]),
            reasons: ['trades+after+stressed+edge'],
          }),
        },
      },
    ],
  });

  it.each([
    ['one trade too few', series('a', [1]), 'trades'],
    ['an edge below twice the cost', series('a', [0.4, 0.4]), 'edge'],
    ['an edge below stressed costs', series('a', [0.3, 0.3]), 'stressed+edge'],
    ['a loss', series('a', [-1, 0.5]), 'after+stressed+edge'],
    ['an outcome of nothing', series('a', [0, 0]), 'after+stressed+edge'],
    [
      'a filter that keeps the worse',
      [...series('a', [0.6, 0.6]), ...series('a', [0.7], 0, false)],
      'lift',
    ],
    [
      'a filter that keeps the better',
      [...series('a', [0.6, 0.6]), ...series('a', [0.5], 0, false)],
      null,
    ],
    [
      'what a filter left out is no trade',
      [...series('a', [0.6]), ...series('a', [0.5, 0.5], 0, false)],
      'trades',
    ],
  ])('%s', async (_, trades, reasons) => {
    expect(await told(['a'], trades)).toEqual({ a: [reasons, null] });
  });

  it('free of cost, any gain carries it', async () => {
    const trades = series('a', [0.1, 0.1]).map((x) => ({ ...x, cost: 0 }));
    expect(await told(['a'], trades)).toEqual({ a: [null, null] });
  });

  it('keeps the better of two that make the same trades, at one horizon', async () => {
    const trades = [...series('a', [1, 1, 1, 1]), ...series('b', [1, 1, 1, 1, 2])];
    expect(await told(['a', 'b'], trades)).toEqual({ a: ['duplicate', 'b'], b: [null, null] });
    expect(await told(['a', 'b'], trades, [3, 6])).toEqual({ a: [null, null], b: [null, null] });
    const fewer = [...series('a', [1, 1, 1]), ...series('b', [1, 1, 1, 1, 2])];
    expect(await told(['a', 'b'], fewer)).toEqual({ a: [null, null], b: [null, null] });
  });

  it('does not give up what is tradable for what is not', async () => {
    const few = { ...limits, least: 5 };
    const trades = [...series('a', [1, 1, 1, 1]), ...series('b', [0.9, 0.9, 0.9, 0.9, 0.9])];
    const ins = { candidates: candidatesOf(['a', 'b']), outcomes: outcomesOf(trades) };
    const { outs } = await runNode(bridge, ins, { bridge: few });
    expect(frameOf(outs, 'bridge').texts('reasons')).toEqual(['trades+duplicate', null]);
  });
});

it('jaccard and what is the same as the first', () => {
  expect(jaccard(new Set([1, 2, 3]), new Set([2, 3, 4]))).toBe(0.5);
  expect(jaccard(new Set(), new Set())).toBeNaN();
  const sets = [[1, 2], [1, 2, 3], [9], [1, 2, 3, 4], []].map((x) => new Set(x));
  expect(duplicatesOf(sets, 0.6)).toEqual([0, 0, 2, 3, 4]);
});
