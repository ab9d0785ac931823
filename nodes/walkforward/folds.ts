import {
  defineNode,
  Frame,
  type JsonObject,
  type Span,
  type SpecOf,
  t,
} from '../../engine/sdk/index.js';
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

  shape(_ins, params, ctx) {
    if (!ctx.knows('rhythm') || !ctx.knows('span')) return {};
    const { wrong } = cutting(params.rhythm, params.span);
    if (wrong) ctx.wrong('rhythm', ...wrong);
    return {};
  },

  run(_, { rhythm, span }, ctx) {
    const { wrong, count } = cutting(rhythm, span);
    if (wrong) ctx.refuse(...wrong);
    const { train, test, step, embargo, purge } = rhythm;
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

type Rhythm = SpecOf<typeof rhythm>;

/** How many folds fit into a span, or why none can be cut. */
function cutting(
  { id, train, test, step, embargo, purge }: Rhythm,
  span: Span,
): { readonly wrong?: readonly [code: string, facts: JsonObject]; readonly count: number } {
  const none = (problem: string, facts: JsonObject) => {
    return { wrong: [`walkforward/${problem}`, { rhythm: id, ...facts }] as const, count: 0 };
  };
  if (step < test) return none('overlap', { step: days(step), test: days(test) });
  if (purge >= train) return none('no-training', { purge: days(purge), train: days(train) });
  const needed = train + embargo + test;
  const length = span.to - span.from;
  if (length < needed) return none('too-short', { needed: days(needed), days: days(length) });
  return { count: Math.floor((length - needed) / step) + 1 };
}

function days(ms: number): number {
  return ms / 86_400_000;
}
