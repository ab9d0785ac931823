import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { close, lists, type Rows } from './by-kit.js';
import { barTable, compileAll, type Values } from './kit.js';

const N = Number.NaN;

/** The same formula on the rows of each group alone. */
function slow(text: string, key: readonly unknown[], rows: Rows): Values {
  const out: (number | boolean | string | null)[] = key.map(() => null);
  for (const value of new Set(key.filter((v) => v !== null && !Number.isNaN(v)))) {
    const at = key.flatMap((v, i) => (v === value ? [i] : []));
    const part = Object.fromEntries(
      Object.entries(rows).map(([name, cells]) => [name, at.map((i) => cells[i] ?? null)]),
    );
    lists({ out: text }, part).forEach((v, i) => {
      out[at[i] ?? 0] = v;
    });
  }
  return out;
}

describe('by and a slow one', () => {
  const formulas = [
    'mean(x, 4)',
    'std(x, 5)',
    'rank(x, 4) + mad(x, 4)',
    'quantile(x, 0.3, 5) - median(x, 5)',
    'x - lag(ema(x, span=3), 1)',
    'highest(x, 3) - bars_since_lowest(x, 3)',
    'corr(x, y, 4)',
    'zscore(x, 4)',
    'latest(x, y > 3, 4)',
    'then(x > 5, y > 5, 3)',
    "if(x > 3, 'up', 'down')",
    "lag(if(x > 3, 'up', 'down'), 1)",
  ];
  const cell = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 9 }) },
    { weight: 1, arbitrary: fc.constant(N) },
  );
  const market = fc.array(fc.tuple(cell, cell, fc.integer({ min: 0, max: 3 })), {
    minLength: 20,
    maxLength: 60,
  });
  const columns = (rows: readonly (readonly [number, number, number])[]) => ({
    x: rows.map((r) => r[0]),
    y: rows.map((r) => r[1]),
    k: rows.map((r) => (r[2] === 3 ? N : r[2])),
  });
  for (const text of formulas)
    it(text, () => {
      fc.assert(
        fc.property(market, (rows) => {
          const { x, y, k } = columns(rows);
          const fast = lists({ out: `by(k, ${text})` }, { x, y, k });
          const own = slow(text, k, { x, y });
          const reach = compileAll({ out: text }, { self: barTable(['x', 'y']) }).program.columns[0]
            ?.facts.reach;
          const seen = new Map<number, number>();
          fast.forEach((v, i) => {
            const before = seen.get(k[i] ?? N) ?? 0;
            seen.set(k[i] ?? N, before + 1);
            if (before >= (reach ?? 0)) close(v, own[i]);
            else expect(v).toBe(null);
          });
        }),
        { numRuns: 6, seed: 31 },
      );
    });

  it('with a key of the calendar nothing is held back', () => {
    const x = Array.from({ length: 100 }, (_, i) => (i % 7 === 3 ? N : (i * 37) % 11));
    const hours = x.map((_, i) => Math.floor(i / 12));
    const even = hours.map((h) => h % 2);
    for (const text of ['mean(x, 15, min=2)', 'rank(x, 6, min=2)']) {
      const own = slow(text, even, { x });
      const fast = lists({ out: `by(hour in [0, 2, 4, 6, 8], ${text})` }, { x });
      fast.forEach((v, i) => {
        close(v, own[i]);
      });
    }
  });
});
