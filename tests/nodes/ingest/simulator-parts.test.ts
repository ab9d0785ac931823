import { describe, expect, it } from '@jest/globals';
import { Crowd } from '../../../nodes/ingest/simulator/crowd.js';
import { Draws } from '../../../nodes/ingest/simulator/draws.js';
import { rateOf } from '../../../nodes/ingest/simulator/funding.js';
import { listingOf } from '../../../nodes/ingest/simulator/listing.js';
import { seasonOf } from '../../../nodes/ingest/simulator/season.js';
import { straysOf } from '../../../nodes/ingest/simulator/stray.js';
import { drawsOf } from '../../kit/draws.js';
import { placebo } from '../../kit/markets.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;
const streams = drawsOf('ingest.market', 7);
const clock = { epoch: placebo.simulator.epoch, spacing: 300_000, bars: 288 };

/** Mean of some draws and its distance from what it should be, in standard errors. */
function mean(count: number, draw: () => number, expected: number) {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < count; i++) {
    const x = draw();
    sum += x;
    squares += x * x;
  }
  const [average, second] = [sum / count, squares / count];
  const error = Math.sqrt((second - average * average) / count);
  return { average, errors: (average - expected) / error };
}

/** sfc32 written down once more with plain numbers modulo 2^32, as its author describes it. */
function slowly(seed: readonly [number, number, number], count: number): readonly number[] {
  const M = 4294967296;
  let [a, b, c] = seed;
  let counter = 1;
  const next = () => {
    const out = (a + b + counter) % M;
    counter = (counter + 1) % M;
    a = (b ^ (b >>> 9)) >>> 0;
    b = (c + c * 8) % M;
    c = ((((c << 21) | (c >>> 11)) >>> 0) + out) % M;
    return out;
  };
  for (let i = 0; i < 12; i++) next();
  return Array.from({ length: count }, next);
}

describe('draws', () => {
  it('are those of sfc32 from three words of the stream', () => {
    const begin = streams('x').at(3);
    const words = [0, 1, 2].map(() => begin.integer(4294967296));
    const [a = 0, b = 0, c = 0] = words;
    const draws = new Draws(streams('x').at(3));
    const told = Array.from({ length: 50 }, () => draws.uniform() * 4294967296);
    expect(told).toEqual(slowly([a, b, c], 50));
  });

  it.each([
    ['mean', (x: number) => x, 0],
    ['variance', (x: number) => x * x, 1],
    ['skewness', (x: number) => x * x * x, 0],
    ['fourth moment', (x: number) => x * x * x * x, 3],
    ['share beyond 1', (x: number) => (x > 1 ? 1 : 0), 0.15865525],
    ['share beyond 3', (x: number) => (Math.abs(x) > 3 ? 1 : 0), 0.0026997961],
    ['share in the tail of the ziggurat', (x: number) => (Math.abs(x) > 3.6 ? 1 : 0), 0.00031821],
  ])('normal draws have the %s of a normal', (_name, of, expected) => {
    const draws = new Draws(streams('normal'));
    expect(Math.abs(mean(400_000, () => of(draws.normal()), expected).errors)).toBeLessThan(3.5);
  });

  it('exponential draws have mean 1 and variance 1', () => {
    const draws = new Draws(streams('exponential'));
    expect(Math.abs(mean(100_000, () => draws.exponential(), 1).errors)).toBeLessThan(3.5);
    const square = () => {
      const x = draws.exponential();
      return x * x;
    };
    expect(Math.abs(mean(100_000, square, 2).errors)).toBeLessThan(3.5);
  });
});

describe('forced orders', () => {
  it('expect nothing of the price, whether they begin, go on or end', () => {
    const draws = new Draws(streams('crowd'));
    const crowd = new Crowd(100, clock, draws);
    const scale = 0.004;
    const seen = { begin: [] as number[], on: [] as number[] };
    for (let i = 0; i < 400_000; i++) {
      const before = crowd.forced;
      const push = crowd.force(scale, scale * 10, draws);
      const growth = Math.exp(push) - 1;
      if (before) seen.on.push(growth);
      else seen.begin.push(growth);
      crowd.settle(push + scale * draws.normal(), scale, draws);
    }
    for (const growths of [seen.begin, seen.on]) {
      let at = 0;
      expect(growths.length).toBeGreaterThan(5000);
      expect(Math.abs(mean(growths.length, () => growths[at++] ?? 0, 0).errors)).toBeLessThan(3);
    }
  });

  it('push the price against the side that is crowded, and clear a part of it', () => {
    const draws = new Draws(streams('crowded'));
    const crowd = new Crowd(100, clock, draws);
    let cascades = 0;
    for (let i = 0; i < 100_000; i++) {
      const [side, before, demand] = [Math.sign(crowd.demand), crowd.forced, crowd.demand];
      const push = crowd.force(0.004, 0.04, draws);
      if (crowd.forced && !before) {
        cascades += 1;
        expect(Math.sign(push)).toBe(-side);
        expect(Math.abs(crowd.demand)).toBeLessThan(Math.abs(demand));
      }
      crowd.settle(push + 0.004 * draws.normal(), 0.004, draws);
    }
    expect(cascades).toBeGreaterThan(300);
  });
});

