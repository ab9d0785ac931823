import { beforeAll, describe, expect, it } from '@jest/globals';
import { globSync } from 'tinyglobby';
import type { Shape } from '../../../engine/sdk/index.js';
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
const gap = written(
  target,
  'gap',
  'expr: ahead(close, 2) / ahead(close, 1) - ahead(spot.close, 2) / ahead(spot.close, 1)',
);
const onFeature = written(target, 'scaled', 'expr: (ahead(close, 2) / ahead(close, 1) - 1) / far');

nodeTable(table, {
  gives: [
    {
      name: 'known when the longest outcome is complete',
      in: { features: close },
      params: { specs: [...next, ...later] },
      out: {
        unavailable: {},
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
    {
      name: 'what stands on a table that is not bound, or on a feature nobody has, is left out and told',
      in: { features: close },
      params: { specs: [...gap, ...onFeature, ...next] },
      out: {
        targets: frame({
          ts: clock(4),
          known: known(3),
          next: [0.10000000000000009, 0, NONE, NONE],
        }),
        unavailable: { spot: ['gap'], far: ['scaled'] },
      },
    },
    {
      name: 'what stands on a table that is bound is there',
      in: { features: close, spot: frame({ ts: clock(4), close: [100, 100, 125, 100] }) },
      params: { specs: gap },
      out: {
        targets: frame({
          ts: clock(4),
          known: known(3),
          gap: [0.10000000000000009 - 0.25, 0.19999999999999996, NONE, NONE],
        }),
        unavailable: {},
      },
    },
    {
      name: 'nothing at all',
      in: { features: close },
      params: { specs: gap },
      out: {
        targets: frame({ ts: clock(4), known: known(1) }),
        unavailable: { spot: ['gap'] },
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

const column = { name: 'close', dtype: 'f64', taint: 'feature', delay: 0 } as const;
const shape = { columns: [{ ...column, name: 'ts', dtype: 'time' as const }, column] };

describe('targets.table before data exist', () => {
  it('taints its columns as outcomes', () => {
    const params = { specs: specsOf(target, 'forward_return') };
    const { shapes, problems } = shapesOf(table, { features: shape }, params);
    expect(problems).toEqual([]);
    const taints = shapes.targets?.columns.map((c) => `${c.name} ${c.taint}`);
    expect(taints).toContain('forward_return_12 outcome');
    expect(table.reads?.(filled(table, params), { features: shape })).toEqual({
      features: ['close', 'ts'],
      spot: ['ts'],
    });
  });

  it('leaves out what is told as absent, and refuses what nobody ever told of', () => {
    const absent = [{ name: 'far', stands: ['spot_ohlcv_5m'] }];
    const params = { specs: [...gap, ...onFeature, ...next] };
    const named = (features: Shape, spot?: Shape) => {
      const { shapes, problems } = shapesOf(table, { features, spot }, params);
      return [shapes.targets?.columns.map((c) => c.name), problems.map((p) => p.code)];
    };
    expect(named({ ...shape, absent })).toEqual([['ts', 'known', 'next'], []]);
    expect(named({ ...shape, absent }, shape)).toEqual([['ts', 'known', 'gap', 'next'], []]);
    expect(named(shape)).toEqual([['ts', 'known', 'next'], ['expr/unknown-name']]);
    expect(table.reads?.(filled(table, { specs: gap }), { features: shape, spot: shape })).toEqual({
      features: ['close', 'ts'],
      spot: ['close', 'ts'],
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
