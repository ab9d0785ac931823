import { defineNode, Frame, t } from '../../engine/sdk/index.js';
import { rhythm } from '../kinds/rhythm.js';
import { folds } from '../ports.js';

export default defineNode({
  type: 'walkforward.folds',
  doc: 'Cut a span into folds: a training window, then a test window, each a step after the one before.',
  source: 'Pardo (2008), The Evaluation and Optimization of Trading Strategies, Wiley, chapter 11',
  time: 'row',

  in: {},
  out: { folds },
  params: {
    rhythm: t.spec(rhythm, { doc: 'Lengths of the windows.' }),
    span: t.span({ doc: 'Days that training and test windows lie in.' }),
  },
  errors: {
    'walkforward/overlap':
      'Rhythm {rhythm}: a step of {step} days is shorter than a test window of {test} days, so test windows would overlap.',
    'walkforward/no-training':
      'Rhythm {rhythm}: a purge of {purge} days leaves nothing of a training window of {train} days.',
    'walkforward/too-short': 'Rhythm {rhythm}: a fold takes {needed} days and the span has {days}.',
  },

  run(_, { rhythm: { id, train, test, step, embargo, purge }, span }, ctx) {
    if (step < test)
      ctx.refuse('walkforward/overlap', { rhythm: id, step: days(step), test: days(test) });
    if (purge >= train) {
      ctx.refuse('walkforward/no-training', { rhythm: id, purge: days(purge), train: days(train) });
    }
    const needed = train + embargo + test;
    const count = Math.floor((span.to - span.from - needed) / step) + 1;
    if (count < 1) {
      const facts = { rhythm: id, needed: days(needed), days: days(span.to - span.from) };
      ctx.refuse('walkforward/too-short', facts);
    }
    const starts = Float64Array.from({ length: count }, (_, k) => span.from + k * step);
    const shifted = (by: number) => ({ dtype: 'time', values: starts.map((s) => s + by) }) as const;
    return {
      folds: Frame.of({
        id: Array.from(starts, (_, k) => String(k + 1)),
        train_from: shifted(0),
        train_to: shifted(train - purge),
        test_from: shifted(train + embargo),
        test_to: shifted(train + embargo + test),
      }),
    };
  },
});

function days(ms: number): number {
  return ms / 86_400_000;
}
