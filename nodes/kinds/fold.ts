import { defineKind, t } from '../../engine/sdk/index.js';

const instant = (doc: string) => t.integer({ unit: 'ms', doc });

/** One fold of a walk forward, numbered from 1: a row of `walkforward.folds` as other nodes receive it. It has no folder. */
export const fold = defineKind({
  kind: 'fold',
  doc: 'A training window and the test window that follows it, half-open, in UTC milliseconds.',
  folder: '',
  fields: {
    train_from: instant('First instant of the training window.'),
    train_to: instant('First instant after the training window.'),
    test_from: instant('First instant of the test window.'),
    test_to: instant('First instant after the test window.'),
  },
});
