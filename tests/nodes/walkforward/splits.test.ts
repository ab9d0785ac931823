import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Frame, textColumn, timeColumn } from '../../../engine/sdk/index.js';
import { partsOf, timeSplits } from '../../../nodes/math/splits.js';
import splits from '../../../nodes/walkforward/splits.js';
import { nodeTable } from '../../kit/node.js';
import { type Golden, golden } from '../math/golden.js';
import { refused } from '../math/refused.js';

const D = 86_400_000;
const FIVE = 300_000;
const JAN = Date.UTC(2024, 0, 1);
const days = (n: number) => JAN + n * D;
const row = (id: string, ...[a, b, c, d]: readonly [number, number, number, number]) =>
  Frame.of({
    id: textColumn([id]),
    train_from: timeColumn([a]),
    train_to: timeColumn([b]),
    test_from: timeColumn([c]),
    test_to: timeColumn([d]),
  });
/** Parts by their label and first instant, to the end of the last. */
const parts = (list: readonly (readonly [split: string, from: number])[], end: number) =>
  Frame.of({
    split: textColumn(list.map(([split]) => split)),
    from: timeColumn(list.map(([, from]) => from)),
    to: timeColumn([...list.slice(1).map(([, from]) => from), end]),
  });
const span = { from: JAN, to: days(100) };
const short = { horizon: '60m', embargo: '1d' };

describe('walkforward.splits', () => {
  nodeTable(splits, {
    gives: [
      {
        name: 'cuts the ends by horizon and lag, and leaves the embargo out',
        params: { span, ...short },
        out: {
          folds: row('validation', JAN, days(60) - 13 * FIVE, days(61), days(81) - 13 * FIVE),
          holdout: row('test', JAN, days(81) - 13 * FIVE, days(82), days(100)),
          splits: parts(
            [
              ['train', JAN],
              ['purged', days(60) - 13 * FIVE],
              ['embargo', days(60)],
              ['validation', days(61)],
              ['purged', days(81) - 13 * FIVE],
              ['embargo', days(81)],
              ['test', days(82)],
            ],
            days(100),
          ),
        },
      },
      {
        name: 'takes other shares, lags and bars',
        params: { span, ...short, train: 0.29, validation: 0.3, entry_lag: 2, spacing: '1h' },
        out: {
          folds: row(
            'validation',
            JAN,
            days(29) - 3 * 12 * FIVE,
            days(30),
            days(60) - 3 * 12 * FIVE,
          ),
          holdout: row('test', JAN, days(60) - 3 * 12 * FIVE, days(61), days(100)),
        },
      },
    ],
    refuses: [
      {
        name: 'no embargo',
        params: { span, ...short, embargo: '0d' },
        code: 'walkforward/embargo',
        data: { embargo: 0, least: 1 },
      },
      {
        name: 'an embargo that an outcome reaches across',
        params: { span, horizon: '24h', embargo: '1d' },
        code: 'walkforward/embargo',
        data: { embargo: 1, least: 1 + FIVE / D },
      },
      {
        name: 'shares that leave no test',
        params: { span, ...short, train: 0.7, validation: 0.3 },
        code: 'walkforward/nothing-left',
        data: { train: 0.7, validation: 0.3 },
      },
      {
        name: 'a span that is too short',
        params: { span: { from: JAN, to: days(4) }, ...short },
        code: 'walkforward/span-too-short',
        data: { days: 4, window: 'validation' },
      },
    ],
  });
});

const number = (params: Golden, key: string, otherwise: number) =>
  params.has(key) ? params.at(key).number() : otherwise;

describe('golden windows', () => {
  for (const item of golden('event-research', 'time_splits').at('cases').list()) {
    it(item.at('label').text(), () => {
      const params = item.at('params');
      const last = Date.parse(params.at('end').text());
      const found = timeSplits(
        { from: Date.parse(params.at('start').text()), to: last + D },
        {
          train: number(params, 'train_frac', 0.6),
          validation: number(params, 'validation_frac', 0.2),
          embargo: params.at('embargo_days').number() * D,
          purge:
            number(params, 'purge_bars', 0) * number(params, 'bar_duration_minutes', 5) * 60_000,
        },
      );
      // Golden ends are the last second; that of the test is the midnight its last day begins with, and ours that it ends with.
      const want = item.at('windows').list();
      const times = want.map((w) => ['start', 'end'].map((key) => Date.parse(w.at(key).text())));
      const { train, validation, test } = found;
      expect([
        [train.from, train.to - 1000],
        [validation.from, validation.to - 1000],
        [test.from, test.to - D],
      ]).toEqual(times);
    });
  }
});

it('refuses shares that are none', () => {
  const cut = { train: 0.6, validation: 0.2, embargo: 0, purge: 0 };
  for (const wrong of [{ train: 1 }, { validation: 0.4 }, { embargo: -1 }, { purge: -1 }]) {
    expect(refused(() => timeSplits(span, { ...cut, ...wrong }))).toMatchObject({
      code: 'math/out-of-range',
    });
  }
});

it('parts follow one another through the whole span, and the windows are three of them', () => {
  const hours = fc.integer({ min: 0, max: 72 }).map((h) => h * 3_600_000);
  fc.assert(
    fc.property(
      hours,
      hours,
      fc.double({ min: 0.1, max: 0.4, noNaN: true }),
      (embargo, purge, share) => {
        const windows = timeSplits(span, { train: share, validation: share, embargo, purge });
        const found = partsOf(windows, purge);
        expect(found[0]?.from).toBe(span.from);
        expect(found.map(({ to }) => to)).toEqual([
          ...found.slice(1).map(({ from }) => from),
          span.to,
        ]);
        for (const [split, window] of Object.entries(windows)) {
          expect(found).toContainEqual({ split, ...window });
        }
      },
    ),
  );
});