describe('the rate of funding', () => {
  it.each([
    ['at the interest rate while the premium is near it', 0.0004, 8, 0.0001],
    ['to the edges of the band', -0.0004, 8, 0.0001],
    ['above the band by what the premium exceeds it', 0.0009, 8, 0.0004],
    ['below the band', -0.001, 8, -0.0005],
    ['never beyond the cap', 0.01, 8, 0.003],
    ['nor below it', -0.01, 8, -0.003],
    ['half the interest for half the interval', 0.0002, 4, 0.00005],
    ['an eighth of it by the hour', 0.0002, 1, 0.0000125],
  ])('%s', (_name, premium, hours, rate) => {
    expect(rateOf(premium, hours * HOUR)).toBeCloseTo(rate, 9);
  });
});

describe('listings', () => {
  const world = placebo.simulator;
  const names = Array.from({ length: 400 }, (_, i) => `S${i}USDT`);

  it('are from the epoch on and for good, unless the world says otherwise', () => {
    for (const name of names) {
      expect(listingOf(name, world)).toEqual({ listed: world.epoch, delisted: undefined });
    }
  });

  it('are as the world says for symbols it names', () => {
    const listings = {
      AAA: { from: world.epoch + 9 * DAY, until: undefined },
      BBB: { from: undefined, until: world.epoch + 30 * DAY },
    };
    const said = { ...world, listings, newcomers: 1, delistings_per_year: 1 };
    expect(listingOf('AAA', said)).toEqual({ listed: world.epoch + 9 * DAY, delisted: undefined });
    expect(listingOf('BBB', said)).toEqual({
      listed: world.epoch,
      delisted: world.epoch + 30 * DAY,
    });
  });

  it('come by the rates of the world, at midnight, and another roster draws other dates', () => {
    const rates = { newcomers: 0.5, newcomer_years: 2, delistings_per_year: 0.25 };
    const drawn = names.map((name) => listingOf(name, { ...world, ...rates }));
    const late = drawn.filter(({ listed }) => listed > world.epoch);
    expect(late.length).toBeGreaterThan(160);
    expect(late.length).toBeLessThan(240);
    const lives = drawn.map(({ listed, delisted = Number.NaN }) => (delisted - listed) / YEAR);
    const average = lives.reduce((sum, life) => sum + life, 0) / lives.length;
    expect(average).toBeGreaterThan(3.4);
    expect(average).toBeLessThan(4.6);
    expect(late.every(({ listed }) => listed <= world.epoch + 2 * YEAR + DAY)).toBe(true);
    expect(drawn.every(({ listed }) => (listed - world.epoch) % DAY === 0)).toBe(true);
    const other = names.map((name) => listingOf(name, { ...world, ...rates, roster: 1 }));
    expect(other.filter((l, i) => l.delisted === drawn[i]?.delisted).length).toBeLessThan(5);
  });
});

describe('seasons and strays', () => {
  it('a week is as busy as it is on average, its week-end is not', () => {
    const season = seasonOf({ ...clock, epoch: Date.UTC(2024, 0, 1) }); // a Monday
    const sum = (from: number, to: number) => season.slice(from, to).reduce((s, x) => s + x, 0);
    expect(season.length).toBe(7 * 288);
    expect(sum(0, 7 * 288) / (7 * 288)).toBeCloseTo(1, 12);
    expect(sum(5 * 288, 7 * 288) / (2 * 288)).toBeLessThan(0.8);
    expect(season[14 * 12]).toBeGreaterThan(2 * (season[5 * 12] ?? 0));
  });

  it('strays have one standard deviation, and a longer span has the same earlier ones', () => {
    const [short, long] = [20_000, 400_000].map((to) => straysOf(streams('s'), 1, to, clock));
    expect(long?.slice(0, short?.length)).toEqual(short);
    let at = 0;
    const square = () => {
      const x = long?.[at++] ?? Number.NaN;
      return x * x;
    };
    expect(mean(long?.length ?? 0, square, 1).average).toBeCloseTo(1, 0);
  });
});
