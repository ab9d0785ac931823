import { concat, defineNode, many, sorted } from '../../engine/sdk/index.js';
import { nudged } from '../ports.js';

export default defineNode({
  type: 'events.nudged',
  doc: 'The occurrences of all events under moved thresholds in one table, sorted by time, symbol, event and threshold.',
  time: 'row',

  in: { events: many(nudged) },
  out: { nudged },
  params: {},

  run: ({ events }) => {
    const all = concat(events.map(({ value }) => value));
    return { nudged: sorted(all, ['ts', 'symbol', 'event', 'value']) };
  },
});
