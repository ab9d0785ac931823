import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { check, readContract } from '../../../engine/frame/contract.js';
import type { Frame } from '../../../engine/frame/frame.js';
import { parseYaml } from '../../../engine/yaml/parse.js';
import { plain } from '../../../engine/yaml/read.js';
import { simulatedDatasets } from '../../../nodes/ingest/simulator/market.js';
import type { Dataset, Given } from '../../../nodes/ingest/tables/given.js';
import { plainFrame } from '../../kit/frame.js';
import { demo, placebo } from '../../kit/markets.js';
import { installFormulas, ROOT } from '../../kit/specs.js';
import { simulated as made, onGrid } from '../../kit/worlds.js';

const FIVE = 300_000;
const HOUR = 12 * FIVE;
const DAY = 24 * HOUR;
const TABLES = ['spot', 'open_interest', 'liquidations', 'tob'] as const;
const CONTRACTS = {
  raw: 'raw_bars',
  funding: 'raw_funding',
  spot: 'raw_bars',
  open_interest: 'raw_open_interest',
  liquidations: 'raw_liquidations',
  tob: 'tob',
} as const;
type Name = keyof typeof CONTRACTS;

installFormulas();

/** Worlds that begin a month before the spans below: every day since the epoch is simulated, and Jest's realm is slow. */
const simulated: typeof made = (symbol, from, to, how = {}) =>
  made(symbol, from, to, { ...how, world: { epoch: Date.UTC(2023, 11, 25), ...how.world } });

const NAMES = Object.keys(CONTRACTS).filter((name): name is Name => name in CONTRACTS);

function tableOf(given: Given, name: Name | Dataset): Frame {
  const found = given[name];
  if (!found) throw new Error(`no ${name}`);
  return found;
}

function contract(id: string) {
  const file = `${ROOT}spec/contracts/${id}.yaml`;
  const { value } = parseYaml(readFileSync(file, 'utf8'), file);
  const { contract: found } = readContract(value ? plain(value) : null);
  if (!found) throw new Error(`${file} is no contract`);
  return found;
}

const since = (frame: Frame, ts: number) =>
  plainFrame(frame.slice(frame.time('ts').findIndex((t) => t >= ts)));
const until = (frame: Frame, ts: number) =>
  plainFrame(frame.slice(0, frame.time('ts').filter((t) => t < ts).length));

