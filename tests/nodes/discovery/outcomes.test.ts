import { describe } from '@jest/globals';
import { flagColumn, textColumn, timeColumn } from '../../../engine/sdk/index.js';
import outcomes from '../../../nodes/discovery/outcomes.js';
import { clock, frame } from '../../kit/frame.js';
import { nodeTable } from '../../kit/node.js';
import { costly, free } from '../../kit/research.js';

const FIVE = 300_000;
const times = clock(12);
const at = (row: number) => times[row] ?? NaN;

/** Close 100, 101, 102 …: a hold of two bars from the next close on brings 2 / (101 + row). */
const close = times.map((_, row) => 100 + row);
const forward = close.map((_, row) => (close[row + 3] ?? NaN) / (close[row + 1] ?? NaN) - 1);
const brings = (row: number) => forward[row] ?? NaN;
const targets = (more = {}) =>
  ['A', 'B'].map((symbol) => ({
    at: { symbol },
    value: frame({
      ts: times,
      known: timeColumn(times.map((x) => x + 4 * FIVE)),
      forward_2: forward,
      ...more,
    }),
  }));
const states = ['A', 'B'].map((symbol) => ({
  at: { symbol },
  value: frame({ ts: times, calm_flag: times.map((_, row) => row >= 4) }),
}));

type Decision = readonly [
  template: string,
  symbol: string,
  row: number,
  side: number,
  kept?: boolean,
];
const decisions = (...list: readonly Decision[]) =>
  frame({
    event: list.map(() => 'E'),
    template: list.map(([template]) => template),
    symbol: list.map(([, symbol]) => symbol),
    signal: timeColumn(list.map(([, , row]) => at(row) - FIVE)),
    ts: list.map(([, , row]) => at(row)),
    tradable: timeColumn(list.map(([, , row]) => at(row) + FIVE)),
    side: list.map(([, , , side]) => side),
    kept: list.map(([, , , , kept]) => kept ?? true),
  });

/** One hypothesis, told in full by the grid; what passed is known by its id alone. */
const hypothesis = (
  more: Readonly<
    Record<string, readonly (string | null)[] | readonly string[] | readonly number[]>
  > = {},
) =>
  frame({
    id: ['c'],
    event: ['E'],
    family: ['F'],
    template: ['continuation'],
    base: textColumn([null]),
    symbol: textColumn([null]),
    state: textColumn([null]),
    judged: ['mean'],
    horizon: [2],
    entry_lag: [1],
    direction: [1],
    outcome: ['forward_2'],
    up: textColumn([null]),
    down: textColumn([null]),
    range: textColumn([null]),
    fills: [2],
    needs: ['perp_ohlcv_5m'],
    ...more,
  });
const candidates = frame({ id: ['c'], passed: [true] });
type Got = readonly [symbol: string, row: number, side: number, gross: number];
const gives = (
  rows: readonly Got[],
  more: Readonly<Record<string, readonly number[] | readonly string[]>> = {},
  kept: readonly boolean[] = rows.map(() => true),
) => ({
  outcomes: frame({
    candidate: textColumn(rows.map(() => 'c')),
    event: textColumn(rows.map(() => 'E')),
    template: textColumn(rows.map(() => 'continuation')),
    symbol: textColumn(rows.map(([symbol]) => symbol)),
    ts: timeColumn(rows.map(([, row]) => at(row))),
    side: rows.map(([, , side]) => side),
    kept: flagColumn(kept),
    gross: rows.map(([, , , gross]) => gross),
    cost: rows.map(() => 0),
    adverse: rows.map(() => NaN),
    favourable: rows.map(() => NaN),
    ...more,
  }),
});
const plain = decisions(
  ['continuation', 'A', 1, 1],
  ['continuation', 'A', 3, 1],
  ['continuation', 'B', 3, -1],
  ['other', 'A', 4, 1],
  ['continuation', 'A', 4, 1],
  ['continuation', 'A', 10, 1],
);
const ins = { candidates, hypotheses: hypothesis(), decisions: plain, targets: targets() };
/** Prints from a row on for the first symbols; of the others there are none. */
const printed = (from: number, rates: readonly number[], symbols: readonly string[]) =>
  ['A', 'B'].map((symbol) => {
    const all = symbols.includes(symbol) ? rates : [];
    return { at: { symbol }, value: frame({ ts: all.map((_, k) => at(from + k)), rate: all }) };
  });
const filter = { template: ['only_if_trend(continuation)'], base: ['continuation'] };
const filtered = decisions(
  ['only_if_trend(continuation)', 'A', 1, 1],
  ['only_if_trend(continuation)', 'A', 2, 1, false],
  ['only_if_trend(continuation)', 'A', 5, 1, false],
);

