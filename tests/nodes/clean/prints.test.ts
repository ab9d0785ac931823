import { describe, expect, it } from '@jest/globals';
import { cleanFunding, intervalsOf } from '../../../nodes/clean/prints/funding.js';
import { cleanInterest, usualStep } from '../../../nodes/clean/prints/interest.js';
import { guessScale, isTooLarge } from '../../../nodes/clean/prints/scale.js';
import { coverageOfPrints } from '../../../nodes/clean/quality/coverage.js';
import { frame } from '../../kit/frame.js';

const START = 1_704_067_200_000; // 2024-01-01
const HOUR = 3_600_000;

function prints(hours: readonly number[], rates = hours.map(() => 1e-4)) {
  return frame({ ts: hours.map((h) => START + h * HOUR), rate: rates });
}

describe('funding prints', () => {
  it('that are dropped are counted by reason', () => {
    const raw = prints([0, 8, 8.001, 16, 24, 32], [1e-4, 2e-4, 3e-4, NaN, 0.06, -0.05]);
    const { frame: funding, dropped } = cleanFunding(raw, 1);
    expect(dropped).toEqual({ duplicate: 1, no_rate: 1, too_large: 1 });
    expect([...funding.column('rate')]).toEqual([1e-4, 2e-4, -0.05]);
  });

  const NONE = Number.NaN;
  const intervals: readonly [
    string,
    readonly number[],
    readonly number[],
    readonly number[],
    number,
  ][] = [
    ['told, the first too', [0, 8, 16], [8, 8, 8], [8, 8, 8], 0],
    ['told where one print is absent', [0, 4, 12], [4, 4, 4], [4, 4, 4], 0],
    ['not told', [0, 4, 12], [NONE, NONE, NONE], [NONE, 4, 8], 0],
    ['told of some', [0, 4, 12], [4, NONE, 4], [4, 4, 4], 0],
    ['told and changing', [0, 8, 12, 20], [8, 8, 4, 8], [8, 8, 4, 8], 0],
    ['told as longer than the time since the print before', [0, 4, 8], [8, 8, 4], [8, 8, 4], 1],
    ['told as none that a venue has', [0, 4, 8], [0, 48, -1], [NONE, 4, 4], 3],
  ];
  it.each(intervals)('have the interval that is %s', (_name, hours, told, found, odd) => {
    const clean = cleanFunding(prints(hours).with('interval_hours', [...told]), 1);
    expect([...clean.frame.column('interval_hours')]).toEqual(found);
    expect(clean.faults.interval ?? 0).toBe(odd);
  });

  const absent: readonly [string, readonly number[], number][] = [
    ['every eight hours', [0, 8, 16, 24], 0],
    ['one is absent', [0, 8, 16, 32, 40], 1],
    ['one of those every four hours is absent', [0, 4, 8, 16, 20, 24], 1],
    ['two of those every hour are absent', [0, 1, 2, 5, 6, 7], 2],
    ['the interval becomes shorter', [0, 8, 16, 20, 24], 0],
    ['the interval becomes longer', [0, 4, 8, 16, 24], 0],
    ['an odd interval at the change', [0, 8, 16, 19, 20, 21], 0],
    ['a day and a half is absent', [0, 8, 16, 56, 64], 4],
    ['half a year between two prints', [0, 24 * 180], 3 * 180 - 1],
    ['one print', [0], 0],
    ['none', [], 0],
  ];
  it.each(absent)('that are absent are counted: %s', (_name, hours, missing) => {
    const clean = cleanFunding(prints(hours), 1);
    const coverage = coverageOfPrints(clean, intervalsOf(clean.frame));
    expect(coverage.missing).toBe(missing);
    expect(coverage.expected).toBe(hours.length + missing);
  });
});

describe('the scale of funding', () => {
  const cases: readonly [string, readonly number[], string | undefined, number][] = [
    ['decimal at the limit', [0.05], 'decimal', 0.99],
    ['decimal or anything', [0.0001, -0.0002], 'decimal', 0.5 + 0.49 * (0.0002 / 0.05)],
    ['per cent or basis points', [1.5, NaN], 'percent', 0.5 + 0.49 * (0.015 / 0.05)],
    ['basis points for sure', [-75], 'bps', 1],
    ['nothing that anybody could pay', [501], undefined, 0.5],
    ['zeros say nothing', [0, 0], undefined, 0.5],
  ];
  it.each(cases)('%s', (_name, rates, scale, confidence) => {
    const guess = guessScale(Float64Array.from(rates));
    expect(guess.scale).toBe(scale);
    expect(guess.confidence).toBeCloseTo(confidence, 12);
  });

  it('is not as told where the first three prints are too large, and no later one changes that', () => {
    expect(isTooLarge(Float64Array.of(1, 2, 3, 0.001), 'decimal')).toBe(true);
    expect(isTooLarge(Float64Array.of(1, 2, 3), 'percent')).toBe(false);
    expect(isTooLarge(Float64Array.of(1, 0.01, 3, 4, 5), 'decimal')).toBe(false);
    expect(isTooLarge(Float64Array.of(1, 2), 'decimal')).toBe(false);
  });
});

describe('open interest', () => {
  const readings = (ts: readonly number[], base: readonly number[]) =>
    frame({
      ts: ts.map((minutes) => START + minutes * 60_000),
      base,
      value: base.map((x) => x * 10),
      top_account_ratio: base.map(() => 1),
      top_position_ratio: base.map(() => NaN),
      account_ratio: base.map(() => 2),
      taker_ratio: base.map(() => 0.5),
    });

  it('has one row a reading: the last that a source gave of it', () => {
    const { frame: clean, dropped } = cleanInterest(readings([0, 5, 5, 10, 10], [1, 2, 2, 3, 4]));
    expect([...clean.column('base')]).toEqual([1, 2, 4]);
    expect([...clean.time('ts')]).toEqual([START, START + 300_000, START + 600_000]);
    expect(dropped).toEqual({ corrected: 1, duplicate: 1 });
  });

  it('is missing where it is negative, and nothing else is', () => {
    const { frame: clean, faults } = cleanInterest(readings([0, 5], [-1, 0]));
    expect([...clean.column('base')]).toEqual([NaN, 0]);
    expect([...clean.column('value')]).toEqual([NaN, 0]);
    expect([...clean.column('account_ratio')]).toEqual([2, 2]);
    expect(faults).toEqual({ negative: 2 });
  });

  it('is as far apart as it mostly is', () => {
    expect(usualStep(Float64Array.of(0, 4, 8, 16, 20))).toBe(4);
    expect(usualStep(Float64Array.of(0, 4, 12))).toBe(4);
    expect(usualStep(Float64Array.of(7))).toBe(300_000);
  });
});
