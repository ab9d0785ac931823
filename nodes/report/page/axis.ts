import { day } from './numbers.js';

/** Values to pixels, linear. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  at(value: number): number;
}

/** Round steps that cut a range into about `count` parts: 1, 2 or 5 times a power of ten. */
export function niceTicks(low: number, high: number, count: number): readonly number[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return Number.isFinite(low) ? [low] : [];
  let unit = 1;
  while (unit * 10 <= span / count) unit *= 10;
  while (unit > span / count) unit /= 10;
  const step = [1, 2, 5, 10].map((m) => m * unit).find((s) => span / s <= count) ?? unit * 10;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}

/** A scale over values with a margin; of one value only it is as wide as 1. */
export function scaleOf(
  values: readonly number[],
  pixels: readonly [number, number],
  count = 5,
): Scale {
  const finite = values.filter(Number.isFinite);
  const low = finite.reduce((m, v) => Math.min(m, v), Infinity);
  const high = finite.reduce((m, v) => Math.max(m, v), -Infinity);
  const [from, to] = !(high > low) ? [(finite[0] ?? 0) - 0.5, (finite[0] ?? 0) + 0.5] : [low, high];
  const [start, end] = pixels;
  return {
    from,
    to,
    ticks: niceTicks(from, to, count),
    at: (value) => start + ((value - from) / (to - from)) * (end - start),
  };
}

/** Firsts of months within a range, thinned to at most `count`. */
export function monthTicks(
  from: number,
  to: number,
  count = 8,
): readonly { at: number; label: string }[] {
  const start = new Date(from);
  const months: number[] = [];
  for (let m = 0; m < 1200; m++) {
    const at = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + m, 1);
    if (at > to) break;
    if (at >= from) months.push(at);
  }
  const every = Math.max(1, Math.ceil(months.length / count));
  return months.filter((_, i) => i % every === 0).map((at) => ({ at, label: day(at).slice(0, 7) }));
}
