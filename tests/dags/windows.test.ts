import { describe } from '@jest/globals';
import type { Edits } from './chain.js';
import { features, refusals } from './refusing.js';

/* Rows and estimates of different windows: other folds, parts that are used twice, joined tables, files that come back. */

const trained = 'known: { foreach: [symbol, fold], use: lab.estimate, in: { rows: bars.train } }\n';
const moved = (rows: string, more = 'level: known.level', dims = '[symbol, fold]') =>
  `moved: { foreach: ${dims}, use: lab.adjust, in: { bars: ${rows}, ${more} } }\n`;
const dimension = (text: string): Edits => [
  ['  fold: folds.folds\n', `  fold: folds.folds\n  ${text}\n`],
];

describe('other folds', () => {
  refusals([
    {
      name: 'an estimate of a fold that is selected',
      stages: trained + moved('bars.test', 'level: known.level@fold=2'),
      refuses: ['known/not-after: bars.train → known.level → moved'],
    },
    {
      name: 'rows of a fold that is selected',
      stages: trained + moved('bars.test@fold=1'),
      refuses: ['known/not-after: bars.train → known.level → moved'],
    },
    {
      name: 'a symbol that is selected is no other fold (right)',
      stages: trained + moved('bars.test', 'level: known.level@symbol=BTCUSDT'),
    },
    {
      name: 'a second dimension over the same folds',
      edits: dimension('again: folds.folds'),
      stages: `${trained}other: { foreach: [symbol, again], use: walkforward.window, in: { frame: clean.bars }, with: { fold: $again } }
${moved('other.test', 'level: known.level', '[symbol, fold, again]')}`,
      refuses: ['known/not-after: bars.train → known.level → moved'],
    },
    {
      name: 'an estimate of all training windows together',
      stages: `
all: { foreach: symbol, use: lab.pool, in: { rows: bars.train } }
${moved('bars.test', 'level: all.level')}`,
      refuses: ['known/not-after: bars.train → all.level → moved'],
    },
    {
      name: 'an estimate of all symbols in one training window (right)',
      stages: `
all: { foreach: fold, use: lab.pool, in: { rows: bars.train } }
${moved('bars.test', 'level: all.level')}`,
    },
    {
      name: 'a window of the test window that was learnt from',
      stages: `
inner: { foreach: [symbol, fold], use: walkforward.window, in: { frame: bars.test }, with: { fold: $fold } }
known: { foreach: [symbol, fold], use: lab.estimate, in: { rows: bars.test } }
${moved('inner.test')}`,
      refuses: ['known/not-after: bars.test → known.level → moved'],
    },
  ]);
});

describe('parts that are used twice', () => {
  const cut = (ends: string, repeat = '') => `dag: cut
in: { bars: { type: bars } }
params: { ends: { type: ${ends} } }
stages:
  window:
    use: walkforward.window
    in: { frame: in.bars }
    with: { fold: { id: x, train_from: 1704067200000, train_to: $at, test_from: $at, test_to: 1711929600000 } }
${repeat}out: { train: window.train, test: window.test }
`;
  const single = { 'dags/parts/cut.yaml': cut('integer').replaceAll('$at', '$ends') };
  const looped = {
    'dags/parts/cut.yaml': cut(
      'list integer',
      '    repeat: { over: { at: $ends }, until: $at > 0 }\n',
    ),
  };
  const twice = (dims: readonly [string, string], ends: readonly [string, string]) => `
first: { foreach: ${dims[0]}, use: dags/parts/cut.yaml, in: { bars: clean.bars }, with: { ends: ${ends[0]} } }
second: { foreach: ${dims[1]}, use: dags/parts/cut.yaml, in: { bars: clean.bars }, with: { ends: ${ends[1]} } }
known: { foreach: ${dims[0]}, use: lab.estimate, in: { rows: first.train } }
`;
  const MOMENTS = '[1706745600000, 1709251200000]';
  refusals([
    {
      name: 'with dimensions of their own',
      edits: dimension(`a: ${MOMENTS}\n  b: ${MOMENTS}`),
      files: single,
      stages:
        twice(['[symbol, a]', '[symbol, b]'], ['$a', '$b']) +
        moved('second.test', 'level: known.level', '[symbol, a, b]'),
      refuses: ['known/not-after: first/window.train → known.level → moved'],
    },
    {
      name: 'with one dimension (right)',
      edits: dimension(`a: ${MOMENTS}`),
      files: single,
      stages:
        twice(['[symbol, a]', '[symbol, a]'], ['$a', '$a']) +
        moved('second.test', 'level: known.level', '[symbol, a]'),
    },
    {
      name: 'with loops that stop elsewhere',
      files: looped,
      stages:
        twice(['symbol', 'symbol'], ['[1709251200000]', '[1706745600000]']) +
        moved('second.test', 'level: known.level', 'symbol'),
      refuses: ['known/not-after: first/window.train → known.level → moved'],
    },
    {
      name: 'that hide an estimate',
      files: {
        'dags/parts/cut.yaml':
          'dag: cut\nin: { bars: { type: bars } }\nstages:\n  clipped: { use: lab.winsorize, in: { bars: in.bars } }\nout: { bars: clipped.bars }\n',
      },
      stages: `part: { foreach: symbol, use: dags/parts/cut.yaml, in: { bars: clean.bars } }\n${features('part.bars')}`,
      refuses: ['known/not-rowwise: raw.raw → clean.bars → part/clipped.bars → later'],
    },
  ]);
});

