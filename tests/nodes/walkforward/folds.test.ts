import { describe } from '@jest/globals';
import { Frame, textColumn, timeColumn } from '../../../engine/sdk/index.js';
import folds from '../../../nodes/walkforward/folds.js';
import { nodeTable } from '../../kit/node.js';

const D = 86_400_000;
const JAN = Date.UTC(2024, 0, 1);
const days = (...list: readonly number[]) => timeColumn(list.map((d) => JAN + d * D));
const rhythm = { id: 'fast', train: 10 * D, test: 5 * D, step: 5 * D, embargo: 0, purge: D };
const span = { from: JAN, to: JAN + 25 * D };

describe('walkforward.folds', () => {
  nodeTable(folds, {
    gives: [
      {
        name: 'trains, then tests, a step at a time, while the test fits into the span',
        params: { rhythm, span },
        out: {
          folds: Frame.of({
            id: textColumn(['1', '2', '3']),
            train_from: days(0, 5, 10),
            train_to: days(9, 14, 19),
            test_from: days(10, 15, 20),
            test_to: days(15, 20, 25),
          }),
        },
      },
      {
        name: 'an embargo moves the test window away',
        params: { rhythm: { ...rhythm, embargo: 2 * D, purge: 0 }, span },
        out: {
          folds: Frame.of({
            id: textColumn(['1', '2']),
            train_from: days(0, 5),
            train_to: days(10, 15),
            test_from: days(12, 17),
            test_to: days(17, 22),
          }),
        },
      },
      {
        name: 'steps wider than a test leave gaps',
        params: { rhythm: { ...rhythm, step: 9 * D }, span },
        out: {
          folds: Frame.of({
            id: textColumn(['1', '2']),
            train_from: days(0, 9),
            train_to: days(9, 18),
            test_from: days(10, 19),
            test_to: days(15, 24),
          }),
        },
      },
    ],
    refuses: [
      {
        name: 'test windows that overlap',
        params: { rhythm: { ...rhythm, step: 4 * D }, span },
        code: 'walkforward/overlap',
        data: { rhythm: 'fast', step: 4, test: 5 },
      },
      {
        name: 'a purge that eats the training window',
        params: { rhythm: { ...rhythm, purge: 10 * D }, span },
        code: 'walkforward/no-training',
        data: { rhythm: 'fast', purge: 10, train: 10 },
      },
      {
        name: 'a span that holds no fold',
        params: { rhythm, span: { from: JAN, to: JAN + 14 * D } },
        code: 'walkforward/too-short',
        data: { rhythm: 'fast', needed: 15, days: 14 },
      },
    ],
  });
});
