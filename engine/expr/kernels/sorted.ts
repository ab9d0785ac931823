/** What is asked of a sorted window on every row. */
export type SortedRequest =
  | { readonly what: 'quantile'; readonly q: number; readonly min: number }
  | { readonly what: 'rank'; readonly ties: 'max' | 'average' | 'min'; readonly min: number }
  | { readonly what: 'mad'; readonly min: number }
  | { readonly what: 'meanAbsDev'; readonly min: number }
  | { readonly what: 'tailMean'; readonly q: number; readonly min: number };

/**
 * Order statistics of a rolling window: one sorted array of the known rows serves any number of requests.
 * A row replaces the one that leaves by moving only the stretch between their positions.
 * @param outs  one array a request; NaN where fewer than its `min` rows are known, and for ranks where the row is missing.
 */
export function rollingSorted(
  x: Readonly<Float64Array>,
  window: number,
  requests: readonly SortedRequest[],
  outs: readonly Float64Array[],
): void {
  const sorted = new Float64Array(Math.min(window, x.length) + 1);
  let known = 0;
  for (let i = 0; i < x.length; i += 1) {
    // Adding 0 turns −0 into 0: equal values must have equal bits, whichever of them stays.
    const enters = (x[i] ?? Number.NaN) + 0;
    const leaves = i >= window ? (x[i - window] ?? Number.NaN) + 0 : Number.NaN;
    known = moved(sorted, known, enters, leaves);
    for (let r = 0; r < requests.length; r += 1) {
      const request = requests[r];
      const out = outs[r];
      if (request !== undefined && out !== undefined)
        out[i] = known < request.min ? Number.NaN : answer(sorted, known, request, enters);
    }
  }
}

/** Let one value in and one out, either of which may be missing; gives how many are known now. */
function moved(sorted: Float64Array, known: number, enters: number, leaves: number): number {
  if (Number.isNaN(leaves)) {
    if (Number.isNaN(enters)) return known;
    const at = below(sorted, known, enters);
    open(sorted, at, known);
    sorted[at] = enters;
    return known + 1;
  }
  const from = below(sorted, known, leaves);
  if (Number.isNaN(enters)) {
    close(sorted, from, known);
    return known - 1;
  }
  replace(sorted, known, from, enters);
  return known;
}

/** How many of the first `known` values are smaller than `value`. */
function below(sorted: Readonly<Float64Array>, known: number, value: number): number {
  let low = 0;
  let high = known;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of the first `known` values are at most `value`. */
function upTo(sorted: Readonly<Float64Array>, known: number, value: number): number {
  let low = 0;
  let high = known;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Take the value at `from` out and put `value` in, keeping order. */
function replace(sorted: Float64Array, known: number, from: number, value: number): void {
  const at = below(sorted, known, value);
  if (at > from + 1) {
    close(sorted, from, at);
    sorted[at - 1] = value;
  } else if (at < from) {
    open(sorted, at, from);
    sorted[at] = value;
  } else sorted[from] = value;
}

/** Up to here a plain loop moves faster than the call of `copyWithin`. */
const SHORT = 64;

/** Move the values after `from` up to `to` one place down, over the one at `from`. */
function close(sorted: Float64Array, from: number, to: number): void {
  if (to - from > SHORT) sorted.copyWithin(from, from + 1, to);
  else for (let i = from + 1; i < to; i += 1) sorted[i - 1] = sorted[i] ?? 0;
}

/** Move the values from `at` until before `to` one place up, over the one at `to`. */
function open(sorted: Float64Array, at: number, to: number): void {
  if (to - at > SHORT) sorted.copyWithin(at + 1, at, to);
  else for (let i = to; i > at; i -= 1) sorted[i] = sorted[i - 1] ?? 0;
}

function answer(
  sorted: Readonly<Float64Array>,
  known: number,
  request: SortedRequest,
  current: number,
): number {
  switch (request.what) {
    case 'quantile':
      return quantileOf(sorted, known, request.q);
    case 'rank':
      return rankOf(sorted, known, request.ties, current);
    case 'mad':
      return madOf(sorted, known);
    case 'meanAbsDev':
      return meanAbsDev(sorted, known);
    case 'tailMean':
      return tailMean(sorted, known, request.q);
  }
}

/** Linear between order statistics: h = (k − 1) q. */
function quantileOf(sorted: Readonly<Float64Array>, known: number, q: number): number {
  const h = (known - 1) * q;
  const low = Math.floor(h);
  const a = sorted[low] ?? Number.NaN;
  if (low >= known - 1) return a;
  const value = a + (h - low) * ((sorted[low + 1] ?? Number.NaN) - a);
  return value - value === 0 ? value : Number.NaN;
}

function rankOf(
  sorted: Readonly<Float64Array>,
  known: number,
  ties: 'max' | 'average' | 'min',
  current: number,
): number {
  if (Number.isNaN(current)) return Number.NaN;
  if (ties === 'max') return upTo(sorted, known, current) / known;
  const less = below(sorted, known, current);
  if (ties === 'min') return less / known;
  return (less + (upTo(sorted, known, current) - less + 1) / 2) / known;
}

function madOf(sorted: Readonly<Float64Array>, known: number): number {
  const center = quantileOf(sorted, known, 0.5);
  const upper = nearest(sorted, known, center, known >>> 1);
  if (known % 2 === 1) return upper;
  const lower = nearest(sorted, known, center, (known >>> 1) - 1);
  return lower + 0.5 * (upper - lower);
}

/** The `rank`-th smallest distance to the centre: the nearest values are neighbours, so search where their stretch begins. */
function nearest(
  sorted: Readonly<Float64Array>,
  known: number,
  center: number,
  rank: number,
): number {
  let low = 0;
  let high = known - 1 - rank;
  while (low < high) {
    const from = (low + high) >>> 1;
    const left = center - (sorted[from] ?? 0);
    const right = (sorted[from + rank + 1] ?? 0) - center;
    if (left > right) low = from + 1;
    else high = from;
  }
  return Math.max(center - (sorted[low] ?? 0), (sorted[low + rank] ?? 0) - center);
}

function meanAbsDev(sorted: Readonly<Float64Array>, known: number): number {
  let sum = 0;
  for (let i = 0; i < known; i += 1) sum += sorted[i] ?? 0;
  const mean = sum / known;
  let total = 0;
  for (let i = 0; i < known; i += 1) total += Math.abs((sorted[i] ?? 0) - mean);
  const value = total / known;
  return value - value === 0 ? value : Number.NaN;
}

/** Mean of the values at or beyond a quantile, on the side of the nearer end. */
function tailMean(sorted: Readonly<Float64Array>, known: number, q: number): number {
  const limit = quantileOf(sorted, known, q);
  const from = q < 0.5 ? 0 : below(sorted, known, limit);
  const to = q < 0.5 ? upTo(sorted, known, limit) : known;
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += sorted[i] ?? 0;
  const value = sum / (to - from);
  return value - value === 0 ? value : Number.NaN;
}
