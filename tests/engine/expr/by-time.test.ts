import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluate, evaluateUniverse } from '../../../engine/expr/program.js';
import { close, selfOf } from './by-kit.js';
import { bars, barTable, compileAll, listsOf } from './kit.js';

const N = Number.NaN;

describe('by does not look ahead', () => {
  const formulas = {
    week: 'by(hour, std(close, 20, min=6))',
    slot: 'by(minute, rank(close, 5, min=2) + quantile(close, 0.7, 4, min=2))',
    state: 'by(close > lag(close, 2), mean(close, 3) + slope(close, 3))',
    level: "by(cut(close, [98, 102], ['low', 'mid', 'high']), lag(close, 2))",
    held: 'by(minute < 30, latch(close > 103, close < 97))',
    since: 'by(hour, coalesce(bars_since(close > 105), 0))',
    filled: 'coalesce(by(close > 100, mean(close, 3)), 0)',
    windowed: 'mean(by(close > 100, mean(close, 3)), 4, min=1)',
    twice: 'by(hour, mean(by_level, 3, min=1))',
    by_level: "by(cut(close, [98, 102], ['low', 'mid', 'high']), lag(close, 1))",
    lagged: 'coalesce(lag(by_level, 2), 0) + rank(by_level, 5, min=2)',
    holds: 'coalesce(if(by(minute < 30, latch(close > 103, close < 97)), 1, 0), 2)',
    far: 'at(close, abs(close - 100) * 9)',
    far_filled: 'coalesce(far, 0) + mean(far, 3, min=1)',
    far_inside: 'by(close > 100, coalesce(at(close, abs(close - 100)), 0))',
    count: 'by(minute, count(close > 100, 3, min=1))',
  };
  const { program, problems } = compileAll(formulas, { self: barTable(['close']) });
  const price = fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: 90, max: 110 }) },
    { weight: 1, arbitrary: fc.constant(N) },
  );
  const market = fc.array(price, { minLength: 400, maxLength: 700 });
  const from = (closes: readonly number[], a: number, b: number) =>
    evaluate(program, {
      self: selfOf({ close: closes.slice(a, b) }, bars(closes.length).slice(a, b)),
    });

  it('compiles', () => expect(problems).toEqual([]));

  it('nothing changes when what comes later is cut off', () => {
    fc.assert(
      fc.property(market, fc.double({ min: 0.02, max: 0.98, noNaN: true }), (closes, share) => {
        const cut = Math.floor(closes.length * share);
        const [whole, part] = [from(closes, 0, closes.length), from(closes, 0, cut)];
        for (const id of Object.keys(formulas))
          expect(listsOf(whole.slice(0, cut))[id]).toEqual(listsOf(part)[id]);
      }),
      { numRuns: 6, seed: 32 },
    );
  });

  it('finite keys agree from their reach on, all others wherever both are known', () => {
    const seen = new Map(Object.keys(formulas).map((id) => [id, 0]));
    fc.assert(
      fc.property(market, fc.integer({ min: 1, max: 60 }), (closes, skipped) => {
        const whole = listsOf(from(closes, 0, closes.length));
        const later = listsOf(from(closes, skipped, closes.length));
        for (const { id, facts } of program.columns)
          later[id]?.forEach((v, i) => {
            const other = whole[id]?.[i + skipped] ?? null;
            const settled = facts.kind === 'finite' ? i >= facts.reach : v !== null;
            if (!settled) return;
            seen.set(id, (seen.get(id) ?? 0) + 1);
            close(v, other, `${id} row ${i}`);
          });
      }),
      { numRuns: 6, seed: 33 },
    );
    expect([...seen].filter(([, rows]) => rows < 100)).toEqual([]);
  });

  it('cross-sections of groups agree wherever both are known', () => {
    const xs = compileAll(
      {
        mean: 'xs_mean(by(close > 100, lag(close, 1)))',
        rank: 'xs_rank(by(hour, mean(close, 5)))',
      },
      { self: barTable(['close']) },
    ).program;
    const all = (closes: readonly number[], a: number, b: number) =>
      evaluateUniverse(
        xs,
        new Map(
          ['AAA', 'BBB', 'CCC'].map((id, s) => [
            id,
            {
              self: selfOf(
                {
                  close: closes
                    .slice(a, b)
                    .map((v, i) => 100 + (((v - 100) * (s + 1) * (i + a)) % 13)),
                },
                bars(closes.length).slice(a, b),
              ),
            },
          ]),
        ),
      );
    fc.assert(
      fc.property(market, fc.integer({ min: 1, max: 60 }), (closes, skipped) => {
        const whole = all(closes, 0, closes.length);
        for (const [id, frame] of all(closes, skipped, closes.length)) {
          const [a, b] = [listsOf(whole.get(id) ?? frame), listsOf(frame)];
          let seen = 0;
          for (const column of ['mean', 'rank'])
            b[column]?.forEach((v, i) => {
              if (v === null || (column === 'rank' && i < 288)) return;
              seen += 1;
              close(v, a[column]?.[i + skipped], `${id} ${column} ${i}`);
            });
          expect(seen).toBeGreaterThan(100);
        }
      }),
      { numRuns: 3, seed: 34 },
    );
  });

  it('the bound is sound and tight', () => {
    const rows = 900;
    const closes = Array.from({ length: rows }, (_, i) => 100 + ((i * 7919) % 101) / 10);
    const base = listsOf(from(closes, 0, rows));
    for (const id of ['week', 'slot', 'count']) {
      const reach = program.columns.find((c) => c.id === id)?.facts.reach ?? 0;
      let tight = false;
      for (let t = reach + 1; t < reach + 13; t += 1) {
        const at = (back: number) => {
          const moved = closes.slice();
          moved[t - back] = 1;
          return listsOf(from(moved, 0, rows))[id]?.[t];
        };
        close(at(reach + 1), base[id]?.[t], `${id} row ${t}`);
        tight ||= at(reach) !== base[id]?.[t];
      }
      expect([id, tight]).toEqual([id, true]);
    }
  });
});