describe('tables of the simulated market', () => {
  const busy = { outages_per_month: 20, gaps_per_month: 10, cascades_per_month: 30 };

  it.each([
    ['without effects', placebo],
    ['with them', demo],
  ])('rows depend on seed, symbol and time alone, whatever the span: %s', (_name, market) => {
    const of = (from: string, to: string) =>
      simulated('AAAUSDT', from, to, { market, world: busy });
    const long = of('2024-01-20', '2024-02-10');
    const late = of('2024-02-01', '2024-02-10');
    const early = of('2024-01-20', '2024-02-01');
    const from = Date.UTC(2024, 1, 1);
    for (const name of NAMES) {
      expect(since(tableOf(long, name), from)).toEqual(plainFrame(tableOf(late, name)));
      expect(until(tableOf(long, name), from)).toEqual(plainFrame(tableOf(early, name)));
    }
  });

  it('a span may begin within a day', () => {
    const whole = simulated('AAAUSDT', '2024-02-01', '2024-02-03', { world: busy });
    const part = simulated('AAAUSDT', '2024-02-01T07:25:00Z', '2024-02-03', { world: busy });
    const from = Date.UTC(2024, 1, 1, 7, 25);
    for (const name of NAMES)
      expect(since(tableOf(whole, name), from)).toEqual(plainFrame(tableOf(part, name)));
  });

  it('a table draws for itself: leaving others out changes no row of it', () => {
    const all = simulated('AAAUSDT', '2024-02-01', '2024-02-05', { world: busy });
    for (const name of TABLES) {
      const alone = simulated('AAAUSDT', '2024-02-01', '2024-02-05', {
        world: { ...busy, tables: [name] },
      });
      expect(Object.keys(alone).sort()).toEqual(['funding', name, 'raw'].sort());
      for (const kept of ['raw', 'funding', name] as const)
        expect(plainFrame(tableOf(alone, kept))).toEqual(plainFrame(tableOf(all, kept)));
    }
  });

  it('a market says which tables it has', () => {
    expect([...simulatedDatasets(placebo)]).toEqual([...TABLES]);
    const bare = { ...placebo, simulator: { ...placebo.simulator, tables: [] } };
    expect([...simulatedDatasets(bare)]).toEqual([]);
  });

  it('change with the seed and with the symbol', () => {
    const of = (symbol: string, seed: number) =>
      simulated(symbol, '2024-02-01', '2024-02-03', { seed });
    const first = of('AAAUSDT', 7);
    for (const other of [of('AAAUSDT', 8), of('BBBUSDT', 7)])
      for (const name of NAMES)
        expect(plainFrame(tableOf(other, name))).not.toEqual(plainFrame(tableOf(first, name)));
  });

  it('keep their contracts', () => {
    const given = simulated('AAAUSDT', '2024-01-01', '2024-02-01', {
      world: { ...busy, bad_ticks_per_month: 30 },
    });
    for (const name of NAMES)
      expect(check(tableOf(given, name), contract(CONTRACTS[name]))).toEqual([]);
  });

  it('prices and amounts are possible ones: spot, quotes, orders, ratios', () => {
    const given = simulated('AAAUSDT', '2024-01-01', '2024-02-01', { world: busy });
    const spot = tableOf(given, 'spot');
    const [high, low, open, close] = ['high', 'low', 'open', 'close'].map((c) => spot.column(c));
    for (let i = 0; i < spot.length; i++) {
      const [o, c] = [open?.[i] ?? NaN, close?.[i] ?? NaN];
      expect(low?.[i]).toBeLessThanOrEqual(Math.min(o, c));
      expect(high?.[i]).toBeGreaterThanOrEqual(Math.max(o, c));
    }
    const interest = tableOf(given, 'open_interest');
    for (const name of interest.names.filter((n) => n !== 'ts'))
      expect(Math.min(...interest.column(name))).toBeGreaterThan(0);
    const ticks = tableOf(given, 'liquidations');
    for (const name of ['price', 'base', 'value'])
      expect(Math.min(...ticks.column(name))).toBeGreaterThan(0);
  });
});

