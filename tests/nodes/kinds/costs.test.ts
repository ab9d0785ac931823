import { describe, expect, it } from '@jest/globals';
import { fillCost, halfSpreadOf } from '../../../nodes/kinds/costs.js';
import { costly, free, measuredOf, quoted } from '../../kit/research.js';

const spec = (of: object) => ({ ...quoted, ...of }) as Parameters<typeof fillCost>[0];
const measured = measuredOf({ S0: 2, S1: null, S2: 0 });

describe('half the spread of a symbol', () => {
  it.each([
    ['its own quotes', quoted, measured, 'S0', 2, 'quotes', null],
    ['a spread of nothing is one', quoted, measured, 'S2', 0, 'quotes', null],
    ['no quotes', quoted, measured, 'S1', 0.5, 'declared', 'no_quotes'],
    ['a symbol nobody measured', quoted, measured, 'S9', 0.5, 'declared', 'not_measured'],
    ['nothing measured', quoted, undefined, 'S0', 0.5, 'declared', 'not_measured'],
    ['costs that ask for what is declared', costly, measured, 'S0', 0.5, 'declared', 'declared'],
    ['what is free stays free', free, measured, 'S0', 0, 'declared', 'declared'],
  ])('%s', (_name, cost, given, symbol, bps, from, reason) => {
    expect(halfSpreadOf(spec(cost), given, symbol)).toEqual({ bps, from, reason });
  });

  it('stands between the fee and the slippage of a fill', () => {
    expect(fillCost(spec(quoted), measured, 'S0')).toBeCloseTo(8e-4, 15);
    expect(fillCost(spec(quoted), measured, 'S1')).toBe(fillCost(spec(costly), undefined, 'S1'));
    expect(fillCost(spec(free), measured, 'S0')).toBe(0);
  });
});
