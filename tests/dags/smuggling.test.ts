import { describe } from '@jest/globals';
import { features, refusals } from './refusing.js';

/*
 * Ways around the rule that a decision sees no estimate of its own rows or of later ones: through loops, parts, checks, stand-ins,
 * selections, files. Beside each stands what looks alike and is right.
 */

const level = 'known: { foreach: symbol, use: lab.estimate, in: { rows: clean.bars } }\n';
const trained = 'known: { foreach: [symbol, fold], use: lab.estimate, in: { rows: bars.train } }\n';
const path = 'raw.raw → clean.bars → known.level';

describe('what is no table', () => {
  const beside = (port: string) =>
    `${level}moved: { foreach: symbol, use: lab.adjust, in: { bars: clean.bars, ${port}: known.${port} } }\n`;
  refusals([
    ...['level', 'levels', 'model'].map((port) => ({
      name: `an estimate as ${port}`,
      stages: beside(port),
      refuses: [`known/not-after: raw.raw → clean.bars → known.${port} → moved`],
    })),
    {
      name: 'an estimate of the training window on the test window (right)',
      stages: `${trained}moved: { foreach: [symbol, fold], use: lab.adjust, in: { bars: bars.test, levels: known.levels } }\n${features('moved.bars', '[symbol, fold]')}`,
    },
    {
      name: 'a summary of a node that goes row by row',
      stages: `
once: { foreach: symbol, use: lab.adjust, in: { bars: clean.bars } }
twice: { foreach: symbol, use: lab.adjust, in: { bars: clean.bars, levels: once.seen } }
`,
      refuses: ['known/not-after: raw.raw → clean.bars → once.seen → twice'],
    },
    {
      name: 'a model of outcomes of the training window on the test window (right)',
      stages: `
labels: { foreach: [symbol, fold], use: targets.table, in: { features: bars.train }, with: { specs: spec/targets/**/*.yaml } }
model: { foreach: [symbol, fold], use: lab.estimate, in: { rows: labels.targets } }
seen: { foreach: [symbol, fold], use: lab.signal, in: { rows: bars.test, model: model.model } }
all: { foreach: fold, use: events.merge, in: { registries: seen.events } }
`,
    },
  ]);
});

describe('loops', () => {
  const loop = (until: string, carry = '') => `
again:
  foreach: symbol
  use: lab.adjust
  in: { bars: clean.bars }
  with: { by: $k }
  repeat: { over: { k: [1, 2] }, until: ${until}${carry} }
`;
  refusals([
    {
      name: '"until" stops by what all rows say',
      stages: loop('rows(bars) > 10'),
      refuses: ['known/control: raw.raw → clean.bars → again'],
    },
    {
      name: '"carry" brings what a round saw of all rows to the next',
      stages: loop('$k >= 2', ', carry: { levels: seen }'),
      refuses: ['known/not-after: raw.raw → clean.bars → again.seen → again'],
    },
    {
      name: '"carry" brings rows that were made row by row (right)',
      stages: `${loop('$k >= 2', ', carry: { bars: bars }')}${features('again.bars')}`,
    },
    {
      name: 'the number of rounds is an estimate too',
      stages: `
rounds:
  foreach: symbol
  use: lab.estimate
  in: { rows: clean.bars }
  repeat: { at_most: 3, until: level > 0, carry: { rows: folds } }
moved: { foreach: symbol, use: lab.adjust, in: { bars: clean.bars, level: rounds.rounds } }
`,
      refuses: ['known/not-after: raw.raw → clean.bars → rounds.folds → rounds.rounds → moved'],
    },
  ]);
});

