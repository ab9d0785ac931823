import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Frame } from '../../../engine/sdk/index.js';
import { ratesOnRows } from '../../../nodes/math/settle.js';
import benchmark from '../../../nodes/simulation/benchmark.js';
import portfolio from '../../../nodes/simulation/portfolio.js';
import { frameOf } from '../../kit/chain.js';
import { frame } from '../../kit/frame.js';
import { runNode } from '../../kit/node.js';
import {
  barsOf,
  costly,
  DAY,
  decisionsOf,
  eventsOf,
  FIVE,
  foldUntil,
  START,
  world,
} from '../../kit/research.js';
import { heldLed, portfolioLed, type Tape, tradesLed } from './slow.js';

/*
 * Worlds of four days with gaps, a symbol that is delisted or listed late and funding; the announced end lies on a bar, within
 * the rows or beyond them. What was known by any moment must be the same with all that is known later taken away.
 */

const MINUTE = 60_000;
const ROWS = 4 * 288;
const COST = 6.5e-4;
const ATOMS = [
  { id: 'a', symbol: 0, event: 'E', direction: 1, horizon: 12, lag: 1, weight: 0.4 },
  { id: 'b', symbol: 0, event: 'F', direction: -1, horizon: 30, lag: 2, weight: 0.3 },
  { id: 'c', symbol: 1, event: 'E', direction: 1, horizon: 100, lag: 1, weight: 0.2 },
  { id: 'd', symbol: 2, event: 'F', direction: -1, horizon: 6, lag: 3, weight: 0.1 },
] as const;

interface Case {
  readonly key: number;
  /** Rows from the start of the test window to its announced end. */
  readonly rows: number;
  /** Rows without prices at the end of the second symbol, and at the start of the third. */
  readonly gone: number;
  readonly late: number;
  /** Whether a universe says when the second symbol ended. */
  readonly told: boolean;
  /** Row of the first funding print. */
  readonly funded: number;
}

const cases: fc.Arbitrary<Case> = fc.record({
  key: fc.integer({ min: 1, max: 1e6 }),
  rows: fc.integer({ min: ROWS - 400, max: ROWS + 50 }),
  gone: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 500 })),
  late: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 500 })),
  told: fc.boolean(),
  funded: fc.integer({ min: 0, max: 500 }),
});

function worldOf({ key, gone, late }: Case) {
  const whole = world(key, { days: 4, symbols: 3, events: ['E', 'F'], rate: 12 });
  const prices = whole.prices.map((p, symbol) =>
    p.map((price, row) => {
      const hole = (row * 7919 + key * 31 + symbol) % 23 === 0;
      const listed = symbol !== 2 || row >= late;
      const quoted = symbol !== 1 || row < ROWS - gone;
      return hole || !listed || !quoted ? NaN : price;
    }),
  );
  return { ...whole, prices };
}

const printsOf = ({ key, funded }: Case, symbol: number) => {
  const rows = [funded, funded + 96, funded + 192, funded + 288, ROWS].map((row) => row + symbol);
  return frame({
    ts: rows.map((row) => START + row * FIVE + 2 * MINUTE),
    rate: rows.map((row) => (((row * 31 + key) % 21) - 10) / 5000),
  });
};

const atoms = frame({
  id: ATOMS.map((a) => a.id),
  symbol: ATOMS.map((a) => `S${a.symbol}`),
  event: ATOMS.map((a) => a.event),
  template: ATOMS.map(() => 'continuation'),
  direction: ATOMS.map((a) => a.direction),
  horizon: ATOMS.map((a) => a.horizon),
  entry_lag: ATOMS.map((a) => a.lag),
});
const weights = frame({
  atom: ATOMS.map((a) => a.id),
  cluster: ATOMS.map((_, i) => i + 1),
  weight: ATOMS.map((a) => a.weight),
});

/** When the second symbol ended, if that is told and known by a moment. */
function universeOf({ gone, told }: Case, at: number) {
  if (!told) return undefined;
  const end = START + (ROWS - gone) * FIVE;
  return frame({ symbol: ['S1', 'S2'], delisted: [gone > 0 && end <= at ? end : NaN, NaN] });
}

/** Both nodes on what is known by a moment. */
async function lived(given: Case, at = Number.POSITIVE_INFINITY, whole = worldOf(given)) {
  const upTo = (rows: Frame, delay: number) =>
    rows.slice(0, rows.time('ts').filter((ts) => ts + delay <= at).length);
  const bars = barsOf(whole).map(({ at, value }) => ({ at, value: upTo(value, FIVE) }));
  const funding = whole.names.map((symbol, i) => ({
    at: { symbol },
    value: upTo(printsOf(given, i), MINUTE),
  }));
  const params = { cost: costly, fold: foldUntil(START + given.rows * FIVE) };
  const universe = universeOf(given, at);
  const decisions = upTo(decisionsOf(eventsOf(whole)), FIVE);
  const { outs } = await runNode(
    portfolio,
    { bars, decisions, funding, atoms, weights, universe },
    params,
  );
  const { outs: held } = await runNode(benchmark, { bars, funding, universe }, params);
  return {
    days: frameOf(outs, 'returns'),
    trades: frameOf(outs, 'trades'),
    held: frameOf(held, 'returns'),
  };
}

