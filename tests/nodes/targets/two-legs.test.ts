import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { target } from '../../../nodes/kinds/target.js';
import table from '../../../nodes/targets/table.js';
import { frameOf } from '../../kit/chain.js';
import { clock, frame } from '../../kit/frame.js';
import { runNode } from '../../kit/node.js';
import { installFormulas, specsOf } from '../../kit/specs.js';

/** What a position of two legs earns, bar by bar: NaN where a leg has a gap from entry to exit, or the data end. */
function slowly(perp: readonly number[], spot: readonly number[], row: number, horizon: number) {
  const [entry, exit] = [row + 1, row + 1 + horizon];
  let value = Number.NaN;
  if (exit < perp.length) {
    value = 0;
    for (let at = entry; at <= exit; at++) value += 0 * (perp[at] ?? NaN) * (spot[at] ?? NaN);
    const bought = ((perp[exit] ?? NaN) - (perp[entry] ?? NaN)) / (perp[entry] ?? NaN);
    const sold = ((spot[exit] ?? NaN) - (spot[entry] ?? NaN)) / (spot[entry] ?? NaN);
    value += bought - sold;
  }
  return value;
}

beforeAll(installFormulas);

describe('basis_change', () => {
  it('is what buying the one and selling the other earns, gaps and ends missing', async () => {
    const specs = specsOf(target, 'basis_change').filter(({ id }) => /_(1|3|6)$/.test(id));
    expect(specs.length).toBe(3);
    const price = fc.oneof(
      { weight: 6, arbitrary: fc.double({ min: 50, max: 200, noNaN: true }) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    );
    const rows = fc.array(fc.tuple(price, price), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(rows, async (pairs) => {
        const [perp, spot] = [pairs.map(([p]) => p), pairs.map(([, s]) => s)];
        const ts = clock(pairs.length);
        const ins = { features: frame({ ts, close: perp }), spot: frame({ ts, close: spot }) };
        const targets = frameOf((await runNode(table, ins, { specs })).outs, 'targets');
        for (const horizon of [1, 3, 6]) {
          const found = targets.column(`basis_change_${horizon}`);
          pairs.forEach((_, row) => {
            const wanted = slowly(perp, spot, row, horizon);
            expect(Number.isNaN(found[row])).toBe(Number.isNaN(wanted));
            if (!Number.isNaN(wanted)) expect(found[row]).toBeCloseTo(wanted, 12);
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('joins the legs by time: a spot market that starts later has no price before', async () => {
    const ts = clock(6);
    const ins = {
      features: frame({ ts, close: [100, 100, 110, 121, 121, 121] }),
      spot: frame({ ts: ts.slice(2), close: [50, 55, 55, 55] }),
    };
    const specs = specsOf(target, 'basis_change').filter(({ id }) => id === 'basis_change_1');
    const targets = frameOf((await runNode(table, ins, { specs })).outs, 'targets');
    const found = Array.from(targets.column('basis_change_1'));
    expect(found.map((x) => Math.round(1e9 * x) / 1e9)).toEqual([NaN, 0, 0, 0, NaN, NaN]);
  });
});
