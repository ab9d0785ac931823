import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluate, evaluateUniverse, type TableFacts } from '../../../engine/expr/program.js';
import { Frame } from '../../../engine/frame/frame.js';
import { bars, barTable, column, compileAll, FIVE_MINUTES, START } from './kit.js';

const MINUTE = 60_000;
const funding: TableFacts = {
  clock: 'funding',
  nominal: 60 * MINUTE,
  within: 180 * MINUTE,
  columns: new Map([
    ['ts', column('time')],
    ['rate', column('f64', { delay: MINUTE })],
  ]),
};
/** Every family of operators, windows shorter than the data. */
const FORMULAS: Readonly<Record<string, string>> = {
  ret: 'log(close / lag(close, 1))',
  vol: 'std(ret, 12, min=6)',
  z: 'zscore(vol, 20, min=8)',
  shape: 'skew(ret, 24, min=8) + kurtosis(ret, 24, min=8, excess=false)',
  pair: 'corr(ret, lag(ret, 1), 12, min=6) + slope(close, 9)',
  limit: 'past_quantile(vol, 0.8, 30, 10)',
  place: 'rank(close, 15, min=5) + mad(close, 15, min=5)',
  far: 'vol >= limit',
  ends: 'highest(close, 9) - lowest(close, 9) + bars_since_highest(close, 9)',
  smooth: 'ema(close, span=5, warm=5) + rsi(close, 5)',
  since: 'bars_since(far, 20)',
  armed: 'latch(z > 1, z < 0)',
  after: 'then(far, ret < 0, 6)',
  event: 'cooldown(rises(far), 4)',
  lately: 'within(event, 10)',
  filled: 'coalesce(fill(close, 3), 0) + if(known(armed), 1, 0)',
  peak: 'at(close, bars_since_highest(close, 9), at_most=9)',
  level: 'diff(cumsum(ret), 5)',
  rate: 'asof(mean(funding.rate, 2, min=1))',
  prints: 'arrives(funding) and minutes_since(funding) < 30',
  hourly: 'asof(ema(resample(close, 1h, last, min=6), span=3))',
  clock: 'hour_of_week + minute',
  stop: 'psar(close, close, close) - supertrend(close, close, close, n=4)',
};
const { program, problems } = compileAll(FORMULAS, { self: barTable(['close']), funding });

interface Market {
  readonly close: readonly number[];
  readonly rates: readonly number[];
}
const price = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 90, max: 110 }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 1_000_000 }) },
);
const market: fc.Arbitrary<Market> = fc.record({
  close: fc.array(price, { minLength: 60, maxLength: 160 }),
  rates: fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 14, maxLength: 14 }),
});

/** Where to cut, as a share of the rows. */
const shares = fc.double({ min: 0.3, max: 0.95, noNaN: true });

function tables(m: Market, from: number, to: number): Readonly<Record<string, Frame>> {
  const close = START + to * FIVE_MINUTES;
  const prints = Float64Array.from(m.rates, (_, i) => START + i * 60 * MINUTE);
  // What is known at the close of the last bar: prints are seen a minute after their stamp.
  const seen = m.rates.filter((_, i) => (prints[i] ?? 0) + MINUTE <= close);
  return {
    self: Frame.of({ close: m.close.slice(from, to) }).with('ts', {
      dtype: 'time',
      values: bars(m.close.length).slice(from, to),
    }),
    funding: Frame.of({ rate: Float64Array.from(seen) }).with('ts', {
      dtype: 'time',
      values: prints.slice(0, seen.length),
    }),
  };
}

/** Rows of a frame as text that tells every bit apart. */
function bits(frame: Frame, from: number, to: number): Readonly<Record<string, readonly string[]>> {
  const rows = [...frame.slice(from, to).rows()];
  return Object.fromEntries(
    frame.names.map((name) => [
      name,
      rows.map((r) => (Object.is(r[name], -0) ? '-0' : String(r[name]))),
    ]),
  );
}

