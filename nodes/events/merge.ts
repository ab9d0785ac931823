import { concat, defineNode, type Frame, many, port, sorted } from '../../engine/sdk/index.js';
import { events } from '../ports.js';

export default defineNode({
  type: 'events.merge',
  doc: 'The occurrences of all registries in one table, sorted by time, symbol and event.',
  time: 'row',

  in: { registries: many(events) },
  out: { events, count: port.scalar('How many occurrences there are.') },
  params: {},

  run({ registries }) {
    const all: Frame = concat(registries.map(({ value }) => value));
    const inOrder = sorted(all, ['ts', 'symbol', 'event']);
    return { events: inOrder, count: inOrder.length };
  },
});
