import { describe, expect, it } from '@jest/globals';
import { antifragility } from '../../../nodes/math/antifragility.js';
import { capGroups } from '../../../nodes/math/caps.js';
import { clusterMean } from '../../../nodes/math/cluster.js';
import { expectancy } from '../../../nodes/math/expectancy.js';
import { fingerprint } from '../../../nodes/math/fingerprint.js';
import { ascends, indexOfValue, lowerBound } from '../../../nodes/math/locate.js';
import { placeDecisions, signalsOf } from '../../../nodes/math/occurrences.js';
import { dailyOutcomes } from '../../../nodes/math/outcomes.js';
import { panelOf } from '../../../nodes/math/panel.js';
import { variance } from '../../../nodes/math/sum.js';
import { refused } from './refused.js';

describe('locate', () => {
  it('finds the first at or above, and the exact one', () => {
    expect([0, 1, 2, 3, 4, 9].map((x) => lowerBound([1, 2, 2, 4], x))).toEqual([0, 0, 1, 3, 3, 4]);
    expect([1, 3, 4].map((x) => indexOfValue([1, 2, 4], x))).toEqual([0, -1, 2]);
    expect([ascends([1, 1, 2]), ascends([2, 1]), ascends([1, NaN])]).toEqual([true, false, false]);
  });
});

describe('placeDecisions', () => {
  const log = {
    events: { codes: [0, 0, 1, 0, 0, 0], words: ['E', 'F'] },
    templates: { codes: [0, 0, 0, 0, 0, 1], words: ['t', 'u'] },
    symbols: { codes: [0, 1, 0, 2, 0, 0], words: ['A', 'B', 'Z'] },
    times: [10, 10, 20, 20, 25, 0],
    sides: [1, -1, -1, 1, 1, 1],
    kept: [1, 1, 1, 1, 1, 0],
  };
  const clocks = [
    { symbol: 'B', times: [10, 20] },
    { symbol: 'A', times: [0, 10, 20] },
  ];
  const [et, eu] = [
    { event: 'E', template: 't' },
    { event: 'E', template: 'u' },
  ];
  it('puts what is kept and wanted on rows, and tells what is off the clock', () => {
    const { of, off } = placeDecisions(log, clocks, [et, eu, { event: 'G', template: 't' }]);
    expect(of('E', 't')).toEqual({
      times: [10, 10],
      symbols: [1, 0],
      rows: [1, 0],
      sides: [1, -1],
    });
    expect(signalsOf(of('E', 't'), 0)).toEqual({ rows: [0], sides: [-1] });
    expect(of('E', 'u')?.rows).toEqual([]);
    expect([of('F', 't'), of('G', 't'), of('E', 'v')]).toEqual([undefined, undefined, undefined]);
    expect(signalsOf(undefined, 0)).toEqual({ rows: [], sides: [] });
    expect(off).toEqual([4]);
  });
});

describe('dailyOutcomes', () => {
  it('adds up by day with equal shares', () => {
    expect(Array.from(dailyOutcomes([0.2, 0.4, 0.6], [7, 7, 9], 7, 4, 2))).toEqual([
      0.30000000000000004, 0, 0.3, 0,
    ]);
  });
});

describe('expectancy', () => {
  const values = [0.01, -0.02, 0.03, 0.01, 0.02, -0.01];
  const days = [1, 1, 2, 2, 3, 4];
  it('is the clustered mean with its effective sample', () => {
    const got = expectancy(values, days);
    const test = clusterMean(values, days, { smallSample: true });
    expect(got).toMatchObject({
      n: 6,
      days: 4,
      mean: test.mean,
      t: test.t,
      p: test.greater,
      stable: true,
    });
    expect(got.effective).toBeCloseTo(variance(values) / (test.se * test.se), 12);
  });
  it('is not stable when the halves differ in sign', () => {
    expect(expectancy([0.1, 0.1, -0.1, -0.1], [1, 2, 3, 4]).stable).toBe(false);
  });
});

describe('panelOf', () => {
  it('lays a long table out by time and name', () => {
    const { times, names, values } = panelOf([2, 1, 2], ['b', 'a', 'a'], [5, 6, 7]);
    expect([Array.from(times), names, Array.from(values.values)]).toEqual([
      [1, 2],
      ['a', 'b'],
      [6, NaN, 7, 5],
    ]);
  });
});

describe('fingerprint', () => {
  it('ignores the order of keys and nothing else', () => {
    const one = fingerprint({ a: 1, b: ['x', null] });
    expect(fingerprint({ b: ['x', null], a: 1 })).toBe(one);
    expect(fingerprint({ a: 1, b: [null, 'x'] })).not.toBe(one);
    expect(fingerprint({ a: '1', b: ['x', null] })).not.toBe(one);
    expect(one).toMatch(/^[0-9a-f]{24}$/);
  });
});

describe('antifragility', () => {
  it('ranks by skewness and gains beyond the tail; alone it is in the middle', () => {
    const calm: readonly number[] = Array.from({ length: 60 }, (_, i) =>
      i % 2 === 0 ? 0.01 : -0.01,
    );
    const lucky = calm.with(10, 0.2);
    const hurt = calm.with(10, -0.2);
    const [a, b, c] = antifragility([hurt, lucky, calm]);
    expect(b).toBeGreaterThan(c ?? NaN);
    expect(c).toBeGreaterThan(a ?? NaN);
    expect(antifragility([lucky])[0]).toBeCloseTo(60 / 252, 12);
    expect(antifragility([[0, 0, 0]])[0]).toBeNaN();
  });
});

describe('capGroups', () => {
  it('scales a group down to its cap and leaves the excess out', () => {
    const { weights, bound } = capGroups([0.3, 0.3, 0.2, 0.2], ['a', 'a', 'b', 'c'], 0.3);
    expect(Array.from(weights)).toEqual([0.15, 0.15, 0.2, 0.2]);
    expect(bound).toEqual(['a']);
    expect(refused(() => capGroups([1], ['a'], 0))).toMatchObject({ code: 'math/out-of-range' });
  });
});
