import { defineNode, many, port, t } from '../../engine/sdk/index.js';
import { outcomes } from '../ports.js';
import { gridOf } from './paths/grid.js';
import { pathsOf, pathTable } from './paths/path.js';
import { placed } from './paths/placed.js';

export default defineNode({
  type: 'report.traded',
  doc: 'The mean path of the price before and after the trades of each candidate, for people to look at: those of its own symbol, state, filter and side.',
  time: 'future',

  in: {
    outcomes,
    bars: many(port.frame('The grid of one symbol, with closes; no path goes beyond it.')),
  },
  out: { paths: port.frame('Mean paths of candidates.', { contract: 'trade_paths' }) },
  params: {
    before: t.integer({ default: 24, min: 0, unit: 'bars', doc: 'How far back.' }),
    after: t.integer({ default: 48, min: 1, unit: 'bars', doc: 'How far on.' }),
  },
  reads: () => ({
    outcomes: ['candidate', 'symbol', 'ts', 'side', 'kept'],
    bars: ['ts', 'close'],
  }),

  run({ outcomes, bars }, { before, after }) {
    const grid = gridOf(bars, Math.max(before, after));
    const kept = outcomes.flags('kept');
    const found = placed(
      {
        names: outcomes.texts('candidate'),
        symbols: outcomes.texts('symbol'),
        times: outcomes.time('ts'),
        // What a filter left out was not traded.
        sides: outcomes.column('side').map((side, i) => (kept[i] === 1 ? side : 0)),
      },
      grid,
    );
    return { paths: pathTable('candidate', pathsOf(found, grid, before, after)) };
  },
});