describe('how the tables hang together', () => {
  const quiet = { gaps_per_month: 0, outages_per_month: 0, bad_ticks_per_month: 0 };
  const grid = { from: Date.UTC(2024, 0, 1), bars: 91 * 288 };
  const given = simulated('AAAUSDT', '2024-01-01', '2024-04-01', {
    world: { ...quiet, cascades_per_month: 20 },
  });
  const close = onGrid(given.raw, 'close', grid);
  const spot = onGrid(tableOf(given, 'spot'), 'close', grid);
  const basis = close.map((c, i) => c / (spot[i] ?? NaN) - 1);

  it('funding is the mean basis of its interval, pulled to the interest and capped', () => {
    const [ts, rate] = [given.funding.time('ts'), given.funding.column('rate')];
    let seen = 0;
    for (let i = 1; i < given.funding.length; i++) {
      const end = Math.floor(((ts[i] ?? 0) - grid.from) / FIVE);
      const mean = basis.slice(end - 96, end).reduce((s, x) => s + x, 0) / 96;
      const pulled = mean + Math.min(Math.max(1e-4 - mean, -5e-4), 5e-4);
      // The premium is one of logs, and these prices are rounded to ticks.
      expect(Math.abs((rate[i] ?? NaN) - pulled)).toBeLessThan(1e-5);
      if (pulled !== 1e-4) seen += 1;
    }
    expect(seen).toBeGreaterThan(30);
  });

  it('what is liquidated leaves open interest, on the side the price runs against', () => {
    const ticks = tableOf(given, 'liquidations');
    const [ts, sell, value] = [ticks.time('ts'), ticks.flags('sell'), ticks.column('value')];
    const interest = onGrid(tableOf(given, 'open_interest'), 'value', grid);
    const [sums, wrong] = [new Float64Array(grid.bars), [] as number[]];
    for (let i = 0; i < ticks.length; i++) {
      const bar = Math.floor(((ts[i] ?? 0) - grid.from) / FIVE);
      sums[bar] = (sums[bar] ?? 0) + (value[i] ?? 0);
      const move = (close[bar] ?? NaN) - (close[bar - 1] ?? NaN);
      if ((sell[i] === 1 && move > 0) || (sell[i] === 0 && move < 0)) wrong.push(i);
    }
    expect(wrong).toEqual([]);
    const base = onGrid(tableOf(given, 'open_interest'), 'base', grid);
    const large = [...sums.keys()].filter((i) => (sums[i] ?? 0) > 0.01 * (interest[i] ?? NaN));
    expect(large.length).toBeGreaterThan(20);
    for (const bar of large) {
      const lost = 1 - (base[bar + 1] ?? NaN) / (base[bar] ?? NaN);
      const share = (sums[bar] ?? NaN) / (interest[bar] ?? NaN);
      expect(Math.abs(lost - share)).toBeLessThan(0.01);
    }
  });

  it('cascades run on for bars: forced orders follow forced orders, and the price moves with them', () => {
    const ticks = tableOf(given, 'liquidations');
    const bars = [...ticks.time('ts')].map((t) => Math.floor((t - grid.from) / FIVE));
    const counts = new Map<number, number>();
    for (const bar of bars) counts.set(bar, (counts.get(bar) ?? 0) + 1);
    const many = [...counts].filter(([, n]) => n >= 40).map(([bar]) => bar);
    const followed = many.filter((bar) => (counts.get(bar + 1) ?? 0) >= 20).length / many.length;
    expect(many.length).toBeGreaterThan(50);
    expect(followed).toBeGreaterThan(0.3);
  });

  it('spreads are wider and depth thinner where forced orders are, and they stray for days', () => {
    const tob = tableOf(given, 'tob');
    const [spread, depth] = [onGrid(tob, 'spread_bps', grid), onGrid(tob, 'bid_depth_usd', grid)];
    const ticks = tableOf(given, 'liquidations');
    const counts = new Map<number, number>();
    for (const t of ticks.time('ts')) {
      const bar = Math.floor((t - grid.from) / FIVE);
      counts.set(bar, (counts.get(bar) ?? 0) + 1);
    }
    const mean = (x: Float64Array, keep: (i: number) => boolean) => {
      const kept = [...x.keys()].filter((i) => keep(i) && Number.isFinite(x[i]));
      return kept.reduce((s, i) => s + (x[i] ?? NaN), 0) / kept.length;
    };
    const inside = (i: number) => (counts.get(i) ?? 0) >= 40;
    expect(mean(spread, inside)).toBeGreaterThan(1.3 * mean(spread, (i) => !inside(i)));
    expect(mean(depth, inside)).toBeLessThan(mean(depth, (i) => !inside(i)));
    const holes = spread.filter(Number.isNaN).length / spread.length;
    expect(holes).toBeGreaterThan(0.005);
    expect(holes).toBeLessThan(0.05);
  });
});

