import { expect, it } from '@jest/globals';
import { betasTo } from '../../../nodes/math/beta-to.js';
import { clusterDistance } from '../../../nodes/math/cluster-distance.js';
import { correlationDistance, correlations } from '../../../nodes/math/correlation.js';
import { annualised, ridged } from '../../../nodes/math/covariance.js';
import { conditionNumber } from '../../../nodes/math/eigen.js';
import { hrp } from '../../../nodes/math/hrp.js';
import { clusterStream } from '../../../nodes/math/inverse-variance.js';
import { cutTree, type LinkageMethod, linkage } from '../../../nodes/math/linkage.js';
import { columnOf, type Matrix } from '../../../nodes/math/matrix.js';
import { maxSharpe } from '../../../nodes/math/max-sharpe.js';
import { minVariance } from '../../../nodes/math/min-variance.js';
import { riskParity } from '../../../nodes/math/risk-parity.js';
import { ledoitWolf } from '../../../nodes/math/shrinkage.js';
import { feasibleCap, projectSimplex } from '../../../nodes/math/simplex.js';
import { mean } from '../../../nodes/math/sum.js';
import { expectClose, type Golden, golden, toleranceOf } from './golden.js';

const AREA = 'selection-allocation';
const casesOf = (name: string) => {
  const file = golden(AREA, name);
  const tolerance = toleranceOf(file);
  return file
    .at('cases')
    .list()
    .map((c) => [c.at('id').text(), c, tolerance, file] as const);
};

/** The covariance every allocation golden is built on. */
function covarianceOf(c: Golden): Matrix {
  const { covariance } = ledoitWolf(c.at('input', 'returns').matrix());
  const yearly = annualised(covariance, c.at('input', 'annualisation').number());
  return ridged(yearly, c.at('input', 'ridge').number());
}

const within = (file: Golden, key: string) => ({ abs: file.at('tolerance', key).number() });
const relative = (file: Golden, key: string) => ({ rel: file.at('tolerance', key).number() });

it.each(casesOf('covariance'))('covariance %s', (_, c, tolerance) => {
  const shrunk = ledoitWolf(c.at('input', 'returns').matrix());
  const want = c.at('expected');
  expectClose(shrunk.shrinkage, want.at('ledoitWolfShrinkage').number(), tolerance);
  expectClose(shrunk.covariance.values, want.at('ledoitWolfDaily').matrix().values, tolerance);
  expectClose(covarianceOf(c).values, want.at('covariance').matrix().values, tolerance);
  expectClose(conditionNumber(covarianceOf(c)), want.at('conditionNumber').number(), tolerance);
});

it.each(casesOf('simplex-projection'))('projection %s', (_, c, tolerance) => {
  const values = c.at('input', 'values').numbers();
  const lower = c.at('input', 'lower').number();
  const upper = feasibleCap(c.at('input', 'upper').number(), values.length);
  expectClose(upper, c.at('expected', 'effectiveUpper').number(), tolerance);
  expectClose(
    projectSimplex(values, lower, upper),
    c.at('expected', 'weights').numbers(),
    tolerance,
  );
});

it.each([...casesOf('min-variance'), ...casesOf('market-neutral')])(
  'minimum variance %s',
  (_, c, __, file) => {
    const input = c.at('input');
    const want = c.at('expected');
    const betas = input.has('benchmark')
      ? betasTo(input.at('returns').matrix(), input.at('benchmark').numbers())
      : undefined;
    const neutral = betas && { neutral: { betas, tolerance: input.at('betaTolerance').number() } };
    const rule = { cap: input.at('cap').number(), l2: input.at('l2').number(), ...neutral };
    const got = minVariance(covarianceOf(c), rule);
    expect(got.status).toBe(want.at('status').text());
    expect(got.residual).toBeLessThan(1e-12);
    expectClose(got.effectiveCap, want.at('effectiveCap').number(), { rel: 1e-15 });
    expectClose(got.weights, want.at('weights').numbers(), within(file, 'weightsAbs'));
    expectClose(got.objective, want.at('objective').number(), relative(file, 'objectiveRel'));
    expectClose(
      got.volatility,
      want.at('portfolioVolatility').number(),
      relative(file, 'objectiveRel'),
    );
    // The producer divides by the variance plus 1e-12, which moves a daily beta in the ninth digit.
    if (betas) expectClose(betas, want.at('betas').numbers(), { rel: 1e-8 });
  },
);

