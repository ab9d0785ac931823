import { chiSquareTail } from '../../../../engine/expr/kernels/chi-square.js';
import { unitRootP } from '../../../../engine/expr/kernels/mackinnon.js';

/** Slow and obvious: each statistic from the rows of one window alone, oldest first; NaN is missing, in and out. */
type Rows = readonly number[];

const sum = (v: Rows): number => v.reduce((a, b) => a + b, 0);
const mean = (v: Rows): number => sum(v) / v.length;
const dot = (a: Rows, b: Rows): number => sum(a.map((v, i) => v * (b[i] ?? NaN)));
const known = (v: Rows): Rows => v.filter((x) => !Number.isNaN(x));
const flat = (v: Rows): boolean => new Set(known(v)).size <= 1;
const about = (v: Rows): Rows => {
  const origin = v[0] ?? NaN;
  const m = mean(v.map((x) => x - origin));
  return v.map((x) => x - origin - m);
};
const pairsOf = (a: Rows, b: Rows): readonly (readonly [number, number])[] =>
  a.map((x, i) => [x, b[i] ?? NaN] as const).filter(([x, y]) => !Number.isNaN(x + y));

export function permutationEntropy(v: Rows, order: number, delay = 1): number {
  const seen = new Map<string, number>();
  for (let first = 0; first + (order - 1) * delay < v.length; first += 1) {
    const pattern = Array.from({ length: order }, (_, k) => v[first + k * delay] ?? NaN);
    if (pattern.some(Number.isNaN)) continue;
    // The rows in order of value, equal ones in order of time.
    const name = pattern
      .map((x, k) => ({ x, k }))
      .sort((a, b) => a.x - b.x || a.k - b.k)
      .map(({ k }) => k)
      .join();
    seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  const all = sum([...seen.values()]);
  if (all === 0 || flat(v)) return NaN;
  const entropy = sum([...seen.values()].map((c) => (-c / all) * Math.log(c / all)));
  return entropy / Math.log(factorial(order));
}

export const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));

/** Patterns without a missing row. */
export function patternsIn(v: Rows, order: number, delay = 1): number {
  return v.filter((_, i) => {
    const rows = Array.from({ length: order }, (__, k) => v[i - k * delay] ?? NaN);
    return !rows.some(Number.isNaN);
  }).length;
}

export function hurst(v: Rows, corrected: boolean): number {
  if (known(v).length < 32) return NaN;
  const points = [8, 16, 32, 64, 128, 256, 512]
    .filter((lag) => 2 * lag <= v.length)
    .map((lag) => ({ lag, ratio: mean(segments(v, lag).map(rescaled).filter(Number.isFinite)) }))
    .filter(({ ratio }) => ratio > 0);
  if (points.length < 2) return NaN;
  const x = about(points.map(({ lag }) => Math.log(lag)));
  const y = points.map(
    ({ lag, ratio }) => Math.log(ratio) - (corrected ? Math.log(usual(lag)) : 0),
  );
  const slope = dot(x, y) / dot(x, x);
  return Math.max(0, Math.min(slope + (corrected ? 0.5 : 0), 1));
}

const segments = (v: Rows, lag: number): readonly Rows[] =>
  Array.from({ length: Math.floor(v.length / lag) }, (_, k) => v.slice(k * lag, (k + 1) * lag));

function rescaled(segment: Rows): number {
  const own = known(segment);
  if (flat(own)) return NaN;
  const d = about(own);
  const walk = d.map((_, i) => sum(d.slice(0, i + 1)));
  return (Math.max(...walk) - Math.min(...walk)) / Math.sqrt(dot(d, d) / d.length);
}

/** Γ((n−1)/2) / (√π Γ(n/2)) · Σ √((n − i)/i). */
function usual(n: number): number {
  const roots = Array.from({ length: n - 1 }, (_, i) => Math.sqrt((n - i - 1) / (i + 1)));
  return (Math.exp(logGammaOfHalf(n - 1) - logGammaOfHalf(n)) / Math.sqrt(Math.PI)) * sum(roots);
}

/** ln Γ(n/2), stepping down to Γ(½) and Γ(1). */
function logGammaOfHalf(n: number): number {
  if (n === 1) return Math.log(Math.PI) / 2;
  return n === 2 ? 0 : Math.log(n / 2 - 1) + logGammaOfHalf(n - 2);
}

export function haarEnergy(v: Rows, depth: number): number {
  if (v.some(Number.isNaN)) return NaN;
  let level: Rows = v;
  let detail = 0;
  for (let scale = 0; scale < Math.min(depth, Math.floor(Math.log2(v.length))); scale += 1) {
    const even = level.length % 2 === 0 ? level : [...level, level.at(-1) ?? NaN];
    const halves = even.filter((_, i) => i % 2 === 0).map((a, k) => [a, even[2 * k + 1] ?? NaN]);
    detail += sum(halves.map(([a = NaN, b = NaN]) => ((a - b) / Math.SQRT2) ** 2));
    level = halves.map(([a = NaN, b = NaN]) => (a + b) / Math.SQRT2);
  }
  const all = detail + dot(level, level);
  return all > 0 ? detail / all : NaN;
}

