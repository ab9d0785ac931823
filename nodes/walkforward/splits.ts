import {
  defineNode,
  Frame,
  type JsonObject,
  t,
  textColumn,
  timeColumn,
} from '../../engine/sdk/index.js';
import { DAY } from '../math/days.js';
import { type Cut, type Interval, type Part, partsOf, timeSplits } from '../math/splits.js';
import { folds, splits } from '../ports.js';

/*
 * What follows a decision reaches `horizon` and `entry_lag` bars beyond it. The ends of training and validation are cut by that
 * much (purge), so that no outcome of theirs leaves them; and what comes next starts at least as much later, and a day at least
 * (embargo), so that what one has seen does not echo in the other.
 */

export default defineNode({
  type: 'walkforward.splits',
  doc: 'Cut a span once: training to discover in, validation to judge what was found, and a test that stays closed.',
  source:
    'López de Prado (2018), Advances in Financial Machine Learning, Wiley, chapter 7; gates of `bridge` and `walkforward`',
  time: 'row',

  in: {},
  out: {
    folds: { ...folds, doc: 'One fold: trained on training, judged on validation.' },
    holdout: {
      ...folds,
      doc: 'One fold: all up to the end of validation, then the test. What does not read it does not open the test.',
    },
    splits: { ...splits, doc: 'The whole span, part by part, the gaps between the windows too.' },
  },
  params: {
    span: t.span({ doc: 'Days that the three windows lie in.' }),
    train: t.number({ default: 0.6, above: 0, max: 1, doc: 'Share of the days to train on.' }),
    validation: t.number({
      default: 0.2,
      above: 0,
      max: 1,
      doc: 'Share of the days to validate on.',
    }),
    embargo: t.duration({ default: '2d', doc: 'Gap before validation and before the test.' }),
    horizon: t.duration({ default: '24h', doc: 'Longest horizon that is tried.' }),
    entry_lag: t.integer({
      default: 1,
      min: 1,
      unit: 'bars',
      doc: 'From the signal to the entry.',
    }),
    spacing: t.duration({ default: '5m', doc: 'Length of a bar.' }),
  },
  errors: {
    'walkforward/embargo':
      'An embargo of {embargo} days is shorter than {least} days: a day, and what an outcome reaches, is the least.',
    'walkforward/nothing-left':
      'Shares of {train} and {validation} leave no test: together they must be below 1.',
    'walkforward/span-too-short':
      'A span of {days} days leaves no {window} window after purge and embargo.',
  },

  shape(_ins, params, ctx) {
    if (!Object.keys(params).every((name) => ctx.knows(name))) return {};
    const wrong = wrongIn(params);
    if (wrong) ctx.wrong(wrong.param, wrong.code, wrong.facts);
    return {};
  },

  run(_, params, ctx) {
    const wrong = wrongIn(params);
    if (wrong) ctx.refuse(wrong.code, wrong.facts);
    const windows = timeSplits(params.span, cutOf(params));
    const { train, validation, test } = windows;
    return {
      folds: foldOf('validation', train, validation),
      holdout: foldOf('test', { from: train.from, to: validation.to }, test),
      splits: tableOf(partsOf(windows, reachOf(params))),
    };
  },
});

interface Params {
  readonly span: Interval;
  readonly train: number;
  readonly validation: number;
  readonly embargo: number;
  readonly horizon: number;
  readonly entry_lag: number;
  readonly spacing: number;
}

/** Milliseconds from a decision to the exit of the position it opens. */
function reachOf({ horizon, entry_lag, spacing }: Params): number {
  return horizon + entry_lag * spacing;
}

function cutOf(params: Params): Cut {
  const { train, validation, embargo } = params;
  return { train, validation, embargo, purge: reachOf(params) };
}

interface Wrong {
  readonly param: string;
  readonly code: string;
  readonly facts: JsonObject;
}

/** What is wrong with the parameters, and with which. */
function wrongIn(params: Params): Wrong | undefined {
  const { span, train, validation, embargo } = params;
  const least = Math.max(DAY, reachOf(params));
  if (embargo < least) {
    const facts = { embargo: embargo / DAY, least: least / DAY };
    return { param: 'embargo', code: 'walkforward/embargo', facts };
  }
  if (train + validation >= 1) {
    const facts = { train, validation };
    return { param: 'validation', code: 'walkforward/nothing-left', facts };
  }
  const windows = Object.entries(timeSplits(span, cutOf(params)));
  const empty = windows.find(([, { from, to }]) => to <= from);
  if (!empty) return undefined;
  const facts = { days: (span.to - span.from) / DAY, window: empty[0] };
  return { param: 'span', code: 'walkforward/span-too-short', facts };
}

function foldOf(id: string, train: Interval, test: Interval): Frame {
  const instant = (ms: number) => timeColumn([ms]);
  return Frame.of({
    id: textColumn([id]),
    train_from: instant(train.from),
    train_to: instant(train.to),
    test_from: instant(test.from),
    test_to: instant(test.to),
  });
}

function tableOf(parts: readonly Part[]): Frame {
  return Frame.of({
    split: textColumn(parts.map(({ split }) => split)),
    from: timeColumn(parts.map(({ from }) => from)),
    to: timeColumn(parts.map(({ to }) => to)),
  });
}