/** The rows that are known by a moment, as plain data. */
function knownBy(rows: Frame, column: string, delay: number, at: number) {
  const times = rows.column(column);
  return [...rows.rows()].filter((_, row) => (times[row] ?? NaN) + delay <= at);
}

function tapeOf(given: Case, whole: ReturnType<typeof worldOf>): Tape {
  const rows = Math.min(ROWS, given.rows);
  const times = whole.times.slice(0, rows);
  const ends = given.told && given.gone > 0 ? ROWS - given.gone : Number.POSITIVE_INFINITY;
  return {
    gone: [Number.POSITIVE_INFINITY, ends, Number.POSITIVE_INFINITY],
    prices: whole.prices.map((p, i) => settledAt(i === 1 ? ends : rows, p).slice(0, rows)),
    rates: whole.names.map((_, i) => {
      const prints = printsOf(given, i);
      const settled = prints.time('ts').map((ts) => (ts < START + rows * FIVE ? ts : START - 1));
      return ratesOnRows(times, settled, prints.column('rate'));
    }),
    days: Array.from(times, (ts) => Math.floor((ts - START) / DAY)),
    end: given.rows - 1,
  };
}

/** Prices with the last one before a row standing there too. */
const settledAt = (row: number, quoted: ArrayLike<number>, prices = Array.from(quoted)) =>
  prices.map((p, i) =>
    i === row ? (prices.slice(0, row).findLast((x) => !Number.isNaN(x)) ?? NaN) : p,
  );

const ledOf = (given: Case, whole: ReturnType<typeof worldOf>) =>
  ATOMS.map(({ event, symbol, direction, horizon, lag, weight }) => ({
    symbol,
    weight,
    lag,
    hold: horizon,
    signals: whole.found
      .filter(([e, s, row]) => e === event && s === symbol && row < given.rows)
      .map(([, , row, side]) => [row, side * direction] as const),
  }));

describe('simulations', () => {
  it('days and trades that are known do not change with what comes later', async () => {
    const moments = fc.array(fc.integer({ min: 1, max: ROWS * 5 + 60 }), {
      minLength: 4,
      maxLength: 4,
    });
    const check = async (given: Case, minutes: readonly number[]) => {
      const own = worldOf(given);
      const whole = await lived(given, Number.POSITIVE_INFINITY, own);
      const edges = [1, 2, 3].map((day) => START + day * DAY);
      for (const at of [...minutes.map((m) => START + m * MINUTE), ...edges]) {
        const cut = await lived(given, at, own);
        for (const out of ['days', 'held'] as const)
          expect(knownBy(cut[out], 'ts', DAY, at)).toEqual(knownBy(whole[out], 'ts', DAY, at));
        expect(knownBy(cut.trades, 'exit', FIVE, at)).toEqual(
          knownBy(whole.trades, 'exit', FIVE, at),
        );
        expect(knownBy(cut.trades, 'exit', FIVE, at).length).toBe(cut.trades.length);
      }
    };
    await fc.assert(fc.asyncProperty(cases, moments, check), { numRuns: 8, seed: 3 });
  });

  it('agree with accounts that are led row by row', async () => {
    const check = async (given: Case) => {
      const own = worldOf(given);
      const { days, trades, held } = await lived(given, Number.POSITIVE_INFINITY, own);
      const [tape, led] = [tapeOf(given, own), ledOf(given, own)];
      expect([...days.column('net')]).toEqual(near(portfolioLed(led, tape, COST)));
      expect([...held.column('net')]).toEqual(near(heldLed(tape, COST)));
      const expected = led.flatMap((atom) => {
        const end = Math.min(tape.end, tape.gone?.[atom.symbol] ?? tape.end);
        return tradesLed(atom, { end }, tape.prices[atom.symbol] ?? []);
      });
      const left = expected.filter(({ exit }) => exit !== undefined);
      expect(trades.length).toBe(left.length);
      expect([...trades.time('exit')].sort()).toEqual(
        left.map(({ exit = NaN }) => START + exit * FIVE).sort(),
      );
    };
    await fc.assert(fc.asyncProperty(cases, check), { numRuns: 8, seed: 4 });
  });

  it('leave out what lies beyond the end of the test window', async () => {
    const given = { key: 8, rows: 3 * 288, gone: 0, late: 0, told: false, funded: 0 };
    const [long, short] = [await lived(given), await lived(given, START + 3 * DAY)];
    for (const out of ['days', 'trades', 'held'] as const)
      expect([...long[out].rows()]).toEqual([...short[out].rows()]);
    expect(long.days.length).toBe(3);
  });
});

const near = (values: readonly number[]) => values.map((x) => expect.closeTo(x, 12));
