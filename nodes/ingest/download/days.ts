/** Days and months in UTC, as an archive writes them. */

export const DAY = 86_400_000;
const MINUTE = 60_000;

/** `2025-02-03` of a time in milliseconds. */
export function dayText(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** `2025-02` of a time in milliseconds. */
export function monthText(time: number): string {
  return new Date(time).toISOString().slice(0, 7);
}

/** Start of the day of a time. */
export function dayOf(time: number): number {
  return Math.floor(time / DAY) * DAY;
}

/** Start of the month of a time. */
export function monthOf(time: number): number {
  return Date.parse(`${monthText(time)}-01`);
}

/** Start of the month after that of a time. */
export function nextMonth(time: number): number {
  return monthOf(monthOf(time) + 32 * DAY);
}

/** Starts of the days that begin in [from, to). */
export function daysIn(from: number, to: number): readonly number[] {
  const days: number[] = [];
  for (let day = Math.ceil(from / DAY) * DAY; day < to; day += DAY) days.push(day);
  return days;
}

/** Starts of the months that touch [from, to). */
export function monthsIn(from: number, to: number): readonly number[] {
  const months: number[] = [];
  for (let month = monthOf(from); month < to; month = nextMonth(month)) months.push(month);
  return months;
}

/** Text of a bar length as it stands in the archive's names: `1s`, `5m`, `1h`, `1d`. */
export function intervalText(spacing: number): string {
  if (spacing % DAY === 0) return `${spacing / DAY}d`;
  if (spacing % (60 * MINUTE) === 0) return `${spacing / (60 * MINUTE)}h`;
  if (spacing % MINUTE === 0) return `${spacing / MINUTE}m`;
  return `${spacing / 1000}s`;
}
