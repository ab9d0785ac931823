import { describe, expect, it } from '@jest/globals';
import { ABSENT, type Shape } from '../../../engine/sdk/index.js';
import window from '../../../nodes/walkforward/window.js';
import { frame } from '../../kit/frame.js';
import { nodeTable, shapesOf } from '../../kit/node.js';

const fold = { id: '1', train_from: 10, train_to: 30, test_from: 40, test_to: 60 };
const ts = [5, 10, 20, 30, 40, 50, 60];
const x = [0, 1, 2, 3, 4, 5, 6];

describe('walkforward.window', () => {
  nodeTable(window, {
    gives: [
      {
        name: 'half-open windows; what lies between them is in neither',
        in: { frame: frame({ ts, x }) },
        params: { fold },
        out: {
          train: frame({ ts: [10, 20], x: [1, 2] }),
          test: frame({ ts: [40, 50], x: [4, 5] }),
        },
      },
      {
        name: 'rows whose outcome ends after training, or never, are cut',
        in: { frame: frame({ ts, x, end: [6, 30, 31, 35, 41, NaN, 61] }) },
        params: { fold, ends: 'end', columns: ['x'] },
        out: { train: frame({ ts: [10], x: [1] }), test: frame({ ts: [40, 50], x: [4, 5] }) },
      },
      {
        name: 'no rows',
        in: { frame: frame({ ts: [], x: [] }) },
        params: { fold },
        out: { train: frame({ ts: [], x: [] }), test: frame({ ts: [], x: [] }) },
      },
      {
        name: 'no table, no windows',
        in: {},
        params: { fold, columns: ['x'] },
        out: { train: undefined, test: undefined },
      },
    ],
    refuses: [
      {
        name: 'rows out of order',
        in: { frame: frame({ ts: [20, 10], x: [1, 2] }) },
        params: { fold },
        code: 'walkforward/unsorted',
        data: {},
      },
      {
        name: 'a test window that starts before training has ended',
        in: { frame: frame({ ts, x }) },
        params: { fold: { ...fold, test_from: 29 } },
        code: 'walkforward/windows-meet',
        data: { fold: '1', trains: '1970-01-01T00:00:00.030Z', tests: '1970-01-01T00:00:00.029Z' },
      },
    ],
  });

  it('promises nothing of a table that is not there, and does not tell of one whose columns nobody told', () => {
    const promised = (ins: Readonly<Record<string, Shape | undefined>>) =>
      shapesOf(window, ins, { fold }).shapes;
    expect(promised({})).toEqual({ train: ABSENT, test: ABSENT });
    expect(promised({ frame: undefined })).toEqual({});
  });

  it('promises the columns it keeps', () => {
    const column = (name: string) =>
      ({ name, dtype: 'f64', taint: 'feature', delay: 0, nullable: true }) as const;
    const ins = { frame: { columns: [column('ts'), column('x'), column('y')] } };
    const names = (params: Readonly<Record<string, unknown>>) =>
      shapesOf(window, ins, { fold, ...params }).shapes.test?.columns.map((c) => c.name);
    expect(names({})).toEqual(['ts', 'x', 'y']);
    expect(names({ columns: ['y'] })).toEqual(['ts', 'y']);
    expect(window.reads?.({ fold, columns: ['y'], ends: 'x' }, ins)).toEqual({
      frame: ['ts', 'y', 'x'],
    });
    expect(window.windows).toEqual(['train', 'test']);
  });
});
