const FORM = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?Z)?$/;

/**
 * UTC milliseconds of `2024-01-31` or of an ISO time that ends in Z.
 * @returns undefined for anything else, also for days no calendar has; `wholeDay` says that no time was given.
 */
export function day(text: string): { readonly at: number; readonly wholeDay: boolean } | undefined {
  const parts = FORM.exec(text);
  if (!parts) return undefined;
  const [y, mo, d, h = 0, mi = 0, s = 0] = parts.slice(1, 7).map((p) => Number(p ?? 0));
  const ms = Number((parts[7] ?? '0').padEnd(3, '0'));
  if (y === undefined || mo === undefined || d === undefined) return undefined;
  // Years before 100 would be read as 19xx.
  if (y < 1000) return undefined;
  const at = Date.UTC(y, mo - 1, d, h, mi, s, ms);
  const wholeDay = parts[4] === undefined;
  return instant(at).startsWith(text.slice(0, 10)) && h < 24 && mi < 60 && s < 60
    ? { at, wholeDay }
    : undefined;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** What no calendar has in a text that has the form of a day or time; undefined where it is the form that is wrong. */
export function oddity(text: string): string | undefined {
  const parts = FORM.exec(text);
  if (!parts) return undefined;
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = parts.slice(1, 7).map((p) => Number(p ?? 0));
  if (y < 1000) return 'years before 1000 are not read';
  const month = MONTHS[mo - 1];
  if (!month) return `there is no month ${mo}; they go from 01 to 12`;
  const days = new Date(Date.UTC(y, mo, 0)).getUTCDate();
  if (d < 1 || d > days) return `${month} ${y} has ${days} days`;
  if (h > 23) return 'hours go from 00 to 23';
  return mi > 59 || s > 59 ? 'minutes and seconds go from 00 to 59' : undefined;
}

/** A moment as people write it: a day where it is midnight, otherwise the time too. */
export function instant(at: number): string {
  if (Math.abs(at) > 8.64e15) return String(at);
  const text = new Date(at).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
}
