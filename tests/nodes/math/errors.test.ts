import { describe, expect, it } from '@jest/globals';
import { clusterMean, twoWayClusterMean } from '../../../nodes/math/cluster.js';
import {
  autocovariances,
  customaryLags,
  hansenHodrick,
  neweyWest,
} from '../../../nodes/math/hac.js';
import { normalTwoSided } from '../../../nodes/math/tails.js';
import { tStatistic } from '../../../nodes/math/tstat.js';
import { EVENT_RESEARCH, expectClose, golden } from './golden.js';
import { refused } from './refused.js';
import { series } from './sample.js';

/** The R data set `Nile`: annual flow at Aswan, 1871–1970. */
// biome-ignore format: a table
const NILE = [
  1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140,
  1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969,
  831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759,
  781, 865, 845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890,
  744, 749, 838, 1050, 918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
];

/** Sums over 5 bars of `series(5, 200, .001, .02)`: 196 overlapping returns. */
function overlapping(): Float64Array {
  const x = series(5, 200, 0.001, 0.02);
  return Float64Array.from({ length: 196 }, (_, t) =>
    x.subarray(t, t + 5).reduce((s, v) => s + v, 0),
  );
}

describe('one-sample t', () => {
  it.each(
    golden('event-research', 'tstat')
      .at('cases')
      .list()
      .map((c) => [c.at('label').text(), c] as const),
  )('golden %s', (_, c) => {
    const got = tStatistic(c.at('x').numbers());
    expect([got.n, got.degrees]).toEqual([c.at('n').number(), c.at('df').number()]);
    expectClose(
      [got.mean, got.t, got.twoSided, got.greater],
      [
        c.at('mean').number(),
        c.at('t').number(),
        c.at('p_two_sided').number(),
        c.at('p_greater').number(),
      ],
      EVENT_RESEARCH,
    );
  });
  it.each([
    ['one value', [3]],
    ['no spread', [0.1, 0.1, 0.1]],
    ['nothing', []],
  ])('has no t for %s', (_, values) => {
    const { t, twoSided, greater } = tStatistic(values);
    expect([t, twoSided, greater]).toEqual([NaN, NaN, NaN]);
  });
  it('skips what is missing', () =>
    expect(tStatistic([1, NaN, 2, 4])).toEqual(tStatistic([1, 2, 4])));
});

describe('Newey–West', () => {
  it.each(
    golden('event-research', 'hac_mean')
      .at('cases')
      .list()
      .map((c) => [c.at('label').text(), c] as const),
  )('golden %s', (_, c) => {
    const got = neweyWest(c.at('x').numbers(), c.at('maxlags').number(), { smallSample: true });
    expectClose(
      [got.mean, got.se, got.t, got.twoSided, normalTwoSided(got.t)],
      [
        c.at('mean').number(),
        c.at('se_hac').number(),
        c.at('t_hac').number(),
        c.at('p_t_two_sided').number(),
        c.at('p_norm_two_sided').number(),
      ],
      EVENT_RESEARCH,
    );
  });

  it.each([
    [0, 16.837923714],
    [1, 20.6112155816],
    [3, 25.5144241803],
    [5, 28.7080989516],
    [10, 34.3659216045],
  ])('Nile, %p lags', (lags, se) => {
    const got = neweyWest(NILE, lags);
    expectClose([got.mean, got.se], [919.35, se], { rel: 1e-10 });
  });

  it('overlapping sums', () => {
    const x = overlapping();
    const four = neweyWest(x, 4);
    expectClose([four.mean, four.se, four.t], [0.013686354029, 0.005992581308, 2.283882909], {
      rel: 1e-9,
    });
    expectClose(neweyWest(x, 8).t, 2.318068173, { rel: 1e-9 });
    const hodrick = hansenHodrick(x, 4);
    expectClose(hodrick.se, 0.006982453892, { rel: 1e-9 });
    expect(hodrick.fellBack).toBe(false);
    expectClose(tStatistic(x).t, 4.012632, { abs: 5e-7 });
  });

  it('stands in for a Hansen–Hodrick variance below zero, and says so', () => {
    const zigzag = [1, -1, 1, -1, 1, -1, 1, -1.1];
    const got = hansenHodrick(zigzag, 1);
    expect(got.fellBack).toBe(true);
    expect(got.se).toBe(neweyWest(zigzag, 1).se);
  });

  it('lag 0 is the plain error with divisor n', () => {
    const x = series(3, 50, 0.1, 1);
    const plain = Math.sqrt((autocovariances(x, 0)[0] ?? NaN) / 50);
    expectClose(neweyWest(x, 0).se, plain, { rel: 1e-15 });
  });

  it.each([
    [100, 4],
    [50, 3],
    [1000, 6],
  ])('customary lags of %p are %p', (n, lags) => {
    expect(customaryLags(n)).toBe(lags);
  });

  it.each([
    [
      'a gap',
      () => neweyWest([1, NaN, 2], 1),
      'math/not-finite',
      { what: 'a series with lags', index: 1 },
    ],
    [
      'too few',
      () => neweyWest([1, 2, 3], 3),
      'math/too-few-rows',
      { what: 'a mean with correlated errors', least: 4, found: 3 },
    ],
    [
      'half a lag',
      () => neweyWest([1, 2, 3], 0.5),
      'math/out-of-range',
      { name: 'lags', found: '0.5', must: 'a whole number, 0 or more' },
    ],
  ])('refuses %s', (_, work, code, facts) => expect(refused(work)).toEqual({ code, facts }));
});

describe('clusters', () => {
  const y = [0.012, -0.004, 0.02, 0.007, -0.011, 0.015, 0.003, 0.009, -0.002, 0.018];
  const first = [1, 1, 2, 2, 2, 3, 3, 4, 4, 4];
  const second = [1, 2, 1, 2, 3, 1, 3, 2, 3, 1];
  const each = y.map((_, i) => i);

  it.each([
    ['CR0', clusterMean(y, first).se, 0.000954672719],
    ['CR1', clusterMean(y, first, { smallSample: true }).se, 0.001102361102],
    ['every value its own cluster', clusterMean(y, each, { smallSample: true }).se, 0.003204337338],
  ])('%s', (_, se, want) => expectClose(se, want, { rel: 1e-9 }));

  it('two ways', () => {
    const got = twoWayClusterMean(y, first, second);
    expectClose(got.se, 0.003997374138, { rel: 1e-9 });
    expect(got.fellBack).toBe(false);
    expect([got.clusters, got.degrees]).toEqual([3, 2]);
  });

  it('two ways with nested clusters is the coarser one', () => {
    const finer = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expectClose(twoWayClusterMean(y, first, finer).se, clusterMean(y, first).se, { rel: 1e-12 });
  });

  it('skips rows without a value', () => {
    expect(clusterMean([...y, NaN], [...first, 9])).toEqual(clusterMean(y, first));
  });

  it.each([
    [
      'one cluster',
      () => clusterMean([1, 2], [5, 5]),
      'math/too-few-rows',
      { what: 'a cluster-robust error', least: 2, found: 1 },
    ],
    [
      'another length',
      () => clusterMean([1, 2], [5]),
      'math/sizes-differ',
      { what: 'values and their clusters', first: 2, second: 1 },
    ],
  ])('refuses %s', (_, work, code, facts) => expect(refused(work)).toEqual({ code, facts }));
});
