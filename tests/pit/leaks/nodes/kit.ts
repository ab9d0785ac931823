import { Frame, many, port } from '../../../../engine/sdk/index.js';

/** Tables and small statistics that the nodes of the corpus share. None of them looks anywhere by itself. */

export const bars = port.frame('Bars of one symbol.', { contract: 'bars', rowwise: true });
export const market = many(bars);
export const prints = port.frame('Funding prints.', { contract: 'funding', rowwise: true });
export const interest = port.frame('Open interest.', { contract: 'interest', rowwise: true });
export const releases = port.frame('Published figures.', { contract: 'releases', rowwise: true });
export const agenda = port.frame('An agenda.', { contract: 'agenda', rowwise: true });

export const signal = port.frame('A number a bar.', { contract: 'signal' });
export const panel = port.frame('A number a symbol and bar.', { contract: 'panel' });
export const positions = port.frame('What is held.', { contract: 'positions' });
export const alarms = port.frame('Occurrences.', { contract: 'alarms' });

export const BAR = 300_000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

type Values = ArrayLike<number>;

/** A table of one column beside the times of another table's rows. */
export function beside(rows: Frame, name: string, values: Values): Frame {
  return Frame.of({
    ts: { dtype: 'time', values: rows.time('ts') },
    [name]: Float64Array.from(values),
  });
}

/** The same of some rows only. */
export function atRows(
  rows: Frame,
  picked: readonly number[],
  name: string,
  values: Values,
): Frame {
  return beside(rows.take([...picked]), name, values);
}

/** One number a row, from its place. */
export function each(rows: Frame, of: (row: number) => number): Float64Array {
  return Float64Array.from({ length: rows.length }, (_, row) => of(row));
}

export const at = (values: Values, row: number): number => values[row] ?? Number.NaN;

/** Simple returns from row to row. */
export function returns(rows: Frame, k = 1): Float64Array {
  const close = rows.column('close');
  return each(rows, (row) => at(close, row) / at(close, row - k) - 1);
}

/** The known values of rows (to − count, to]; all of them unless told. */
export function known(values: Values, to = values.length - 1, count = values.length): number[] {
  const found: number[] = [];
  for (let row = Math.max(0, to - count + 1); row <= to; row += 1) {
    const value = at(values, row);
    if (!Number.isNaN(value)) found.push(value);
  }
  return found;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

export function deviation(values: readonly number[]): number {
  const center = mean(values);
  return Math.sqrt(mean(values.map((v) => (v - center) * (v - center))));
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * q)] ?? Number.NaN;
}

/** Slope of y on x over pairs of which both are known. */
export function slope(x: readonly number[], y: readonly number[]): number {
  const pairs = x.flatMap((v, i) => (Number.isNaN(v + at(y, i)) ? [] : [[v, at(y, i)] as const]));
  const [mx, my] = [mean(pairs.map(([a]) => a)), mean(pairs.map(([, b]) => b))];
  const over = pairs.reduce((sum, [a, b]) => sum + (a - mx) * (b - my), 0);
  return over / pairs.reduce((sum, [a]) => sum + (a - mx) * (a - mx), 0);
}

/** Values of another table's rows at the times of these rows; missing where it has none. */
export function alongside(rows: Frame, other: Frame, values: Values): Float64Array {
  const found = new Map(Array.from(other.time('ts'), (ts, row) => [ts, at(values, row)]));
  return Float64Array.from(rows.time('ts'), (ts) => found.get(ts) ?? Number.NaN);
}

/** Positions decided at the close of each row, which are held while the next bar lasts. */
export function held(rows: Frame, weight: Values): Frame {
  const ts = Float64Array.from(rows.time('ts'), (open) => open + BAR);
  return Frame.of({ ts: { dtype: 'time', values: ts }, weight: Float64Array.from(weight) });
}
