import { textColumn } from '../../../engine/frame/text.js';
import merge from '../../../nodes/events/merge.js';
import { frame } from '../../kit/frame.js';
import { nodeTable } from '../../kit/node.js';

const rows = (list: readonly (readonly [ts: number, symbol: string, event: string])[]) =>
  frame({
    event: textColumn(list.map(([, , event]) => event)),
    symbol: textColumn(list.map(([, symbol]) => symbol)),
    ts: list.map(([ts]) => ts),
  });
const item = (list: Parameters<typeof rows>[0]) => ({ at: { event: 'X' }, value: rows(list) });

nodeTable(merge, {
  gives: [
    {
      name: 'sorted by time, then symbol, then event, by code units',
      in: {
        registries: [
          item([
            [1, 'b', 'Z'],
            [3, 'a', 'Z'],
          ]),
          item([]),
          item([
            [1, 'b', 'A'],
            [1, 'B', 'A'],
            [2, 'a', 'A'],
          ]),
        ],
      },
      out: {
        events: rows([
          [1, 'B', 'A'],
          [1, 'b', 'A'],
          [1, 'b', 'Z'],
          [2, 'a', 'A'],
          [3, 'a', 'Z'],
        ]),
        count: 5,
      },
    },
    {
      name: 'nothing happened',
      in: { registries: [item([])] },
      out: { events: rows([]), count: 0 },
    },
  ],
});
