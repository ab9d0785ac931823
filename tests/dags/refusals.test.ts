import { describe } from '@jest/globals';
import { features, refusals } from './refusing.js';

/*
 * What the compiler refuses because it would look into the future, and what looks alike and is right. Each refusal names the
 * path from the estimate to the port that may not have it.
 */

const LIVED =
  'found.train → discovery/tests.tests → discovery/shrunk.effects → discovery/found.candidates → atoms.atoms → selection/factors.factors → selection/scores.scores → selection/winners.winners → selection/chosen.atoms → weights.weights → lived';
const TRAINED = LIVED.replace(
  'found.train',
  'found.train → discovery/quality.verdicts → discovery/grid.hypotheses',
);

describe('an estimate upstream of a decision', () => {
  refusals([
    {
      name: 'features of prices that were clipped to quantiles of all days',
      edits: [['in: { bars: clean.bars,', 'in: { bars: clipped.bars,']],
      stages: 'clipped: { foreach: symbol, use: lab.winsorize, in: { bars: clean.bars } }\n',
      refuses: ['known/not-rowwise: raw.raw → clean.bars → clipped.bars → features'],
    },
    {
      name: 'the same inside a training window',
      stages: `
clipped: { foreach: [symbol, fold], use: lab.winsorize, in: { bars: bars.train } }
${features('clipped.bars', '[symbol, fold]')}`,
      refuses: ['known/not-rowwise: bars.train → clipped.bars → later'],
    },
    {
      name: 'events of a model that saw the same rows',
      stages: `
model: { foreach: symbol, use: lab.estimate, in: { rows: features.features } }
seen: { foreach: symbol, use: lab.signal, in: { rows: features.features, model: model.model } }
all: { use: events.merge, in: { registries: seen.events } }
`,
      refuses: ['known/not-after: raw.raw → clean.bars → features.features → model.model → seen'],
    },
    {
      name: 'orders on the training window',
      edits: [
        ['bars: bars.test, decisions: decided.test', 'bars: bars.train, decisions: decided.train'],
      ],
      refuses: [`known/not-after: ${TRAINED}`, `known/not-after: ${TRAINED}`],
    },
    {
      name: 'orders on all decisions',
      edits: [['decisions: decided.test', 'decisions: decisions.decisions']],
      refuses: [`known/not-after: ${TRAINED}`],
    },
    {
      name: 'discovery on the test window',
      edits: [
        [
          'bars: bars.train, events: found.train, decisions: decided.train, funding: settled.train',
          'bars: bars.test, events: found.test, decisions: decided.train, funding: settled.train',
        ],
      ],
      refuses: Array.from(
        { length: 2 },
        () => `known/not-after: ${TRAINED.replaceAll('train', 'test')}`,
      ),
    },
  ]);
});

