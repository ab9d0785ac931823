import { defineNode, many, port, t } from '../../engine/sdk/index.js';
import { gridOf } from './paths/grid.js';
import { pathsOf, pathTable } from './paths/path.js';
import { placed } from './paths/placed.js';

export default defineNode({
  type: 'report.paths',
  doc: 'The mean path of the price before and after each event, for people to look at: it sees the outcomes of all rows.',
  time: 'future',

  in: {
    events: port.frame('Occurrences of events.', { contract: 'events' }),
    bars: many(port.frame('The grid of one symbol, with closes.')),
  },
  out: { paths: port.frame('Mean paths of events.', { contract: 'event_paths' }) },
  params: {
    before: t.integer({ default: 24, min: 0, unit: 'bars', doc: 'How far back.' }),
    after: t.integer({ default: 48, min: 1, unit: 'bars', doc: 'How far on.' }),
  },
  reads: () => ({ events: ['event', 'symbol', 'ts', 'direction', 'sign'], bars: ['ts', 'close'] }),

  run({ events, bars }, { before, after }) {
    const grid = gridOf(bars, Math.max(before, after));
    const [directions, signs] = [events.column('direction'), events.column('sign')];
    const found = placed(
      {
        names: events.texts('event'),
        symbols: events.texts('symbol'),
        times: events.time('ts'),
        sides: directions.map((direction, i) => direction || signs[i] || 0),
      },
      grid,
    );
    return { paths: pathTable('event', pathsOf(found, grid, before, after)) };
  },
});