describe('discovery.outcomes', () => {
  nodeTable(outcomes, {
    gives: [
      {
        name: 'one after the other in a symbol, each symbol by itself, and only where the outcome is known',
        in: ins,
        params: { cost: free },
        out: gives([
          ['A', 1, 1, brings(1)],
          ['B', 3, -1, -brings(3)],
          ['A', 4, 1, brings(4)],
        ]),
      },
      {
        name: 'a candidate against the event, on one symbol, after both fills',
        in: { ...ins, hypotheses: hypothesis({ symbol: ['B'], direction: [-1] }) },
        params: { cost: { ...costly, funding: false } },
        out: gives([['B', 3, 1, brings(3)]], { cost: [0.0013] }),
      },
      {
        name: 'two legs pay four fills, and how far the price of one went is not told of them',
        in: {
          ...ins,
          targets: targets({
            best_excursion_2: times.map(() => 0.02),
            worst_excursion_2: times.map(() => -0.01),
          }),
          hypotheses: hypothesis({ symbol: ['B'], fills: [4] }),
        },
        params: { cost: { ...costly, funding: false } },
        out: gives([['B', 3, -1, -brings(3)]], { cost: [0.0026] }),
      },
      {
        name: 'a state is that of the bar of the signal',
        in: {
          ...ins,
          hypotheses: hypothesis({ state: ['CALM'] }),
          states,
          decisions: decisions(['continuation', 'A', 4, 1], ['continuation', 'A', 5, 1]),
        },
        params: { cost: free },
        out: gives([['A', 5, 1, brings(5)]]),
      },
      {
        name: 'how far the price went, from where the position stands',
        in: {
          ...ins,
          targets: targets({
            best_excursion_2: times.map(() => 0.02),
            worst_excursion_2: times.map(() => -0.01),
          }),
        },
        params: { cost: free },
        out: gives(
          [
            ['A', 1, 1, brings(1)],
            ['B', 3, -1, -brings(3)],
            ['A', 4, 1, brings(4)],
          ],
          {
            adverse: [-0.01, -0.02, -0.01],
            favourable: [0.02, 0.01, 0.02],
          },
        ),
      },
      {
        name: 'what a filter leaves out is what its base would trade and it does not',
        in: { ...ins, hypotheses: hypothesis(filter), decisions: filtered },
        params: { cost: free },
        out: gives(
          [
            ['A', 1, 1, brings(1)],
            ['A', 5, 1, brings(5)],
          ],
          { template: [1, 2].map(() => 'only_if_trend(continuation)') },
          [true, false],
        ),
      },
      {
        name: 'funding that settles while the position is held is paid by who bought, and got by who sold',
        in: { ...ins, funding: printed(3, [1 / 128, 0, 1 / 64], ['A', 'B']) },
        params: { cost: { ...free, funding: true } },
        out: gives([
          ['A', 1, 1, brings(1) - 1 / 128],
          ['B', 3, -1, -(brings(3) - 1 / 64)],
          ['A', 4, 1, brings(4)],
        ]),
      },
      {
        name: 'what did not pass has none',
        in: { ...ins, candidates: candidates.with('passed', flagColumn([false])) },
        params: { cost: free },
        out: gives([]),
      },
    ],
    warns: [
      {
        name: 'funding of a symbol without a print',
        in: { ...ins, funding: printed(3, [0.01], ['A']) },
        params: { cost: { ...free, funding: true } },
        code: 'discovery/no-funding',
        data: { symbol: 'B' },
      },
    ],
    refuses: [
      {
        name: 'outcomes of nobody',
        in: { ...ins, targets: targets().map(({ value }) => ({ at: {}, value })) },
        params: { cost: free },
        code: 'discovery/no-symbol',
        data: {},
      },
      {
        name: 'outcomes without the column',
        in: { ...ins, hypotheses: hypothesis({ outcome: ['forward_9'] }) },
        params: { cost: free },
        code: 'discovery/no-outcome',
        data: { symbols: ['A', 'B'], outcome: 'forward_9' },
      },
      {
        name: 'a state nobody tells',
        in: { ...ins, hypotheses: hypothesis({ state: ['CALM'] }) },
        params: { cost: free },
        code: 'discovery/no-state',
        data: { column: 'calm_flag', candidate: 'c' },
      },
      {
        name: 'a candidate nobody asked for',
        in: { ...ins, hypotheses: hypothesis({ id: ['y'] }) },
        params: { cost: free },
        code: 'discovery/no-hypothesis',
        data: { candidate: 'c' },
      },
      {
        name: 'a decision between two rows',
        in: { ...ins, decisions: plain.with('ts', timeColumn(plain.time('ts').map((x) => x + 1))) },
        params: { cost: free },
        code: 'discovery/off-clock',
        data: { event: 'E', template: 'continuation', symbol: 'A', ts: '2024-01-01T00:05:00.001Z' },
      },
    ],
  });
});
