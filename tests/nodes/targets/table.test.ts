import { beforeAll, describe, expect, it } from '@jest/globals';
import { globSync } from 'tinyglobby';
import { target } from '../../../nodes/kinds/target.js';
import table from '../../../nodes/targets/table.js';
import { casesIn, cellsOf, given } from '../../kit/cases.js';
import { clock, frame } from '../../kit/frame.js';
import { filled, nodeTable, shapesOf } from '../../kit/node.js';
import { installFormulas, ROOT, specsOf, written } from '../../kit/specs.js';

installFormulas();
const NONE = Number.NaN;
const FIVE = 300_000;
const close = frame({ ts: clock(4), close: [100, 110, 121, 121] });
const known = (bars: number) => ({
  dtype: 'time' as const,
  values: Float64Array.from(clock(4), (t) => t + bars * FIVE),
});
const next = written(target, 'next', 'expr: ahead(close, 2) / ahead(close, 1) - 1');
const later = written(
  target,
  'later',
  'let: { entry: "ahead(close, 1)" }\nexpr: ahead(close, 3) / entry - 1',
);

nodeTable(table, {
  gives: [
    {
      name: 'known when the longest outcome is complete',
      in: { features: close },
      params: { specs: [...next, ...later] },
      out: {
        targets: frame({
          ts: clock(4),
          known: known(4),
          next: [0.10000000000000009, 0, NONE, NONE],
          later: [0.10000000000000009, NONE, NONE, NONE],
        }),
      },
    },
    {
      name: 'another spacing',
      in: { features: frame({ ts: clock(3, 2 * FIVE), close: [1, 2, 4] }) },
      params: { specs: next, spacing: '10m' },
      out: {
        targets: frame({
          ts: clock(3, 2 * FIVE),
          known: {
            dtype: 'time',
            values: Float64Array.from(clock(3, 2 * FIVE), (t) => t + 6 * FIVE),
          },
          next: [1, NONE, NONE],
        }),
      },
    },
  ],
  refuses: [
    {
      name: 'the high of the entry bar: nobody held it then',
      in: { features: close.with('high', [1, 2, 3, 4]) },
      params: { specs: written(target, 'soon', 'expr: ahead(high, 1) / ahead(close, 1) - 1') },
      code: 'targets/unsound',
      data: {},
    },
  ],
});

describe('targets.table before data exist', () => {
  it('taints its columns as outcomes', () => {
    const column = { name: 'close', dtype: 'f64', taint: 'feature', delay: 0 } as const;
    const shape = { columns: [{ ...column, name: 'ts', dtype: 'time' as const }, column] };
    const params = { specs: specsOf(target, 'forward_return') };
    const { shapes, problems } = shapesOf(table, { features: shape }, params);
    expect(problems).toEqual([]);
    const taints = shapes.targets?.columns.map((c) => `${c.name} ${c.taint}`);
    expect(taints).toContain('forward_return_12 outcome');
    expect(table.reads?.(filled(table, params), { features: shape })).toEqual({
      features: ['close', 'ts'],
    });
  });
});

describe.each(globSync('spec/targets/**/*.yaml', { cwd: ROOT }).sort())('%s', (file) => {
  beforeAll(installFormulas);
  it.each(casesIn(file).map((one, i) => [one.doc ?? `case ${i + 1}`, one] as const))(
    '%s',
    (_doc, one) => {
      const digits = (x: number) => Number(x.toPrecision(10));
      expect(given(file, one, target).map(digits)).toEqual(cellsOf(one.gives ?? []).map(digits));
    },
  );
});
