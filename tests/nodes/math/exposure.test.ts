import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compoundDays, DAY, daysOf } from '../../../nodes/math/days.js';
import { account, addTrades } from '../../../nodes/math/exposure.js';
import { ratesOnRows } from '../../../nodes/math/settle.js';

const list = (values: Float64Array) => Array.from(values, (x) => Math.round(x * 1e12) / 1e12);

describe('account', () => {
  it('earns from the row after the trade on, and pays for every change', () => {
    const exposure = new Float64Array(5);
    addTrades(exposure, [{ entry: 1, exit: 3, side: 1 }], 0.5);
    const got = account(exposure, [100, 100, 110, 121, 130], 0.001);
    expect(list(got.gross)).toEqual([0, 0, 0.05, 0.05, 0]);
    expect(list(got.cost)).toEqual([0, 0.0005, 0, 0.0005, 0]);
    expect(list(got.traded)).toEqual([0, 0.5, 0, 0.5, 0]);
  });

  it('books the whole move of a gap at the next price', () => {
    const got = account([1, 1, 1, 0], [100, NaN, NaN, 120], 0);
    expect(list(got.gross)).toEqual([0, 0, 0, 0.2]);
  });

  it('who held into the settlement pays, a short receives', () => {
    expect(list(account([1, 1, 0], [1, 1, 1], 0, [0.01, 0.02, 0]).funding)).toEqual([0, 0.02, 0]);
    expect(list(account([-1, 0, 0], [1, 1, 1], 0, [0, 0.02, 0]).funding)).toEqual([0, -0.02, 0]);
  });
});

describe('ratesOnRows', () => {
  it('a print settles in the row it falls into; earlier ones are left out, two in one row add up', () => {
    expect(list(ratesOnRows([0, 10, 20], [-5, 10, 12, 25, 26], [9, 1, 2, 3, NaN]))).toEqual([
      0, 3, 3,
    ]);
  });
});

describe('compoundDays', () => {
  it('adds rows up by day, and net = gross − cost − funding', () => {
    const rate = fc.double({ min: -0.05, max: 0.05, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(rate, rate, rate), { minLength: 1, maxLength: 40 }), (rows) => {
        const days = daysOf(rows.map((_, i) => i * (DAY / 7)));
        const gross = rows.map((r) => r[0]);
        const cost = rows.map((r) => Math.abs(r[1]));
        const funding = rows.map((r) => r[2]);
        const got = compoundDays({ gross, cost, funding, traded: cost }, days);
        got.net.forEach((net, day) => {
          let equity = 1;
          rows.forEach((_, i) => {
            if (days.of[i] === day)
              equity *= 1 + (gross[i] ?? 0) - (cost[i] ?? 0) - (funding[i] ?? 0);
          });
          expect(net).toBeCloseTo(equity - 1, 12);
          const parts = (got.gross[day] ?? 0) - (got.cost[day] ?? 0) - (got.funding[day] ?? 0);
          expect(parts).toBeCloseTo(net, 12);
        });
      }),
      { numRuns: 40, seed: 5 },
    );
  });

  it('ruin is final', () => {
    const days = daysOf([0, 1, 2]);
    const none = [0, 0, 0];
    const got = compoundDays(
      { gross: [-1.5, 3, 0], cost: none, funding: none, traded: none },
      days,
    );
    expect(Array.from(got.net)).toEqual([-1]);
  });
});
