import { dayText, intervalText, monthText } from './days.js';

// Where files lie: the archive's own paths, below the folder as at the host. What comes by REST lies beside them under `rest`,
// as text with the archive's columns, one file a day.

/** One symbol's data set. */
export interface Series {
  readonly dataset: string;
  readonly symbol: string;
  /** Path of its files with holes. */
  readonly archive: string;
  /** Milliseconds of a bar. */
  readonly spacing: number;
  /** End of a symbol that is not part of {base}. */
  readonly quote: string;
}

export type Period = 'monthly' | 'daily' | 'rest';

/** Name of the file of a month, a day, or a day by REST. @param time  Start of it. */
export function fileName(series: Series, period: Period, time: number): string {
  const date = period === 'monthly' ? monthText(time) : dayText(time);
  const name = filled(series, period).replaceAll('{date}', date);
  return period === 'rest' ? name.replace(/\.zip$/, '.csv') : name;
}

/** Folder of the files of a period. */
export function folderName(series: Series, period: Period): string {
  const name = filled(series, period);
  return name.slice(0, name.lastIndexOf('/'));
}

/** The day that a file of a series stands for, from its name; undefined for any other file. */
export function dayIn(series: Series, period: 'daily' | 'rest', name: string): number | undefined {
  const text = /(\d{4}-\d{2}-\d{2})\.(zip|csv)$/.exec(name)?.[1];
  const day = text === undefined ? Number.NaN : Date.parse(text);
  if (Number.isNaN(day)) return undefined;
  const own = fileName(series, period, day);
  return own.slice(own.lastIndexOf('/') + 1) === name ? day : undefined;
}

function filled({ archive, symbol, spacing, quote }: Series, period: Period): string {
  const base = symbol.endsWith(quote) ? symbol.slice(0, symbol.length - quote.length) : symbol;
  return archive
    .replaceAll('{period}', period)
    .replaceAll('{symbol}', symbol)
    .replaceAll('{base}', base)
    .replaceAll('{interval}', intervalText(spacing));
}

/** Does a path stay inside the folder it is appended to? */
export function inside(name: string): boolean {
  return !name.split(/[/\\]/).some((part) => part === '' || part === '.' || part === '..');
}