describe('outcomes', () => {
  const targets =
    'targets: { foreach: symbol, use: targets.table, in: { features: features.features }, with: { specs: spec/targets/**/*.yaml } }\n';
  const masked = `${targets}masked: { foreach: symbol, use: clean.outliers, in: { frame: targets.targets }, with: { column: forward_return_1 } }\n`;
  const event = (of: string, needs = 'perp_ohlcv_5m') =>
    `event: PEEK\nfamily: VOLATILITY_TRANSITION\nneeds: [${needs}]\nfires: ${of} > 0.01\ncooldown: 6b\nside: sign(${of})\nseverity: abs(${of})\ntemplates: [continuation]\nhorizons: [60m]\n`;
  refusals([
    {
      name: 'an event over a table of outcomes',
      edits: [
        ['features: features.features }, with: { event', 'features: masked.frame }, with: { event'],
        ['event: VOL_SPIKE', 'event: PEEK'],
      ],
      stages: masked,
      files: { 'spec/events/VOLATILITY_TRANSITION/PEEK.yaml': event('forward_return_1') },
      refuses: [
        'expr/outcome: fires → forward_return_1 (line 4)',
        'expr/outcome: side → forward_return_1 (line 6)',
        'expr/outcome: severity → forward_return_1 (line 7)',
      ],
    },
    {
      name: 'a table of outcomes, though nothing of it is read but the clock',
      edits: [
        ['features: features.features }, with: { event', 'features: masked.frame }, with: { event'],
        ['event: VOL_SPIKE', 'event: PEEK'],
      ],
      stages: masked,
      files: { 'spec/events/VOLATILITY_TRANSITION/PEEK.yaml': event('hour', 'calendar') },
      refuses: [
        'known/outcome: raw.raw → clean.bars → features.features → targets.targets → masked.frame → registry',
      ],
    },
    {
      name: 'an outcome column in a feature',
      stages: features('clean.bars').replace('logret_1', 'peek'),
      files: { 'spec/features/returns/peek.yaml': 'feature: peek\nexpr: 2 * forward_return_1\n' },
      refuses: [
        'expr/unknown-name: There is no column, feature or operator called "forward_return_1".',
      ],
    },
    {
      name: 'a feature that looks ahead by itself',
      stages: features('clean.bars').replace('logret_1', 'peek'),
      files: {
        'spec/features/returns/peek.yaml': 'feature: peek\nexpr: ahead(close, 1) / close\n',
      },
      refuses: ['expr/looks-ahead: peek → ahead(close, 1) (line 2)'],
    },
    {
      name: 'labels that end after the training window',
      stages: `
${targets}labels: { foreach: [symbol, fold], use: walkforward.window, in: { frame: targets.targets }, with: { fold: $fold } }
model: { foreach: [symbol, fold], use: lab.estimate, in: { rows: labels.train } }
moved: { foreach: [symbol, fold], use: lab.adjust, in: { bars: bars.test, model: model.model } }
`,
      refuses: [
        'known/not-after: raw.raw → clean.bars → features.features → targets.targets → labels.train → model.model → moved',
      ],
    },
  ]);
});

describe('windows that overlap', () => {
  const source = (name: string, span: string) => `
${name}: { foreach: symbol, use: ingest.market, with: { market: demo, symbol: $symbol, span: { ${span} }, seed: 7 } }
${name}_bars: { foreach: symbol, use: clean.market, in: { raw: ${name}.raw, funding: ${name}.funding }, with: { span: { ${span} } } }
`;
  const learnt = `
model: { foreach: symbol, use: lab.estimate, in: { rows: early_bars.bars } }
moved: { foreach: symbol, use: lab.adjust, in: { bars: late_bars.bars, model: model.model } }
`;
  const fold = (test_from: number) => `
cut: { foreach: symbol, use: walkforward.window, in: { frame: clean.bars }, with: { fold: { id: x, train_from: 1704067200000, train_to: 1706745600000, test_from: ${test_from}, test_to: 1707350400000 } } }
`;
  refusals([
    {
      name: 'a span that is learnt from and one that is tested on share ten days',
      stages: `${source('early', 'from: 2024-01-01, to: 2024-02-10')}${source('late', 'from: 2024-02-01, to: 2024-03-10')}${learnt}`,
      refuses: ['known/not-after: early.raw → early_bars.bars → model.model → moved'],
    },
    {
      name: 'they share the warm-up',
      stages: `${source('early', 'from: 2024-01-01, to: 2024-01-31')}${source('late', 'from: 2024-02-01, to: 2024-03-10').replace('seed', 'warmup: 5d, seed')}${learnt}`,
      refuses: ['known/not-after: early.raw → early_bars.bars → model.model → moved'],
    },
    {
      name: 'they follow each other (right)',
      stages: `${source('early', 'from: 2024-01-01, to: 2024-01-31')}${source('late', 'from: 2024-02-01, to: 2024-03-10')}${learnt}`,
    },
    {
      name: 'a fold that tests what it trained on',
      stages: fold(1706140800000),
      refuses: [
        'walkforward/windows-meet: cut: Fold x trains until 2024-02-01T00:00:00.000Z and tests from 2024-01-25T00:00:00.000Z: the windows overlap.',
      ],
    },
    { name: 'a fold that tests what follows (right)', stages: fold(1706745600000) },
    {
      name: 'a step that tests the same days twice',
      edits: [['step: 10d', 'step: 9d']],
      refuses: [
        'walkforward/overlap: folds: Rhythm once: a step of 9 days is shorter than a test window of 10 days, so test windows would overlap.',
      ],
    },
  ]);
});
