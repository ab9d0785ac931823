import type { Series } from './types.js';

/** Make rows `from` … `to − 1` missing. */
export function blank(series: Series, from: number, to: number): void {
  if (series.type === 'number') series.data.fill(Number.NaN, from, to);
  else series.data.fill(absentIn(series), from, to);
}

/** Make the rows missing that `open` marks with 1. */
export function blankWhere(series: Series, open: Readonly<Uint8Array>): void {
  const { data } = series;
  const missing = series.type === 'number' ? Number.NaN : absentIn(series);
  for (let i = 0; i < data.length; i += 1) if (open[i] === 1) data[i] = missing;
}

/** The first row that is not missing; as many as there are rows where all are. */
export function firstKnown(series: Series): number {
  const { data, type } = series;
  const absent = absentIn(series);
  for (let i = 0; i < data.length; i += 1)
    if (type === 'number' ? !Number.isNaN(data[i]) : data[i] !== absent) return i;
  return data.length;
}

/** 1 for each row that is missing. */
export function missingIn(series: Series): Uint8Array {
  const absent = absentIn(series);
  return series.type === 'number'
    ? Uint8Array.from(series.data, (v) => (Number.isNaN(v) ? 1 : 0))
    : Uint8Array.from(series.data, (v) => (v === absent ? 1 : 0));
}

/** The cell that stands for a missing flag or text. */
function absentIn({ type }: Series): number {
  return type === 'boolean' ? 255 : 0xffff_ffff;
}
