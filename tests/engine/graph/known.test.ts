import { describe, expect, it } from '@jest/globals';
import { Problems } from '../../../engine/diag/problems.js';
import type { Stage } from '../../../engine/graph/graph.js';
import { knownAt } from '../../../engine/graph/known.js';
import { type axis, graph, node, rowsOf, stage } from '../../kit/graph.js';

const rows = { kind: 'frame', doc: 'rows' } as const;
const decides = { kind: 'frame', doc: 'decides', rowwise: true } as const;
const value = { kind: 'json', doc: 'value' } as const;
const folds = { contract: 'folds', doc: 'folds', columns: { fold: 'f64' } };

const source = node('data.bars', { effects: ['read'] });
const window = node('cut.window', {
  in: { frame: rows },
  out: { train: rows, test: rows },
  windows: ['train', 'test'],
});
const fit = node('model.fit', { time: 'fit', in: { frame: rows }, out: { model: value } });
const apply = node('model.apply', { in: { rows, model: value } });
const trade = node('sim.trade', { in: { orders: decides }, out: { returns: rows } });
const label = node('label.ahead', { time: 'future', in: { bars: rows } });

function problemsOf(stages: readonly Stage[], contracts = {}): readonly string[] {
  const problems = new Problems();
  knownAt(graph(stages, contracts), new Map(), problems);
  return problems.all.map((p) => `${p.code}: ${String(p.facts.path ?? '')}`);
}

const bars = stage('bars', source);
const cut = stage('cut', window, { from: { frame: [bars, 'out'] } });

const cases: readonly {
  readonly name: string;
  readonly stages: readonly Stage[];
  readonly problems: readonly string[];
}[] = [
  {
    name: 'a model of the train window may decide on the test window',
    stages: (() => {
      const model = stage('model', fit, { from: { frame: [cut, 'train'] } });
      const applied = stage('applied', apply, {
        from: { rows: [cut, 'test'], model: [model, 'model'] },
      });
      return [
        bars,
        cut,
        model,
        applied,
        stage('trade', trade, { from: { orders: [applied, 'out'] } }),
      ];
    })(),
    problems: [],
  },
  {
    name: 'the window it was fitted on is refused beside it',
    stages: (() => {
      const model = stage('model', fit, { from: { frame: [cut, 'train'] } });
      return [
        bars,
        cut,
        model,
        stage('applied', apply, { from: { rows: [cut, 'train'], model: [model, 'model'] } }),
      ];
    })(),
    problems: ['known/not-after: cut.train → model.model → applied'],
  },
  {
    name: 'a model of the test window is refused beside the train window',
    stages: (() => {
      const model = stage('model', fit, { from: { frame: [cut, 'test'] } });
      return [
        bars,
        cut,
        model,
        stage('applied', apply, { from: { rows: [cut, 'train'], model: [model, 'model'] } }),
      ];
    })(),
    problems: ['known/not-after: cut.test → model.model → applied'],
  },
  {
    name: 'a whole-sample fit upstream of a decision names the path',
    stages: (() => {
      const model = stage('model', node('model.scale', { time: 'fit', in: { frame: rows } }), {
        from: { frame: [bars, 'out'] },
      });
      const next = stage('next', node('row.copy', { in: { frame: rows } }), {
        from: { frame: [model, 'out'] },
      });
      return [bars, model, next, stage('trade', trade, { from: { orders: [next, 'out'] } })];
    })(),
    problems: ['known/not-rowwise: bars.out → model.out → next.out → trade'],
  },
  {
    name: 'an outcome never decides',
    stages: (() => {
      const labels = stage('labels', label, { from: { bars: [bars, 'out'] } });
      return [bars, labels, stage('trade', trade, { from: { orders: [labels, 'out'] } })];
    })(),
    problems: ['known/outcome: bars.out → labels.out → trade'],
  },
  {
    name: 'windows of all folds together are after nothing',
    stages: (() => {
      const list = stage(
        'folds',
        node('walk.folds', { out: { folds: { ...rows, contract: 'folds' } } }),
      );
      const fold = rowsOf('fold', list, 'folds');
      const perFold = stage('cut', window, {
        dims: [fold],
        from: { frame: [bars, 'out'] },
        more: foldParam(fold),
      });
      const models = stage(
        'models',
        node('model.all', {
          time: 'fit',
          in: { frames: { ...rows, many: { min: 1 } } },
          out: { model: value },
        }),
        {
          from: { frames: [perFold, 'train'] },
        },
      );
      const applied = stage('applied', apply, {
        dims: [fold],
        from: { rows: [perFold, 'test'], model: [models, 'model'] },
      });
      return [bars, list, perFold, models, applied];
    })(),
    problems: ['known/not-after: cut.train → models.model → applied'],
  },
  {
    name: 'a dimension read from data is an estimate of all of its rows',
    stages: (() => {
      const dimension = rowsOf('name', bars, 'out');
      return [bars, stage('trade', trade, { dims: [dimension], from: { orders: [bars, 'out'] } })];
    })(),
    problems: ['known/control: bars.out → trade'],
  },
];

function foldParam(fold: ReturnType<typeof axis>): Partial<Stage> {
  const place = { file: 'test.yaml', line: 1, col: 1, length: 1 };
  return {
    params: [
      { name: 'fold', place, dims: [fold], rounds: [], identity: 'dimension fold', at: () => 1 },
    ],
  };
}

describe('known-at', () => {
  for (const { name, stages, problems } of cases) {
    it(name, () => expect(problemsOf(stages, { folds })).toEqual(problems));
  }
});