describe('listings, outages and intervals', () => {
  const from = Date.UTC(2024, 0, 1);

  it('a symbol has no row before it is listed and none after it is delisted, and is wild at first', () => {
    const listings = {
      NEWUSDT: { from: Date.UTC(2024, 0, 10), until: Date.UTC(2024, 2, 20) },
    };
    const whole = { bad_ticks_per_month: 0, gaps_per_month: 0, outages_per_month: 0 };
    const given = simulated('NEWUSDT', '2024-01-01', '2024-04-01', {
      world: { ...whole, listings },
    });
    for (const name of NAMES) {
      const ts = tableOf(given, name).time('ts');
      expect(Math.min(...ts)).toBeGreaterThanOrEqual(listings.NEWUSDT.from);
      expect(Math.min(...ts)).toBeLessThan(listings.NEWUSDT.from + DAY);
      expect(Math.max(...ts)).toBeLessThan(listings.NEWUSDT.until);
      expect(Math.max(...ts)).toBeGreaterThan(listings.NEWUSDT.until - DAY);
    }
    const old = simulated('NEWUSDT', '2024-01-10', '2024-03-20', { world: whole });
    const ratio = [0, 30].map((day) => {
      const [young, settled] = [given, old].map(({ raw }) => {
        const close = raw.column('close').slice(day * 288, (day + 1) * 288);
        return close.reduce((s, c, i) => s + Math.abs(Math.log(c / (close[i - 1] ?? c))), 0);
      });
      return (young ?? NaN) / (settled ?? NaN);
    });
    expect(ratio[0]).toBeGreaterThan(1.4);
    expect(ratio[1]).toBeCloseTo(1, 1);
  });

  it('before its listing a symbol has tables without rows', () => {
    const listings = { NEWUSDT: { from: Date.UTC(2024, 5, 1), until: undefined } };
    const given = simulated('NEWUSDT', '2024-01-01', '2024-02-01', { world: { listings } });
    for (const name of NAMES) expect(tableOf(given, name).length).toBe(0);
  });

  it('outages of the exchange strike every symbol at once, some flat and some as absent bars', () => {
    const world = { outages_per_month: 15, gaps_per_month: 0, bad_ticks_per_month: 0 };
    const grid = { from, bars: 60 * 288 };
    const [a, b] = ['AAAUSDT', 'BBBUSDT'].map((symbol) => {
      return onGrid(simulated(symbol, '2024-01-01', '2024-03-01', { world }).raw, 'volume', grid);
    });
    const kinds = (x: Float64Array | undefined) =>
      [...(x ?? [])].map((v) => (Number.isNaN(v) ? 'absent' : v === 0 ? 'flat' : ''));
    expect(kinds(a)).toEqual(kinds(b));
    expect(new Set(kinds(a))).toEqual(new Set(['', 'absent', 'flat']));
  });

  it('while the exchange is down there are no orders, no readings and no quotes', () => {
    const world = { outages_per_month: 15, gaps_per_month: 0, bad_ticks_per_month: 0 };
    const given = simulated('AAAUSDT', '2024-01-01', '2024-03-01', { world });
    const grid = { from, bars: 60 * 288 };
    const volume = onGrid(given.raw, 'volume', grid);
    const coverage = onGrid(tableOf(given, 'tob'), 'coverage', grid);
    const interest = onGrid(tableOf(given, 'open_interest'), 'base', grid);
    const orders = onGrid(tableOf(given, 'liquidations'), 'value', grid);
    const down = [...volume.keys()].filter((i) => !((volume[i] ?? 0) > 0));
    expect(down.length).toBeGreaterThan(50);
    for (const bar of down) {
      expect(coverage[bar]).toBe(0);
      expect(interest[bar + 1]).toBeNaN();
      expect(orders[bar]).toBeNaN();
    }
  });

  it('a symbol may come to settle at another interval; the interest is paid by the hour', () => {
    const changes = [
      { symbol: 'AAAUSDT', from: Date.UTC(2024, 0, 10), every: 4 * HOUR },
      { symbol: 'AAAUSDT', from: Date.UTC(2024, 0, 20), every: HOUR },
    ];
    const of = (symbol: string) =>
      simulated(symbol, '2024-01-01', '2024-02-01', {
        world: { funding_changes: changes, basis: 0.1, cascades_per_month: 0 },
      });
    const { funding } = of('AAAUSDT');
    const minutes = [...funding.time('ts')].map((t) => Math.floor(t / 60_000));
    const gaps = minutes.slice(1).map((m, i) => (m - (minutes[i] ?? NaN)) / 60);
    expect([...new Set(gaps)]).toEqual([8, 4, 1]);
    expect(gaps.filter((g) => g === 4).length).toBe(60);
    expect(new Set(funding.column('rate'))).toEqual(new Set([0.0001, 0.00005, 0.0000125]));
    expect(of('BBBUSDT').funding.length).toBe(31 * 3);
  });
});