it.each(casesOf('max-sharpe'))('maximum Sharpe %s', (_, c, __, file) => {
  const input = c.at('input');
  const want = c.at('expected');
  const returns = input.at('returns').matrix();
  const year = input.at('annualisation').number();
  const means = Float64Array.from(
    { length: returns.cols },
    (_x, j) => year * mean(columnOf(returns, j)),
  );
  const got = maxSharpe(covarianceOf(c), means, {
    cap: input.at('cap').number(),
    gamma: input.at('gamma').number(),
    riskFree: input.at('riskFree').number(),
  });
  expect(got.status).toBe(want.at('status').text());
  if (got.status === 'no-positive-excess') {
    expectClose(got.bestAttainableMean, want.at('bestAttainableMean').number(), { rel: 1e-9 });
    return;
  }
  expect(got.residual).toBeLessThan(1e-10);
  expectClose(got.weights, want.at('weights').numbers(), within(file, 'weightsAbs'));
  expectClose(
    got.regularisedRatio,
    want.at('regularisedRatio').number(),
    relative(file, 'ratioRel'),
  );
  expectClose(got.sharpe, want.at('sharpe').number(), { rel: 1e-5 });
});

it.each(casesOf('risk-parity'))('risk parity %s', (_, c, tolerance) => {
  const got = riskParity(covarianceOf(c));
  const want = c.at('expected');
  expect([got.status, got.residual < 1e-12]).toEqual(['optimal', true]);
  expectClose(got.weights, want.at('weights').numbers(), tolerance);
  expectClose(got.shares, want.at('riskContributions').numbers(), tolerance);
  expectClose(got.volatility, want.at('portfolioVolatility').number(), tolerance);
});

const METHODS: readonly LinkageMethod[] = ['ward', 'single', 'complete', 'average'];
const methodOf = (name: string) => METHODS.find((m) => m === name) ?? 'ward';

it.each(casesOf('hrp'))('HRP %s', (_, c, tolerance) => {
  const input = c.at('input');
  const want = c.at('expected');
  const distance = correlationDistance(correlations(input.at('returns').matrix()));
  const method = methodOf(input.at('linkage').text());
  const got = hrp(distance, covarianceOf(c), { method, cap: input.at('cap').number() });
  expectClose(distance.values, want.at('distance').matrix().values, tolerance);
  expectClose(got.heights, want.at('mergeHeights').numbers(), tolerance);
  expect(Array.from(got.order)).toEqual(Array.from(want.at('leafOrder').numbers()));
  expectClose(got.uncapped, want.at('weightsUncapped').numbers(), tolerance);
  expectClose(got.effectiveCap, want.at('effectiveCap').number(), tolerance);
  expectClose(got.weights, want.at('weightsCapped').numbers(), tolerance);
});

it.each(casesOf('clustering'))('clustering %s', (_, c, tolerance) => {
  const input = c.at('input');
  const want = c.at('expected');
  const { distance, lookbacks } = clusterDistance(input.at('returns').matrix(), {
    lookbacks: Array.from(input.at('lookbacks').numbers()),
    shrinkage: input.at('shrinkage').number(),
  });
  expect(lookbacks).toEqual(Array.from(want.at('lookbacksUsed').numbers()));
  expectClose(distance.values, want.at('distance').matrix().values, tolerance);
  const tree = linkage(distance, 'ward');
  expectClose(
    tree.merges.map((m) => m.height),
    want.at('mergeHeights').numbers(),
    tolerance,
  );
  const ids = input
    .at('ids')
    .list()
    .map((id) => id.text());
  for (const partition of want.at('partitions').list()) {
    const cut = {
      height: partition.at('threshold').number(),
      atMost: partition.at('maxClusters').number(),
    };
    const labels = Array.from(cutTree(tree, cut));
    const names = ids.map((_id, i) => ids.filter((_other, j) => labels[j] === labels[i]).join());
    const wanted = partition
      .at('clusters')
      .list()
      .map((g) =>
        g
          .list()
          .map((id) => id.text())
          .sort()
          .join(),
      );
    expect([...new Set(names)].sort()).toEqual(wanted.sort());
  }
});

it.each(casesOf('cluster-streams'))('cluster streams %s', (_, c, tolerance) => {
  const ids = c
    .at('input', 'ids')
    .list()
    .map((id) => id.text());
  for (const key of c.at('input', 'clusters').keys()) {
    const members = c
      .at('input', 'clusters', key)
      .list()
      .map((id) => ids.indexOf(id.text()));
    const got = clusterStream(c.at('input', 'returns').matrix(), members);
    const want = c.at('expected', 'intraWeights', key);
    expectClose(
      got.weights,
      got.members.map((j) => want.at(ids[j] ?? '').number()),
      tolerance,
    );
    expectClose(got.stream, c.at('expected', 'benchmarks', key).numbers(), tolerance);
  }
});
