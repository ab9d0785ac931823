import { describe, expect, it } from '@jest/globals';
import type { Shape } from '../../../engine/sdk/index.js';
import table from '../../../nodes/states/table.js';
import { filled, shapesOf } from '../../kit/node.js';
import { installFormulas } from '../../kit/specs.js';
import { events, occurs, told } from './toy-states.js';

installFormulas();

const plain = { taint: 'feature', delay: 0 } as const;
const column = (name: string) =>
  ({ name, dtype: 'f64', ...plain, stands: ['perp_ohlcv_5m'] }) as const;
const features: Shape = {
  columns: [{ ...plain, name: 'ts', dtype: 'time' }, column('x')],
  absent: [{ name: 'basis_z', stands: ['spot_ohlcv_5m'] }],
};
const coverage: Shape = { columns: [{ ...plain, name: 'ts', dtype: 'time' }] };
const lacking: Shape = { ...coverage, absent: [{ name: 'DIP', stands: ['tob_5m'] }] };

function compiled(specs: ReturnType<typeof told>, more: Readonly<Record<string, Shape>> = {}) {
  const params = { specs, events, symbol: 'AAA' };
  const ins = { features, coverage, ...more };
  const { shapes, problems } = shapesOf(table, ins, params);
  const told = problems.map((p) => `${p.code}: ${p.message}`);
  return { states: shapes.states, told, reads: table.reads?.(filled(table, params), ins) };
}

describe('states before data exist', () => {
  it('are columns with the memory of the events they stand on', () => {
    const { states, told: problems, reads } = compiled(told('AFTER', 'within(JUMP, 13)'));
    expect(problems).toEqual([]);
    expect(states?.columns.map((c) => c.name)).toEqual(['ts', 'after_flag']);
    expect(states?.columns[1]).toMatchObject({
      dtype: 'bool',
      taint: 'feature',
      delay: 0,
      stands: ['perp_ohlcv_5m'],
      facts: { reach: 12, kind: 'resetting' },
    });
    // Sides nobody asks for are not read: a change of them changes nothing.
    expect(reads).toMatchObject({ features: ['ts'], events: ['event', 'symbol', 'ts'] });
  });

  it('read the side and the severity that are named', () => {
    const { reads } = compiled(told('AFTER', 'latest(JUMP.side * JUMP.severity, JUMP, 5) > x'));
    expect(reads).toMatchObject({
      features: ['ts', 'x'],
      events: ['event', 'symbol', 'ts', 'direction', 'severity'],
    });
  });

  it('are absent where a feature, an event or the source misses data, with what they stand on', () => {
    const specs = [
      ...told('AFTER', 'within(DIP, 13)'),
      ...told('WIDE', 'basis_z > 1').map((s) => ({ ...s, needs: ['spot_ohlcv_5m'] as const })),
      ...told('OFF', 'x > 1').map((s) => ({ ...s, source: 'DIP' })),
      ...told('ON', 'x > 1'),
    ];
    const { states, told: problems } = compiled(specs, { coverage: lacking });
    expect(problems).toEqual([]);
    expect(states?.columns.map((c) => c.name)).toEqual(['ts', 'on_flag']);
    expect(states?.absent?.map((a) => a.name)).toEqual(['after_flag', 'wide_flag', 'off_flag']);
    expect(states?.absent?.[1]?.stands).toEqual(['spot_ohlcv_5m']);
  });
});

describe('refused are states', () => {
  it.each([
    ['that look ahead', 'ahead(x, 3) > 1', 'expr/looks-ahead'],
    ['that look ahead at an event', 'ahead(JUMP, 1)', 'expr/looks-ahead'],
    ['that look across symbols', 'xs_mean(x) > 1', 'states/across'],
    ['that look at another symbol', 'BBB.x > 1', 'states/across'],
    ['that are no condition', 'x + 1', 'expr/gives'],
    ['that name an event nobody looks for', 'within(JUMPS, 3)', 'expr/unknown-name'],
    ['that name themselves', 'not AFTER', 'expr/cycle'],
  ])('%s', (_name, rule, code) => {
    expect(compiled(told('AFTER', rule)).told.map((t) => t.split(': ')[0])).toContain(code);
  });

  it.each([
    ['an outcome', { taint: 'outcome' } as const, 'expr/outcome'],
    ['what is known a bar late', { delay: 300_000 }, 'expr/delayed'],
  ])('that stand on %s', (_name, facts, code) => {
    const late: Shape = {
      ...features,
      columns: [...features.columns.slice(0, 1), { ...column('x'), ...facts }],
    };
    expect(compiled(told('AFTER', 'x > 1'), { features: late }).told[0]).toMatch(`${code}: `);
  });

  it('that do not say what they stand on, through the events they name', () => {
    const spot = occurs('JUMP', '').map((e) => ({ ...e, needs: ['spot_ohlcv_5m'] as const }));
    const params = { specs: told('AFTER', 'JUMP.side == 1'), events: spot, symbol: 'AAA' };
    const { problems } = shapesOf(table, { features, coverage }, params);
    expect(problems.map((p) => p.message)).toContain(
      '"AFTER" stands on spot_ohlcv_5m through `JUMP`, but does not say so: its needs are perp_ohlcv_5m.',
    );
  });

  it('of another family than their source, and with templates that no event of it has', () => {
    const strange = told('AFTER', 'x > 1').map((s) => ({ ...s, templates: ['convergence'] }));
    const lost = told('LOST', 'x > 1').map((s) => ({ ...s, family: 'OTHER' }));
    expect(compiled([...strange, ...lost]).told).toEqual([
      'states/template: No event of TEST is traded by convergence.',
      'states/family: "LOST" is of OTHER, but its source JUMP is of TEST.',
    ]);
  });
});
