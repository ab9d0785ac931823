/** A month or a day that a file's name tells, as ISO text: `2024-02` or `2024-02-29`. */
const PERIOD = /(?<!\d)\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?(?!\d)/;

/** The month or day in a file's name, and what stands before it; undefined where no date does. */
export function periodIn(
  name: string,
): { readonly period: string; readonly before: string } | undefined {
  const found = PERIOD.exec(name);
  return found ? { period: found[0], before: name.slice(0, found.index) } : undefined;
}

/** What lies between the first and the last of some months or days. */
export interface Periods {
  readonly from: string;
  readonly to: string;
  /** Months that nothing is of, or days where there are files of days alone. */
  readonly missing: readonly string[];
}

/** The span and the holes of months and days; where both occur, a month counts as there if one of its days is. */
export function periodsOf(periods: readonly string[]): Periods | undefined {
  const months = periods.some((p) => p.length === MONTH);
  const all = [...new Set(periods.map((p) => (months ? p.slice(0, MONTH) : p)))].sort();
  const [from, to] = [all[0], all[all.length - 1]];
  if (from === undefined || to === undefined) return undefined;
  const there = new Set(all);
  const missing: string[] = [];
  for (let at = from; at < to; at = next(at)) if (!there.has(at)) missing.push(at);
  return { from, to, missing };
}

const MONTH = 'YYYY-MM'.length;

function next(period: string): string {
  const [year = 0, month = 1, day] = period.split('-').map(Number);
  const later = day === undefined ? Date.UTC(year, month, 1) : Date.UTC(year, month - 1, day + 1);
  return new Date(later).toISOString().slice(0, period.length);
}