export function kendall(x: Rows, y: Rows): number {
  const pairs = pairsOf(x, y);
  let [agree, notX, notY] = [0, 0, 0];
  pairs.forEach(([a, b], i) => {
    for (const [c, d] of pairs.slice(0, i)) {
      agree += Math.sign(a - c) * Math.sign(b - d);
      notX += a === c ? 0 : 1;
      notY += b === d ? 0 : 1;
    }
  });
  return notX > 0 && notY > 0 ? agree / Math.sqrt(notX * notY) : NaN;
}

export function ljungBox(v: Rows, lags: number): number {
  const own = known(v);
  const n = own.length;
  if (n < 3 * lags || flat(v)) return NaN;
  const origin = own[0] ?? NaN;
  const m = mean(own.map((x) => x - origin));
  const d = v.map((x) => x - origin - m);
  const squares = sum(known(d).map((x) => x * x));
  let q = 0;
  const ps = Array.from({ length: lags }, (_, k) => {
    const pairs = pairsOf(d.slice(0, -k - 1), d.slice(k + 1));
    const rho = sum(pairs.map(([a, b]) => a * b)) / squares;
    q += pairs.length > 0 ? (n * (n + 2) * rho * rho) / pairs.length : 0;
    return chiSquareTail(q, k + 1);
  });
  return Math.min(...ps);
}

export function memory(v: Rows, floor: number, most: number): number {
  if (known(v).length < 3 * most || flat(v)) return NaN;
  let depth = 0;
  while (depth < most && autocorrelation(v, depth + 1) > floor) depth += 1;
  return depth;
}

export function autocorrelation(v: Rows, lag: number): number {
  const pairs = pairsOf(v.slice(0, -lag), v.slice(lag));
  const a = about(pairs.map((p) => p[0]));
  const b = about(pairs.map((p) => p[1]));
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

export function adf(v: Rows, lags: number): number {
  return unitRootP(unitRootT(v, lags, true), 1);
}

export function coint(y: Rows, x: Rows, lags: number): number {
  const pairs = pairsOf(y, x);
  const a = about(pairs.map((p) => p[0]));
  const b = about(pairs.map((p) => p[1]));
  const slope = dot(a, b) / dot(b, b);
  const rest = a.map((v, i) => v - slope * (b[i] ?? NaN));
  const size = sum(pairs.map(([v]) => v * v));
  if (!(dot(rest, rest) > 1e-26 * size)) return NaN;
  let at = 0;
  const e = y.map((v, i) => (Number.isNaN(v + (x[i] ?? NaN)) ? NaN : (rest[at++] ?? NaN)));
  return unitRootP(unitRootT(e, lags, false), 2);
}

/** The t of the level by regressing it, and the change, on all else: Frisch, Waugh and Lovell. */
export function unitRootT(v: Rows, lags: number, constant: boolean): number {
  const change = v.map((x, i) => x - (v[i - 1] ?? NaN));
  const rows = v
    .map((_, i) => [
      change[i] ?? NaN,
      v[i - 1] ?? NaN,
      ...Array.from({ length: lags }, (__, k) => change[i - k - 1] ?? NaN),
    ])
    .filter((row) => !row.some(Number.isNaN));
  if (rows.length < Math.max(20, 2 * lags + 5) - 1 - lags) return NaN;
  const column = (k: number): Rows => rows.map((row) => row[k] ?? NaN);
  const prepare = (c: Rows): Rows => (constant ? about(c) : c);
  const others: Rows[] = [];
  for (let k = 0; k < lags; k += 1) {
    const own = prepare(column(k + 2));
    const rest = project(own, others);
    if (!(dot(rest, rest) > 1e-10 * dot(own, own))) return NaN;
    others.push(rest);
  }
  const [own, all] = [prepare(column(1)), prepare(column(0))];
  const [level, response] = [project(own, others), project(all, others)];
  const slope = dot(level, response) / dot(level, level);
  const rest = response.map((r, i) => r - slope * (level[i] ?? NaN));
  if (!(dot(level, level) > 1e-10 * dot(own, own))) return NaN;
  if (!(dot(rest, rest) > 1e-10 * dot(all, all))) return NaN;
  const freedom = rows.length - 1 - lags - (constant ? 1 : 0);
  return slope / Math.sqrt(dot(rest, rest) / freedom / dot(level, level));
}

/** What orthogonal columns leave of another; twice, as once leaves rounding. */
function project(v: Rows, columns: readonly Rows[]): Rows {
  let rest = v;
  for (const column of [...columns, ...columns]) {
    const share = dot(rest, column) / dot(column, column);
    rest = rest.map((x, i) => x - share * (column[i] ?? NaN));
  }
  return rest;
}
