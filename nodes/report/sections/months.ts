import type { Frame } from '../../../engine/sdk/index.js';
import type { Rate } from '../page/small.js';

/** Occurrences of an event by month, from the first month that any event has to the last; months without one are 0. */
export function monthlyRates(events: Frame): (event: string) => readonly Rate[] {
  const counts = new Map<string, Map<number, number>>();
  const months = new Set<number>();
  const times = events.time('ts');
  for (const [row, id] of events.texts('event').entries()) {
    const month = monthOf(times[row] ?? Number.NaN);
    months.add(month);
    const own = counts.get(id ?? '') ?? new Map<number, number>();
    counts.set(id ?? '', own.set(month, (own.get(month) ?? 0) + 1));
  }
  const [first, last] = [Math.min(...months), Math.max(...months)];
  const length = months.size === 0 ? 0 : last - first + 1;
  return (event) =>
    Array.from({ length }, (_, i) => {
      return { name: nameOf(first + i), value: counts.get(event)?.get(first + i) ?? 0 };
    });
}

/** Months since the year 0. */
function monthOf(ts: number): number {
  const date = new Date(ts);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function nameOf(month: number): string {
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
}
