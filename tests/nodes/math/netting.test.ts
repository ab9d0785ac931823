import { describe, expect, it } from '@jest/globals';
import { stream } from '../../../engine/sdk/random.js';
import { buyAndHold } from '../../../nodes/math/buy-and-hold.js';
import { compoundDays } from '../../../nodes/math/days.js';
import { netted } from '../../../nodes/math/netting.js';
import { marketOf, streamOf } from '../../../nodes/math/stream.js';

const FIVE = 300_000;
const times = Array.from({ length: 600 }, (_, i) => i * FIVE);
const walk = (key: number) => {
  const random = stream([key, 1]);
  let price = 100;
  return times.map(() => {
    price *= 1 + 0.002 * random.normal();
    return random.uniform() < 0.02 ? NaN : price;
  });
};
const A = marketOf('A', times, walk(1), { times: [FIVE * 96], rates: [0.001] });
const B = marketOf('B', times, walk(2));
const every = (step: number, from: number) => Array.from({ length: 20 }, (_, i) => from + i * step);

describe('netted', () => {
  it('one atom with all the capital is its own stream', () => {
    const rows = every(25, 7);
    const sides = rows.map((_, i) => (i % 2 === 0 ? 1 : -1));
    const alone = streamOf(rows, sides, { lag: 1, hold: 12 }, A, 0.0006);
    const got = netted([{ number: 0, weight: 1, trades: alone.trades }], [A, B], [0.0006, 0.0006]);
    expect(Array.from(got.net)).toEqual(Array.from(alone.net));
    expect(got.entered.reduce((a, b) => a + b, 0)).toBe(alone.trades.length);
  });

  it('opposite atoms on one symbol cancel and pay nothing', () => {
    const trades = [{ entry: 10, exit: 40, side: 1 }];
    const against = [{ entry: 10, exit: 40, side: -1 }];
    const got = netted(
      [
        { number: 0, weight: 0.5, trades },
        { number: 0, weight: 0.5, trades: against },
      ],
      [A],
      [0.001],
    );
    expect(Array.from(got.net)).toEqual([0, 0, 0]);
    expect(got.cost.reduce((a, b) => a + b, 0)).toBe(0);
    expect(got.entered.reduce((a, b) => a + b, 0)).toBe(2);
  });

  it('has days of zeros without positions', () => {
    expect(Array.from(netted([], [A], [0.001]).net)).toEqual([0, 0, 0]);
  });
});

describe('buyAndHold', () => {
  it('one symbol without gaps: its own return less two costs', () => {
    const market = marketOf(
      'C',
      times,
      times.map((_, i) => 100 + i),
    );
    const days = compoundDays(buyAndHold([market], [0.001], 599), market.days);
    const total = days.net.reduce((equity, r) => equity * (1 + r), 1);
    const value = 699 / 100;
    expect(total).toBeCloseTo(1 + (value - 1) - 0.001 - 0.001 * value, 10);
  });

  it('a symbol that comes late is bought then, and nothing is set aside for it or for one that never trades', () => {
    const late = marketOf(
      'L',
      times,
      times.map((_, i) => (i < 300 ? NaN : 50)),
    );
    const never = marketOf(
      'N',
      times,
      times.map(() => NaN),
    );
    const held = buyAndHold([late, never], [0, 0], 599);
    expect(held.open).toEqual([]);
    expect(held.exposure[299]).toBe(0);
    expect(held.exposure[300]).toBeCloseTo(1, 12);
    expect(held.gross.reduce((a, b) => a + b, 0)).toBe(0);
  });

  it('a symbol that comes late takes an equal part of what the others have become', () => {
    const doubling = times.map((_, i) => (i < 300 ? 10 : 20));
    const late = times.map((_, i) => (i < 400 ? NaN : 50));
    const held = buyAndHold(
      [marketOf('A', times, doubling), marketOf('B', times, late)],
      [0, 0],
      599,
    );
    // All of it in A, which doubles; half of that goes to B.
    expect(held.gross[300]).toBeCloseTo(1, 12);
    expect(held.traded[0]).toBeCloseTo(1, 12);
    expect(held.traded[400]).toBeCloseTo(1, 12);
    expect(held.exposure[400]).toBeCloseTo(1, 12);
  });

  it('a symbol that ends is sold at its last price; who comes later is bought from that', () => {
    const falling = times.map((_, i) => (i < 100 ? 10 : i < 200 ? 2 : NaN));
    const dead = marketOf('D', times, falling, undefined, Number(times[250]));
    const flat = times.map(() => 7);
    const late = marketOf(
      'L',
      times,
      times.map((_, i) => (i < 300 ? NaN : 50)),
    );
    const held = buyAndHold([dead, marketOf('F', times, flat), late], [0.01, 0.01, 0.01], 599);
    expect(dead.gone).toBe(250);
    expect([249, 250, 251].map((row) => dead.prices[row])).toEqual([NaN, 2, NaN]);
    const rows = held.gross.map((g, i) => (g !== 0 ? i : -1)).filter((i) => i >= 0);
    expect([...rows]).toEqual([100]);
    // Half of it lost four fifths.
    expect(held.gross[100]).toBeCloseTo((-0.5 * 0.8) / 0.99, 12);
    expect(held.traded[250]).toBeCloseTo(0.1 / 0.59, 12);
    expect(held.exposure[260]).toBeCloseTo(0.5 / (0.59 - 0.001), 12);
    expect(held.open).toEqual([]);
  });

  it('holds on where rows stop before the end, or have no price there', () => {
    const flat = times.map(() => 10);
    const open = (prices: readonly number[], end: number) => {
      const held = buyAndHold([marketOf('H', times, prices)], [0.001], end);
      return { open: held.open, traded: held.traded.reduce((a, b) => a + b, 0) };
    };
    expect(open(flat, 599)).toEqual({ open: [], traded: expect.closeTo(2, 2) });
    expect(open(flat, 600)).toEqual({ open: [0], traded: 1 });
    expect(open(flat.with(599, NaN), 599)).toEqual({ open: [0], traded: 1 });
  });

  it('pays funding out of the position', () => {
    const market = marketOf(
      'F',
      times,
      times.map(() => 10),
      { times: [FIVE * 50], rates: [0.01] },
    );
    const days = compoundDays(buyAndHold([market], [0], 599), market.days);
    expect(days.net.reduce((equity, r) => equity * (1 + r), 1)).toBeCloseTo(0.99, 12);
  });
});