describe('rows that are more than they seem', () => {
  const paid =
    'paid: { foreach: [symbol, fold], use: walkforward.window, in: { frame: clean.funding }, with: { fold: $fold } }\n';
  const wide = (rows: string) => `
${trained}${paid}wide: { foreach: [symbol, fold], use: features.table, in: { bars: ${rows}, funding: paid.test }, with: { specs: [logret_1] } }
masked: { foreach: [symbol, fold], use: clean.outliers, in: { frame: wide.features }, with: { column: close } }
seen: { foreach: [symbol, fold], use: lab.signal, in: { rows: masked.frame, model: known.model } }
`;
  refusals([
    {
      name: 'all bars, with funding of the test window beside them',
      stages: wide('clean.bars'),
      refuses: ['known/not-after: bars.train → known.model → seen'],
    },
    { name: 'bars and funding of the test window (right)', stages: wide('bars.test') },
    {
      name: 'a source whose warm-up differs from item to item',
      edits: dimension('ahead_of: [5d, 10d]'),
      stages: `
early: { foreach: symbol, use: ingest.market, with: { market: demo, symbol: $symbol, span: { from: 2024-01-01, to: 2024-01-20 }, seed: 7 } }
late: { foreach: [symbol, ahead_of], use: ingest.market, with: { market: demo, symbol: $symbol, span: { from: 2024-02-01, to: 2024-03-10 }, warmup: $ahead_of, seed: 7 } }
bars_2: { foreach: [symbol, ahead_of], use: clean.market, in: { raw: late.raw, funding: late.funding }, with: { span: { from: 2024-02-01, to: 2024-03-10 } } }
known: { foreach: symbol, use: lab.estimate, in: { rows: early.raw } }
${moved('bars_2.bars', 'level: known.level', '[symbol, ahead_of]')}`,
      refuses: ['known/not-after: early.raw → known.level → moved'],
    },
  ]);
});

describe('files that come back', () => {
  const back = (folder: string, more = '') => `
again: { foreach: symbol, use: ingest.market, ${more}with: { market: demo, symbol: $symbol, folder: ${folder}, span: $span, seed: 7 } }
bars_2: { foreach: symbol, use: clean.market, in: { raw: again.raw, funding: again.funding }, with: { span: $span } }
${features('bars_2.bars')}`;
  refusals([
    {
      name: 'from a folder that a stage here publishes to',
      stages: `clipped: { foreach: symbol, use: lab.winsorize, in: { bars: clean.bars }, publish: { bars: lake/mine } }\n${back('lake/mine', 'after: clipped, ')}`,
      refuses: ['known/not-rowwise: again.raw → bars_2.bars → later'],
    },
    {
      name: 'from a folder that another pipeline published to',
      stages: back('lake/mine/perp'),
      files: { 'lake/mine/.published.json': '{}' },
      refuses: ['known/not-rowwise: again.raw → bars_2.bars → later'],
    },
    { name: 'from a folder of raw files (right)', stages: back('lake/raw') },
  ]);
});
