import { describe, expect, it } from '@jest/globals';
import type { Shape } from '../../../engine/sdk/index.js';
import table from '../../../nodes/features/table.js';
import { feature } from '../../../nodes/kinds/feature.js';
import { clock, frame } from '../../kit/frame.js';
import { filled, runNode, shapesOf } from '../../kit/node.js';
import { frameAt } from '../../kit/real.js';
import { installFormulas, specsOf } from '../../kit/specs.js';

installFormulas();

const FIVE = 300_000;
const specs = ['flow/oi_notional', 'flow/spread_bps'].flatMap((file) =>
  specsOf(feature, `spec/features/${file}.yaml`),
);
const bars = frame({ ts: clock(3), close: [1, 2, 3] });
const tob = frame({ ts: [clock(3)[0], clock(3)[2]].map(Number), spread_bps: [0.5, 0.7] });
const open_interest = frame({ ts: clock(1), value: [100] });

describe('features on tables beside the bars', () => {
  it('are computed where the tables are bound', async () => {
    const { outs } = await runNode(table, { bars, tob, open_interest }, { specs });
    const features = frameAt(outs, 'features');
    expect([...features.column('spread_bps')]).toEqual([0.5, NaN, 0.7]);
    expect([...features.column('oi_notional')]).toEqual([100, 100, 100]);
    expect(outs.unavailable).toEqual({});
  });

  it('are unavailable where they are not, and nothing stands in', async () => {
    const { outs } = await runNode(table, { bars }, { specs });
    expect(frameAt(outs, 'features').names).toEqual(['ts', 'close']);
    expect(outs.unavailable).toEqual({
      open_interest: ['oi_notional'],
      tob: ['spread_bps'],
    });
  });

  it('say before data exist that they will not be there, and on what they stand', () => {
    const column = (name: string, delay = 0) =>
      ({ name, dtype: name === 'ts' ? 'time' : 'f64', taint: 'feature', delay }) as const;
    const shape = (...columns: Shape['columns']): Shape => ({ columns });
    const ins = { bars: shape(column('ts'), column('close')) };
    const { shapes, problems } = shapesOf(table, ins, { specs });
    expect(problems).toEqual([]);
    expect(shapes.features?.absent).toEqual([
      { name: 'oi_notional', stands: ['open_interest'] },
      { name: 'spread_bps', stands: ['tob_5m'] },
    ]);
    const both = {
      ...ins,
      tob: shape(column('ts'), column('spread_bps'), column('imbalance')),
      open_interest: shape(column('ts', FIVE), { ...column('value', FIVE), unit: 'quote' }),
    };
    expect(shapesOf(table, both, { specs }).shapes.features?.absent).toEqual([]);
    expect(table.reads?.(filled(table, { specs }), both)).toMatchObject({
      tob: ['spread_bps', 'ts'],
      open_interest: ['ts', 'value'],
      mark: ['ts'],
    });
  });
});