describe('the two-run test', () => {
  it('the formulas compile', () => expect(problems).toEqual([]));

  it('nothing changes when what comes later is cut off', () => {
    fc.assert(
      fc.property(market, shares, (m, share) => {
        const cut = Math.floor(m.close.length * share);
        const whole = evaluate(program, tables(m, 0, m.close.length));
        const part = evaluate(program, tables(m, 0, cut));
        expect(bits(whole, 0, cut)).toEqual(bits(part, 0, cut));
      }),
      { numRuns: 20, seed: 5 },
    );
  });

  const laters: readonly (readonly [what: string, cell: (other: number) => number])[] = [
    ['another market, beyond all that was seen', (other) => other * 7],
    ['missing', () => Number.NaN],
  ];
  for (const [what, later] of laters)
    it(`nothing changes when what comes later is ${what}`, () => {
      fc.assert(
        fc.property(market, market, shares, (m, other, share) => {
          const cut = Math.floor(m.close.length * share);
          const close = START + cut * FIVE_MINUTES;
          const turned: Market = {
            close: [...m.close.slice(0, cut), ...other.close.map(later)],
            rates: m.rates.map((rate, i) =>
              START + i * 60 * MINUTE + MINUTE <= close ? rate : later(other.rates[i] ?? 0),
            ),
          };
          const first = evaluate(program, tables(m, 0, m.close.length));
          const second = evaluate(program, tables(turned, 0, turned.close.length));
          expect(bits(first, 0, cut)).toEqual(bits(second, 0, cut));
        }),
        { numRuns: 12, seed: 6 },
      );
    });

  it('finite formulas agree wherever the data start, from their reach on', () => {
    fc.assert(
      fc.property(market, fc.integer({ min: 1, max: 30 }), (m, skipped) => {
        const whole = evaluate(program, tables(m, 0, m.close.length));
        const later = evaluate(program, tables(m, skipped, m.close.length));
        for (const { id, facts, dtype } of program.columns) {
          if (facts.kind !== 'finite') continue;
          for (let row = skipped + facts.reach; row < m.close.length; row += 1) {
            const [a, b] = [cell(whole, id, row), cell(later, id, row - skipped)];
            const same = dtype === 'f64' ? near(a, b) : a === b;
            if (!same) throw new Error(`${id} row ${row}: ${a} and ${b}`);
          }
        }
      }),
      { numRuns: 20, seed: 8 },
    );
  });

  it('formulas with a reset agree wherever both are known', () => {
    const ids = ['event', 'lately', 'armed'];
    fc.assert(
      fc.property(market, fc.integer({ min: 1, max: 30 }), (m, skipped) => {
        const exact = compileAll(
          {
            event: 'cooldown(rises(close > 103), 4)',
            lately: 'within(event, 10)',
            armed: 'latch(close > 105, close < 95)',
          },
          { self: barTable(['close']) },
        ).program;
        const whole = evaluate(exact, tables(m, 0, m.close.length));
        const later = evaluate(exact, tables(m, skipped, m.close.length));
        for (const id of ids)
          for (let row = skipped; row < m.close.length; row += 1) {
            const [a, b] = [cell(whole, id, row), cell(later, id, row - skipped)];
            if (a !== b && a !== null && b !== null)
              throw new Error(`${id} row ${row}: ${a} and ${b}`);
          }
      }),
      { numRuns: 40, seed: 9 },
    );
  });

  it('cross-sections too', () => {
    const across = compileAll(
      {
        xs: 'xs_mean(close, others=true) + xs_rank(close)',
        held: 'xs_count(latch(close > 105, close < 95))',
        rel: 'xs_zscore(close) + AAA.close',
      },
      { self: barTable(['close']) },
    );
    expect(across.problems).toEqual([]);
    fc.assert(
      fc.property(market, market, fc.integer({ min: 20, max: 59 }), (m, n, cut) => {
        const both = (to: number) =>
          evaluateUniverse(
            across.program,
            new Map([
              ['AAA', { self: selfOf(m, 0, to) }],
              ['BBB', { self: selfOf(n, 7, to) }],
            ]),
          );
        const [whole, part] = [both(60), both(cut)];
        for (const [id, frame] of part)
          expect(bits(whole.get(id) ?? frame, 0, frame.length)).toEqual(
            bits(frame, 0, frame.length),
          );
      }),
      { numRuns: 15, seed: 10 },
    );
  });
});

function selfOf(m: Market, from: number, to: number): Frame {
  return Frame.of({ close: m.close.slice(from, to) }).with('ts', {
    dtype: 'time',
    values: bars(60).slice(from, to),
  });
}

function cell(frame: Frame, id: string, row: number): number | boolean | string | null {
  const [found] = frame.slice(row, row + 1).rows();
  return found?.[id] ?? null;
}

function near(a: unknown, b: unknown): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b;
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));
}
