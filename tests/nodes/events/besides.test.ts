import { textColumn } from '../../../engine/frame/text.js';
import coverage from '../../../nodes/events/coverage.js';
import { frame } from '../../kit/frame.js';
import { nodeTable } from '../../kit/node.js';

type Row = readonly [ts: number, symbol: string, ...known: readonly boolean[]];

const table = (events: readonly string[], rows: readonly Row[]) =>
  frame({
    symbol: textColumn(rows.map(([, symbol]) => symbol)),
    ts: rows.map(([ts]) => ts),
    ...Object.fromEntries(
      events.map((event, i) => [event, rows.map((row) => row[2 + i] === true)]),
    ),
  });
const item = (events: readonly string[], rows: readonly Row[]) => ({
  at: { event: events[0] ?? 'NONE' },
  value: table(events, rows),
});

nodeTable(coverage, {
  gives: [
    {
      name: 'a row where any of them has one; what the others said last is carried, and not from symbol to symbol',
      in: {
        registries: [
          item(
            ['A'],
            [
              [0, 'x', false],
              [0, 'y', true],
              [2, 'x', true],
              [9, 'x', true],
            ],
          ),
          item([], []),
          item(
            ['B'],
            [
              [0, 'x', true],
              [5, 'x', false],
              [7, 'y', true],
            ],
          ),
        ],
      },
      out: {
        coverage: table(
          ['A', 'B'],
          [
            [0, 'x', false, true],
            [0, 'y', true, false],
            [2, 'x', true, true],
            [5, 'x', true, false],
            [7, 'y', true, true],
            [9, 'x', true, false],
          ],
        ),
      },
    },
    {
      name: 'of none that can be looked for there are no columns',
      in: { registries: [item([], [])] },
      out: { coverage: table([], []) },
    },
  ],
});
