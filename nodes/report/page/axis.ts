import { day } from './numbers.js';

/** Values to pixels, linear. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  /** Distance of two ticks. */
  readonly step: number;
  at(value: number): number;
}

/** Round steps that cut a range into about `count` parts: 1, 2 or 5 times a power of ten. */
export function niceTicks(low: number, high: number, count: number): readonly number[] {
  if (!(high > low) || !Number.isFinite(high - low)) return Number.isFinite(low) ? [low] : [];
  const step = niceStep(high - low, count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}

function niceStep(span: number, count: number): number {
  if (!(span > 0) || !Number.isFinite(span)) return 1;
  let unit = 1;
  while (unit * 10 <= span / count) unit *= 10;
  while (unit > span / count) unit /= 10;
  return [1, 2, 5, 10].map((m) => m * unit).find((s) => span / s <= count) ?? unit * 10;
}

/** A scale over values; of one value only it is as wide as 1. */
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
    step: niceStep(to - from, count),
    at: (value) => start + ((value - from) / (to - from)) * (end - start),
  };
}

/** A place on a time axis and what stands there. */
export interface TimeTick {
  readonly at: number;
  readonly label: string;
}

const DAY = 86_400_000;
/** Ranges up to so many days get days on their axis, longer ones firsts of months. */
const DAYS_AT_MOST = 92;

/** Days or firsts of months within a range, at most `count`. */
export function timeTicks(from: number, to: number, count = 8): readonly TimeTick[] {
  if (!Number.isFinite(to - from)) return [];
  return to - from <= DAYS_AT_MOST * DAY ? dayTicks(from, to, count) : monthTicks(from, to, count);
}

function dayTicks(from: number, to: number, count: number): readonly TimeTick[] {
  const first = Math.ceil(from / DAY);
  const last = Math.floor(to / DAY);
  const step = [1, 2, 5, 7, 10, 14, 21, 28].find((s) => (last - first) / s < count) ?? 28;
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  return Array.from({ length }, (_, i) => (first + i * step) * DAY).map((at) => ({
    at,
    label: day(at),
  }));
}

function monthTicks(from: number, to: number, count: number): readonly TimeTick[] {
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
