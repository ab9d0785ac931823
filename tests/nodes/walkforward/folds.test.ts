import { describe, expect, it } from '@jest/globals';
import { Frame, textColumn, timeColumn } from '../../../engine/sdk/index.js';
import folds from '../../../nodes/walkforward/folds.js';
import { frameOf } from '../../kit/chain.js';
import { nodeTable, runNode } from '../../kit/node.js';
import { golden } from '../math/golden.js';

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

/** Cases with a training window that moves and test windows that do not overlap: the others are refused or not offered. */
const cases = golden('selection-allocation', 'walk-forward')
  .at('cases')
  .list()
  .filter((c) => c.at('input', 'anchored').value === false)
  .filter((c) => c.at('input', 'step').number() >= c.at('input', 'test').number())
  .map((c) => [c.at('id').text(), c] as const);

it.each(cases)('golden windows %s, a day a row', async (_, c) => {
  const days = (key: string) => c.at('input', key).number() * D;
  const { outs } = await runNode(
    folds,
    {},
    {
      rhythm: {
        id: 'golden',
        train: days('train'),
        test: days('test'),
        step: days('step'),
        embargo: 0,
        purge: 0,
      },
      span: { from: JAN, to: JAN + days('rows') },
    },
  );
  const table = frameOf(outs, 'folds');
  const columns = ['train_from', 'train_to', 'test_from', 'test_to'];
  const found = Array.from({ length: table.length }, (_x, row) =>
    columns.map((name) => ((table.time(name)[row] ?? NaN) - JAN) / D),
  );
  const keys = ['trainStart', 'trainEnd', 'testStart', 'testEnd'];
  const want = c.at('expected', 'windows').list();
  expect(found).toEqual(want.map((w) => keys.map((key) => w.at(key).number())));
});