describe('control', () => {
  const gate = (rows: string, dims: string, more = '') =>
    `gate: { foreach: ${dims}, use: lab.adjust, in: { bars: ${rows} }, when: rows(bars) > 9${more} }\n`;
  const picked = (rows: string) =>
    `picked: { foreach: [symbol, fold, pick], use: lab.pick, in: { bars: ${rows} }, with: { which: $pick } }\n`;
  const pick = ['  fold: folds.folds\n', '  fold: folds.folds\n  pick: known.levels\n'] as const;
  refusals([
    {
      name: '"when" looks at all rows',
      stages: gate('clean.bars', 'symbol'),
      refuses: ['known/control: raw.raw → clean.bars → gate'],
    },
    {
      name: '"when" around a part looks at an estimate',
      stages: `${level}part: { foreach: symbol, use: dags/parts/plain.yaml, in: { bars: clean.bars, level: known.level }, when: level > 3 }\n`,
      files: {
        'dags/parts/plain.yaml':
          'dag: plain\nin: { bars: { type: bars }, level: { type: scalar } }\nstages:\n  table: { use: features.table, in: { bars: in.bars }, with: { specs: [logret_1] } }\nout: { features: table.features }\n',
      },
      refuses: [`known/control: ${path} → part/table`],
    },
    {
      name: 'a dimension over an estimate of the same rows',
      edits: [pick],
      stages: trained + picked('bars.train'),
      refuses: ['known/control: bars.train → known.levels → picked'],
    },
    {
      name: 'a dimension over an estimate of earlier rows (right)',
      edits: [pick],
      stages: trained + picked('bars.test'),
    },
    {
      name: 'folds that data have chosen',
      edits: [['  fold: folds.folds\n', '  fold: folds.folds\n  era: known.folds\n']],
      stages: `
known: { use: lab.estimate, in: { rows: events.events } }
eras: { foreach: [symbol, era], use: walkforward.window, in: { frame: clean.bars }, with: { fold: $era } }
${features('eras.test', '[symbol, era]')}`,
      refuses: [
        'known/not-rowwise: raw.raw → clean.bars → features.features → registry.events → events.events → known.folds → eras.test → later',
      ],
    },
    {
      name: '"else" brings an estimate',
      stages: `
${trained}clipped: { foreach: [symbol, fold], use: lab.winsorize, in: { bars: bars.test } }
gate: { foreach: [symbol, fold], use: lab.adjust, in: { bars: bars.test, level: known.level }, when: level > 3, else: clipped }
${features('gate.bars', '[symbol, fold]')}`,
      refuses: ['known/not-rowwise: bars.test → clipped.bars → gate.bars → later'],
    },
    {
      name: '"else" brings other rows of the window (right)',
      stages: `
${trained}plain: { foreach: [symbol, fold], use: lab.adjust, in: { bars: bars.test } }
gate: { foreach: [symbol, fold], use: lab.adjust, in: { bars: bars.test, level: known.level }, when: level > 3, else: plain }
${features('gate.bars', '[symbol, fold]')}`,
    },
  ]);
});

describe('sources that an estimate lets in', () => {
  const span = '{ from: 2024-01-01, to: 2024-01-30 }';
  const part = (stages: string, out: string) => ({
    'dags/parts/plain.yaml': `dag: plain\nin: { level: { type: scalar } }\nparams: { symbol: { type: text, default: BTCUSDT } }\nstages:\n  ${stages}\nout: ${out}\n`,
  });
  const again = (raw: string) => `
clean2: { foreach: symbol, use: clean.market, in: { raw: ${raw}.raw, funding: ${raw}.funding }, with: { span: ${span} } }
later2: { foreach: symbol, use: features.table, in: { bars: clean2.bars }, with: { specs: [logret_1] } }
`;
  const sink =
    'sink: { foreach: symbol, use: lab.winsorize, in: { bars: clean.bars }, publish: { bars: lake/mine } }\n';
  const reads = (folder: string, more = '') =>
    `${sink}raw2: { foreach: ${more === '' ? '[symbol, src]' : 'symbol'}, use: ingest.market, with: { market: binance_perp, symbol: $symbol, span: ${span}, folder: ${folder} }${more} }`;
  const back = 'known/not-rowwise: raw2.raw → clean2.bars → later2';
  refusals([
    {
      name: 'a source inside a part that an estimate of all rows lets run',
      stages: `${level}part: { foreach: symbol, use: dags/parts/plain.yaml, in: { level: known.level }, with: { symbol: $symbol }, when: level > 3 }${again('part')}`,
      files: part(
        `raw: { use: ingest.market, with: { market: demo, symbol: $symbol, span: ${span}, seed: 1 } }`,
        '{ raw: raw.raw, funding: raw.funding }',
      ),
      refuses: [
        'known/not-rowwise: raw.raw → clean.bars → known.level → part/raw.raw → clean2.bars → later2',
      ],
    },
    {
      name: 'folds that an estimate of all rows chooses between',
      edits: [['  fold: folds.folds\n', '  fold: folds.folds\n  era: part.folds\n']],
      stages: `
one: { use: lab.pool, in: { rows: clean.bars } }
part: { use: dags/parts/plain.yaml, in: { level: one.level }, when: level > 3, else: folds }
eras: { foreach: [symbol, era], use: walkforward.window, in: { frame: clean.bars }, with: { fold: $era } }
${features('eras.test', '[symbol, era]')}`,
      files: part(
        'folds: { use: walkforward.folds, with: { rhythm: { id: b, train: 10d, test: 5d, step: 5d }, span: { from: 2024-01-01, to: 2024-03-01 } } }',
        '{ folds: folds.folds }',
      ),
      refuses: [
        'known/not-rowwise: raw.raw → clean.bars → one.level → part/folds.folds → eras.test → later',
      ],
    },
    {
      name: 'files that were published, in a folder of a dimension',
      edits: [['  fold: folds.folds\n', '  fold: folds.folds\n  src: [lake]\n']],
      stages: `${reads('$src')}${again('raw2').replaceAll('foreach: symbol', 'foreach: [symbol, src]')}`,
      refuses: [back],
    },
    {
      name: 'files that were published, in a folder of a round',
      stages: `${reads('$f', ', repeat: { over: { f: [elsewhere, lake/mine] }, until: rows(raw) > 0 }')}${again('raw2')}`,
      refuses: [back],
    },
  ]);
});
