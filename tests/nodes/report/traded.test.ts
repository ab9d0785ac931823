import { describe, expect, it } from '@jest/globals';
import { Frame, textColumn } from '../../../engine/sdk/index.js';
import { hypothesesIn } from '../../../nodes/report/sections/found.js';
import { pathTeller } from '../../../nodes/report/sections/trajectory.js';
import traded from '../../../nodes/report/traded.js';
import { frame } from '../../kit/frame.js';
import { nodeTable } from '../../kit/node.js';
import { FIVE, START } from '../../kit/research.js';
import { candidatesOf, pathsOf } from './research-kit.js';

const times = (values: readonly number[]) =>
  ({ dtype: 'time', values: Float64Array.from(values) }) as const;
const barsOf = (symbol: string, close: readonly number[]) => ({
  at: { symbol },
  value: frame({ ts: times(close.map((_, i) => START + i * FIVE)), close }),
});
type Trade = readonly [
  candidate: string,
  symbol: string,
  bar: number,
  side: number,
  kept?: boolean,
];
const outcomesOf = (trades: readonly Trade[]) =>
  frame({
    candidate: textColumn(trades.map(([id]) => id)),
    symbol: textColumn(trades.map(([, symbol]) => symbol)),
    ts: times(trades.map(([, , bar]) => START + bar * FIVE)),
    side: trades.map(([, , , side]) => side),
    kept: {
      dtype: 'bool',
      values: Uint8Array.from(trades, ([, , , , kept = true]) => Number(kept)),
    },
  });
const E = Math.E;
const path = (candidate: string, steps: readonly (readonly [number, number])[]) =>
  steps.map(([count, mean], bar) => ({ candidate, bar, count, mean }));
const rows = (all: ReturnType<typeof path>) =>
  Frame.of(
    {
      candidate: textColumn(all.map((r) => r.candidate)),
      bar: all.map((r) => r.bar),
      count: all.map((r) => r.count),
      mean: all.map((r) => r.mean),
      error: all.map(() => Number.NaN),
    },
    { bar: 'bars' },
  );

describe('report.traded', () => {
  nodeTable(traded, {
    gives: [
      {
        name: 'each candidate by its own symbol and side, without what its filter left out',
        in: {
          outcomes: outcomesOf([
            ['a', 'AAA', 0, 1],
            ['a', 'BBB', 0, 1, false],
            ['b', 'AAA', 0, -1],
            ['b', 'BBB', 1, -1],
            ['c', 'BBB', 0, 1, false],
          ]),
          bars: [barsOf('AAA', [1, E, E]), barsOf('BBB', [1, 1, E ** -3])],
        },
        params: { before: 0, after: 1 },
        out: {
          paths: rows([
            ...path('a', [
              [1, 0],
              [1, 1],
            ]),
            ...path('b', [
              [2, 0],
              [2, 1],
            ]),
            ...path('c', [
              [0, Number.NaN],
              [0, Number.NaN],
            ]),
          ]),
        },
      },
    ],
  });
});

describe('the path of a card', () => {
  const [own, other] = hypothesesIn(candidatesOf({ count: 2, passed: 2 }));
  if (!own || !other) throw new Error('no hypothesis');
  const traded = rows(
    path(own.id, [
      [44, 0],
      [43, 0.002],
    ]),
  );
  const origin = (port: string) => ({ port, digest: 'd' });
  const tell = pathTeller({ paths: pathsOf(), traded }, origin);

  it('is of its own trades, up where they earn', () => {
    const { points, says, origins } = tell(own);
    expect(points.map(({ mean }) => mean)).toEqual([0, 0.002]);
    expect(says).toEqual(['Path: of its own 44 trades.']);
    expect(origins).toEqual([origin('traded')]);
  });

  it('is of its event where its own are not known, and says so', () => {
    const { points, says, origins } = tell(other);
    expect(other.direction).toBe(-1);
    expect(points[points.length - 1]?.mean).toBeLessThan(0);
    expect(says.join()).toContain('of all occurrences of the event');
    expect(origins).toEqual([origin('paths')]);
  });

  it('is none where nothing is known', () => {
    const none = pathTeller({ paths: undefined, traded: undefined }, origin)(own);
    expect(none).toEqual({ points: [], says: [], origins: [] });
  });
});
