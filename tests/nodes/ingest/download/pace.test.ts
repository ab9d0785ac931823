import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Budget } from '../../../../nodes/ingest/download/budget.js';
import {
  DAY,
  daysIn,
  intervalText,
  monthOf,
  monthsIn,
  nextMonth,
} from '../../../../nodes/ingest/download/days.js';
import { dayIn, fileName, inside } from '../../../../nodes/ingest/download/names.js';
import { stretches } from '../../../../nodes/ingest/download/rest/tail.js';
import { digestIn } from '../../../../nodes/ingest/download/seal.js';
import { backoffOf, pause, retryAfter } from '../../../../nodes/ingest/download/wait.js';

const calm = new AbortController().signal;

describe('a budget', () => {
  it('never lets more through in any stretch than it may, in the order of asking', async () => {
    const every = 60;
    const budget = new Budget({ most: 10, every });
    const went: { readonly at: number; readonly weight: number; readonly turn: number }[] = [];
    const weights = [4, 4, 4, 1, 9, 3, 3, 10, 2, 2];
    await Promise.all(
      weights.map(async (weight, turn) => {
        await budget.admit(weight, calm);
        went.push({ at: Date.now(), weight, turn });
      }),
    );
    expect(went.map(({ turn }) => turn)).toEqual(weights.map((_, i) => i));
    for (const { at } of went) {
      const inside = went.filter((one) => one.at > at - every + 5 && one.at <= at);
      expect(inside.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThanOrEqual(10);
    }
  });

  it('counts what others at the same address used', async () => {
    const budget = new Budget({ most: 10, every: 80 });
    await budget.admit(2, calm);
    budget.told(10);
    const began = Date.now();
    await budget.admit(1, calm);
    expect(Date.now() - began).toBeGreaterThanOrEqual(70);
  });

  it('what is heavier than all of it goes alone, and who leaves the queue holds nobody up', async () => {
    const budget = new Budget({ most: 10, every: 50 });
    await budget.admit(25, calm);
    const gone = new AbortController();
    const left = budget.admit(5, gone.signal);
    const next = budget.admit(5, calm);
    gone.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    await next;
  });
});

describe('waits', () => {
  it('double, stay within a minute, and are the same for the same request', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.webUrl(), (attempt, url) => {
        const wait = backoffOf(1000, attempt, url);
        const whole = Math.min(60_000, 1000 * 2 ** Math.min(attempt - 1, 16));
        expect(wait).toBeGreaterThanOrEqual(whole / 2);
        expect(wait).toBeLessThanOrEqual(whole);
        expect(backoffOf(1000, attempt, url)).toBe(wait);
      }),
    );
  });

  const now = Date.parse('2025-02-03T00:00:00Z');
  it.each([
    ['120', 120_000],
    [' 7 ', 7_000],
    ['0', 0],
    ['Mon, 03 Feb 2025 00:01:00 GMT', 60_000],
    ['Mon, 03 Feb 2020 00:01:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['', undefined],
    [null, undefined],
  ])('Retry-After %j', (header, wait) => {
    expect(retryAfter(header, now)).toBe(wait);
  });

  it('end with the signal', async () => {
    const stop = new AbortController();
    const waiting = pause(60_000, stop.signal);
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    await expect(pause(1, stop.signal)).rejects.toThrow('stopped');
  });
});

describe('names', () => {
  const series = {
    dataset: 'bars',
    symbol: '1000PEPEUSDT',
    archive: 'data/{period}/{symbol}/{interval}/{base}USD_PERP-{interval}-{date}.zip',
    spacing: 300_000,
    quote: 'USDT',
  };
  const time = Date.parse('2025-02-03');

  it.each([
    ['monthly', 'data/monthly/1000PEPEUSDT/5m/1000PEPEUSD_PERP-5m-2025-02.zip'],
    ['daily', 'data/daily/1000PEPEUSDT/5m/1000PEPEUSD_PERP-5m-2025-02-03.zip'],
    ['rest', 'data/rest/1000PEPEUSDT/5m/1000PEPEUSD_PERP-5m-2025-02-03.csv'],
  ] as const)('%s', (period, name) => expect(fileName(series, period, time)).toBe(name));

  it('tell their day, and nothing of files that are not theirs', () => {
    const [own] = [...fileName(series, 'daily', time).split('/')].slice(-1);
    expect(dayIn(series, 'daily', own ?? '')).toBe(time);
    for (const other of [
      '1000PEPEUSD_PERP-5m-2025-02.zip',
      '1000PEPEUSD_PERP-5m-2025-02-03.csv',
      '1000PEPEUSD_PERP-1m-2025-02-03.zip',
      '1000PEPEUSD_PERP-5m-2025-02-30.zip',
      `${own}.CHECKSUM`,
    ])
      expect(dayIn(series, 'daily', other)).toBeUndefined();
  });

  it.each(['../x', 'a/../b', 'a//b', '/a', './a', 'a\\..\\b', 'a/.'])('%s leads out', (name) =>
    expect(inside(name)).toBe(false),
  );

  it.each([
    [1000, '1s'],
    [60_000, '1m'],
    [300_000, '5m'],
    [3_600_000, '1h'],
    [14_400_000, '4h'],
    [DAY, '1d'],
    [7 * DAY, '7d'],
  ])('%d ms are %s', (spacing, text) => expect(intervalText(spacing)).toBe(text));
});

describe('days and months', () => {
  const moment = fc.integer({ min: Date.UTC(2017, 0, 1), max: Date.UTC(2035, 0, 1) });
  it('every day lies in exactly one month of those that touch them', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 100 }), (from, count) => {
        const to = from + count * DAY;
        const months = monthsIn(from, to);
        for (const day of daysIn(from, to)) {
          expect(day % DAY).toBe(0);
          const own = months.filter((month) => month <= day && day < nextMonth(month));
          expect(own).toEqual([monthOf(day)]);
        }
      }),
    );
  });

  it('stretches hold the same days, and touch nowhere', () => {
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 40 });
    fc.assert(
      fc.property(days, (found) => {
        const sorted = found.map((d) => d * DAY).sort((a, b) => a - b);
        const runs = stretches(sorted);
        expect(runs.flatMap(([from, to]) => daysIn(from, to))).toEqual(sorted);
        runs.forEach(([from], i) => {
          expect(from).toBeGreaterThan(runs[i - 1]?.[1] ?? Number.NEGATIVE_INFINITY);
        });
      }),
    );
  });
});

describe('a checksum', () => {
  const digest = 'ab'.repeat(32);
  it.each([
    [`${digest}  x.zip\n`, digest],
    [`${digest.toUpperCase()}  x.zip`, digest],
    [`${digest} *x.zip\r\n`, digest],
    [`${digest}  y.zip\n`, undefined],
    [`${digest}\n`, undefined],
    [`${digest.slice(1)}  x.zip\n`, undefined],
    ['<html></html>', undefined],
    [`${digest}  x.zip\n${digest}  z.zip\n`, undefined],
    ['', undefined],
  ])('%j', (text, gives) => expect(digestIn(text, 'x.zip')).toBe(gives));
});
