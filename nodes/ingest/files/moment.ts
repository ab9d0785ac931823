import { type Unit, unitOf } from './units.js';

/** First and last times that files can hold; beyond them a number is in another unit, or no time. */
const EARLIEST = Date.UTC(1980, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/** Milliseconds of one of each unit; the finer ones divide, which is exact where a product is not. */
const TO_MS: Readonly<Record<Unit, (count: number) => number>> = {
  s: (count) => count * 1000,
  ms: (count) => count,
  µs: (count) => count / 1000,
  ns: (count) => count / 1e6,
};

const TEXT =
  /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:Z|[+-]00:?00)?)?$/;

/**
 * Milliseconds of a count of seconds, milli-, micro- or nanoseconds, told by its size: archives of spot changed from milli- to
 * microseconds in 2025. Finer counts keep what lies between two milliseconds. NaN if it is no time.
 * @param seen  is told the unit
 */
export function fromEpoch(count: number, seen?: Set<Unit>): number {
  if (!Number.isInteger(count)) return Number.NaN;
  const unit = unitOf(count);
  seen?.add(unit);
  return within(TO_MS[unit](count));
}

/** Milliseconds of a text such as 2025-01-31, 2025-01-31 08:00:00 or an ISO time, all UTC; NaN if it is none. */
export function fromText(text: string): number {
  const parts = TEXT.exec(text);
  if (!parts) return Number.NaN;
  const [, year, month, day, hour = '0', minute = '0', second = '0', part = ''] = parts;
  if (Number(year) < 1000) return Number.NaN; // Date.UTC takes 85 for 1985
  const clock = [Number(hour), Number(minute), Number(second)] as const;
  if (clock[0] > 23 || clock[1] > 59 || clock[2] > 59) return Number.NaN;
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const date = new Date(midnight);
  if (date.getUTCDate() !== Number(day) || date.getUTCMonth() !== Number(month) - 1) {
    return Number.NaN;
  }
  const milliseconds = Number(part.padEnd(9, '0')) / 1e6;
  return within(midnight + (clock[0] * 60 + clock[1]) * 60_000 + clock[2] * 1000 + milliseconds);
}

/** The same time if files can hold it, else NaN. */
export function within(ms: number): number {
  return ms >= EARLIEST && ms < LATEST ? ms : Number.NaN;
}
