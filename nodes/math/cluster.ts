import { atLeast, sameSize } from './guard.js';
import { mean } from './sum.js';
import { type MeanTest, meanTest } from './tstat.js';
import { numbersOf, type Vector } from './vector.js';

/** A mean tested with an error that lets values of one cluster move together. */
export interface ClusterTest extends MeanTest {
  /** How many clusters; the smaller number of the two for two-way clusters. Below 20 the error can be far too small. */
  readonly clusters: number;
}

/** How the error is estimated. */
export interface ClusterOptions {
  /** Multiply the variance by G/(G − 1), as CR1 does; CR0 without. */
  readonly smallSample?: boolean | undefined;
}

/**
 * Mean with a cluster-robust error, referred to t with G − 1 degrees of freedom. Rows with a missing value are skipped.
 * @param clusters  the cluster of each value; any numbers will do as names
 * @throws          math/sizes-differ; math/too-few-rows with fewer than two clusters
 * @see             Cameron & Miller (2015), Journal of Human Resources 50(2)
 */
export function clusterMean(
  values: Vector,
  clusters: Vector,
  options: ClusterOptions = {},
): ClusterTest {
  sameSize('values and their clusters', values.length, clusters.length);
  const { n, average, away } = centered(values);
  const { squares, count } = clusterSquares(away, (i) => String(clusters[i]));
  atLeast('a cluster-robust error', count, 2);
  const variance = (squares / (n * n)) * correction(count, options);
  return { ...meanTest(n, average, Math.sqrt(variance), count - 1), clusters: count };
}

/**
 * Mean with errors clustered two ways at once, by day and by symbol for instance: V(a) + V(b) − V(a∩b), each with its
 * own correction. The difference can fall below zero; then the larger of V(a) and V(b) stands in, and `fellBack` says so.
 * @throws  as {@link clusterMean}
 * @see     Cameron, Gelbach & Miller (2011), Journal of Business & Economic Statistics 29(2)
 */
export function twoWayClusterMean(
  values: Vector,
  a: Vector,
  b: Vector,
  options: ClusterOptions = {},
): ClusterTest & { readonly fellBack: boolean } {
  sameSize('values and their first clusters', values.length, a.length);
  sameSize('values and their second clusters', values.length, b.length);
  const { n, average, away } = centered(values);
  const parts = [
    clusterSquares(away, (i) => String(a[i])),
    clusterSquares(away, (i) => String(b[i])),
    clusterSquares(away, (i) => `${a[i]}/${b[i]}`),
  ].map(({ squares, count }) => ({ v: squares * correction(count, options), count }));
  const [first, second, both] = parts;
  const groups = Math.min(first?.count ?? 0, second?.count ?? 0);
  atLeast('a cluster-robust error', groups, 2);
  const one = first?.v ?? NaN;
  const other = second?.v ?? NaN;
  const joint = one + other - (both?.v ?? NaN);
  const fellBack = joint < 0;
  const variance = (fellBack ? Math.max(one, other) : joint) / (n * n);
  return { ...meanTest(n, average, Math.sqrt(variance), groups - 1), clusters: groups, fellBack };
}

function centered(values: Vector) {
  const average = mean(values);
  const away = numbersOf(values.length, (i) => (values[i] ?? NaN) - average);
  const n = away.reduce((count, x) => count + (Number.isNaN(x) ? 0 : 1), 0);
  return { n, average, away };
}

/** Σ over clusters of the squared sum of distances; clusters are added in the order they first appear. */
function clusterSquares(away: Float64Array, name: (index: number) => string) {
  const sums = new Map<string, number>();
  for (const [i, u] of away.entries()) {
    if (!Number.isNaN(u)) sums.set(name(i), (sums.get(name(i)) ?? 0) + u);
  }
  let squares = 0;
  for (const total of sums.values()) squares += total * total;
  return { squares, count: sums.size };
}

function correction(clusters: number, { smallSample = false }: ClusterOptions): number {
  return smallSample ? clusters / (clusters - 1) : 1;
}
