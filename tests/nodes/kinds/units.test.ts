import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../../../engine/diag/refusal.js';
import type { Shape } from '../../../engine/sdk/index.js';
import context from '../../../nodes/features/context.js';
import table from '../../../nodes/features/table.js';
import { feature } from '../../../nodes/kinds/feature.js';
import { clock, frame } from '../../kit/frame.js';
import { runNode, shapesOf } from '../../kit/node.js';
import { frameAt } from '../../kit/real.js';
import { installFormulas, written } from '../../kit/specs.js';

installFormulas();

const column = (name: string) => ({ name, dtype: 'f64', taint: 'feature', delay: 0 }) as const;
const bars: Shape = {
  columns: [
    { ...column('ts'), dtype: 'time' },
    { ...column('close'), unit: 'quote / base' },
  ],
};

/** What is said of a feature with that formula and unit, beside one that is a return. */
function said(expr: string, unit: string) {
  const known = written(feature, 'move', 'expr: close / lag(close, 1) - 1\nunit: return');
  const odd = written(feature, 'odd', `expr: ${expr}\nunit: ${unit}`);
  const { problems } = shapesOf(table, { bars }, { specs: [...known, ...odd] });
  return problems.map((p) => `${p.code} at line ${p.place?.line}: ${p.message}`);
}
/** What refuses a spec before it is read to the end. */
function refusalOf(read: () => unknown): Refusal {
  try {
    read();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}
const refused = (unit: string, found: string) => [
  `expr/declared-unit at line 3: The unit of "odd" is declared as ${unit}, but the formula gives ${found}.`,
];

describe('the unit a feature declares', () => {
  it.each([
    ['close / lag(close, 1)', 'ratio'],
    ['close / lag(close, 1)', 'share of price'],
    ['1 / close', 'base / quote'],
    ['mean(move, 3)', 'return'],
    ['std(move, 3)', 'return per bar'],
    ['10000 * move', 'bps'],
    ['close - lag(close, 1)', 'quote / base'],
    ['close ^ 2', 'quote^2 / base^2'],
    ['3', 'quote'],
  ])('%s may be %s', (expr, unit) => expect(said(expr, unit)).toEqual([]));

  it.each([
    ['close / lag(close, 1)', 'quote / base', 'a pure number'],
    ['close / lag(close, 1)', 'base', 'a pure number'],
    ['close / lag(close, 1)', 'ms', 'a pure number'],
    ['close / lag(close, 1)', '1 / year', 'a pure number'],
    ['close - lag(close, 1)', 'return', 'quote / base'],
    ['close * close', 'quote / base', 'quote^2 / base^2'],
    ['mean(move, 3)', 'bps', 'return'],
    ['mean(move, 3)', 'returns', 'return'],
  ])('%s is no %s', (expr, unit, found) => expect(said(expr, unit)).toEqual(refused(unit, found)));

  it.each([
    ['bogus', undefined],
    ['bp', 'bps'],
    ['bsp', 'bps'],
    ['qoute / base', 'quote'],
    ['return per bra', 'bar'],
  ])('no unit is called %s', (unit, meant) => {
    const problems = refusalOf(() => said('close / lag(close, 1)', unit)).diagnostics;
    expect(problems).toMatchObject([
      {
        code: 'unit/unknown',
        place: { line: 3 },
        hint: expect.stringContaining(meant ? `did you mean "${meant}"?` : 'one of: %, bar'),
      },
    ]);
  });

  it('a label goes with the column, through every node that computes from it', async () => {
    const crowd = written(feature, 'crowd', 'expr: close / lag(close, 1)\nunit: index');
    const mean = written(
      feature,
      'crowds',
      'needs: [perp_ohlcv_5m, perp_ohlcv_5m_universe]\nexpr: xs_mean(crowd) / xs_mean(crowd)\nunit: index',
    );
    const specs = [...crowd, ...mean];
    const { shapes, problems } = shapesOf(table, { bars }, { specs });
    expect(problems).toEqual([]);
    expect(shapesOf(context, { features: shapes.features }, { specs }).problems).toEqual([]);
    const rows = frame({ ts: clock(3), close: [1, 2, 4] });
    const own = frameAt((await runNode(table, { bars: rows }, { specs })).outs, 'features');
    const gathered = [{ at: { symbol: 'AAA' }, value: own }];
    const { outs } = await runNode(context, { features: gathered }, { specs });
    expect(frameAt(outs, 'context').unit('crowds')).toBe('index');
  });
});
