import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { check, readContract } from '../../../engine/frame/contract.js';
import type { Frame } from '../../../engine/frame/frame.js';
import { parseYaml } from '../../../engine/yaml/parse.js';
import { plain } from '../../../engine/yaml/read.js';
import clean from '../../../nodes/clean/market.js';
import market from '../../../nodes/ingest/market.js';
import { plainFrame } from '../../kit/frame.js';
import { placebo } from '../../kit/markets.js';
import { runNode } from '../../kit/node.js';
import { frameAt } from '../../kit/real.js';
import { ROOT } from '../../kit/specs.js';
import { simulated } from '../../kit/worlds.js';

const FIVE = 300_000;

async function world(symbol: string, from: string, to: string, seed = 7, more = {}) {
  // A late epoch: days before the span are simulated too, and Jest's realm is slow.
  const late = { epoch: Date.UTC(2023, 11, 1), tables: [], ...more };
  const params = {
    market: { ...placebo, simulator: { ...placebo.simulator, ...late } },
    symbol,
    span: { from, to },
  };
  const { outs } = await runNode(market, {}, params, { seed });
  return { raw: frameAt(outs, 'raw'), funding: frameAt(outs, 'funding') };
}

function moments(values: Iterable<number>) {
  const known = [...values].filter(Number.isFinite);
  const mean = known.reduce((s, x) => s + x, 0) / known.length;
  const central = (power: (d: number) => number) =>
    known.reduce((s, x) => s + power(x - mean), 0) / known.length;
  const variance = central((d) => d * d);
  return { mean, variance };
}

function correlation(a: Float64Array, b: Float64Array): number {
  const pairs = Array.from(a, (x, i) => [x, b[i] ?? Number.NaN] as const).filter(([x, y]) =>
    Number.isFinite(x + y),
  );
  const [p, q] = [moments(pairs.map(([x]) => x)), moments(pairs.map(([, y]) => y))];
  const product = pairs.reduce((s, [x, y]) => s + (x - p.mean) * (y - q.mean), 0) / pairs.length;
  return product / Math.sqrt(p.variance * q.variance);
}

function contract(id: string) {
  const file = `${ROOT}spec/contracts/${id}.yaml`;
  const { value } = parseYaml(readFileSync(file, 'utf8'), file);
  const { contract: found } = readContract(value ? plain(value) : null);
  if (!found) throw new Error(`${file} is no contract`);
  return found;
}

const rowsFrom = (frame: Frame, ts: number) =>
  frame.slice(frame.time('ts').findIndex((t) => t >= ts));

describe('the simulated market', () => {
  it('is the same whatever the span: bars depend on seed, symbol and time alone', async () => {
    const long = await world('AAAUSDT', '2024-01-20', '2024-02-10');
    const short = await world('AAAUSDT', '2024-02-01', '2024-02-10');
    const from = Date.UTC(2024, 1, 1);
    expect(plainFrame(rowsFrom(long.raw, from))).toEqual(plainFrame(short.raw));
    expect(plainFrame(rowsFrom(long.funding, from))).toEqual(plainFrame(short.funding));
  });

  it('changes with the seed and with the symbol', async () => {
    const first = await world('AAAUSDT', '2024-02-01', '2024-02-02', 7);
    const seed = await world('AAAUSDT', '2024-02-01', '2024-02-02', 8);
    const symbol = await world('BBBUSDT', '2024-02-01', '2024-02-02', 7);
    expect(plainFrame(seed.raw)).not.toEqual(plainFrame(first.raw));
    expect(plainFrame(symbol.raw)).not.toEqual(plainFrame(first.raw));
  });

  it.each([0, 1])('has prices also where all move alone or all together: share %d', (share) => {
    const world = { epoch: Date.UTC(2023, 11, 1), market_share: share };
    const { raw, liquidations } = simulated('ETHUSDT', '2024-01-01', '2024-01-04', { world });
    const close = raw.column('close');
    expect(close.every((price) => price > 0)).toBe(true);
    expect(new Set(close).size).toBeGreaterThan(100);
    expect([...(liquidations?.column('price') ?? [])].every((price) => price > 0)).toBe(true);
  });

  it('keeps the contracts, before and after cleaning', async () => {
    const { raw, funding } = await world('AAAUSDT', '2024-01-01', '2024-02-15', 7, {
      bad_ticks_per_month: 30,
      gaps_per_month: 10,
    });
    const { outs } = await runNode(clean, { raw, funding });
    expect(check(raw, contract('raw_bars'))).toEqual([]);
    expect(check(funding, contract('raw_funding'))).toEqual([]);
    expect(check(frameAt(outs, 'bars'), contract('bars'))).toEqual([]);
    expect(check(frameAt(outs, 'funding'), contract('funding'))).toEqual([]);
    const bars = frameAt(outs, 'bars');
    expect(new Set(bars.texts('fault'))).toEqual(new Set([null, 'absent', 'price', 'range']));
    const times = raw.time('ts');
    expect(new Set(times).size).toBeLessThan(raw.length);
    expect(bars.length).toBeGreaterThan(new Set(times).size);
  });

  it('has no edge in its flow: this bar’s imbalance does not tell the next bar’s return', async () => {
    const { outs } = await runNode(clean, await world('AAAUSDT', '2024-01-01', '2024-02-15'));
    const bars = frameAt(outs, 'bars');
    const [close, taker, volume] = [
      bars.column('close'),
      bars.column('taker_base_volume'),
      bars.column('volume'),
    ];
    const ret = Float64Array.from(close, (c, i) => Math.log(c / (close[i - 1] ?? Number.NaN)));
    const flow = Float64Array.from(taker, (t, i) => (2 * t) / (volume[i] ?? Number.NaN) - 1);
    expect(correlation(flow, ret)).toBeGreaterThan(0.3);
    expect(Math.abs(correlation(flow.slice(0, -1), ret.slice(1)))).toBeLessThan(0.03);
  });

  it('pays funding every eight hours, often exactly the interest rate', () => {
    const { funding } = simulated('AAAUSDT', '2024-01-01', '2025-01-01', {
      world: { tables: [], epoch: Date.UTC(2023, 11, 31) },
    });
    expect(funding.length).toBe(366 * 3);
    const rates = [...funding.column('rate')];
    const usual = rates.filter((r) => r === 0.0001).length / rates.length;
    expect(usual).toBeGreaterThan(0.4);
    expect(usual).toBeLessThan(0.95);
    expect(rates.some((r) => r < 0)).toBe(true);
    const late = funding.time('ts').filter((t) => t % FIVE !== 0);
    expect(late.length).toBeGreaterThan(20);
    expect(late.every((t) => t % FIVE < 25)).toBe(true);
  });
});
