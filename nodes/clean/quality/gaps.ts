/** Rows that are missing one after the other. */
export interface Gap {
  readonly [key: string]: unknown;
  /** When the first of them should be, UTC milliseconds. */
  readonly from: number;
  readonly rows: number;
  /** How far they would be apart, milliseconds. */
  readonly step: number;
}

/** Coverage of one month. */
export interface Month {
  readonly [key: string]: unknown;
  /** Such as `2024-01`. */
  readonly month: string;
  readonly expected: number;
  readonly missing: number;
}

interface Stretch {
  readonly times: Readonly<Float64Array>;
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly stepAt: (row: number) => number;
}

/** Where rows are further apart than they should be, from the first to the last time of the source. */
export function gapsOf({ times, first, last, stepAt }: Stretch): readonly Gap[] {
  if (first === undefined || last === undefined) return [];
  const gaps: Gap[] = [];
  const note = (after: number, before: number, step: number) => {
    const rows = Math.round((before - after) / step) - 1;
    if (rows > 0) gaps.push({ from: after + step, rows, step });
  };
  const [start, end] = [stepAt(0), stepAt(times.length - 1)];
  let after = first - start;
  for (let row = 0; row < times.length; row++) {
    const time = times[row] ?? Number.NaN;
    note(after, time, row === 0 ? start : stepAt(row));
    after = time;
  }
  note(after, last + end, end);
  return gaps;
}

/** Rows that are there and rows that are missing, by month. */
export function monthsOf(times: Readonly<Float64Array>, gaps: readonly Gap[]): readonly Month[] {
  const months = new Map<number, { expected: number; missing: number }>();
  const at = { from: Number.NaN, until: Number.NaN, expected: 0, missing: 0 };
  const settle = () => {
    const { expected = 0, missing = 0 } = months.get(at.from) ?? {};
    if (at.expected === 0) return;
    months.set(at.from, { expected: expected + at.expected, missing: missing + at.missing });
    [at.expected, at.missing] = [0, 0];
  };
  const turnTo = (time: number) => {
    if (time >= at.from && time < at.until) return;
    settle();
    [at.from, at.until] = monthAround(time);
  };
  for (let row = 0; row < times.length; row++) {
    turnTo(times[row] ?? 0);
    at.expected++;
  }
  for (const { from, rows, step } of gaps) {
    for (let row = 0; row < rows; ) {
      const time = from + row * step;
      turnTo(time);
      const here = Math.min(rows - row, Math.ceil((at.until - time) / step));
      at.expected += here;
      at.missing += here;
      row += here;
    }
  }
  settle();
  const sorted = [...months].sort(([a], [b]) => a - b);
  return sorted.map(([from, counts]) => {
    return { month: new Date(from).toISOString().slice(0, 7), ...counts };
  });
}

/** The UTC month of a time: its beginning and the next one's. */
function monthAround(time: number): [number, number] {
  const at = new Date(time);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  return [Date.UTC(year, month, 1), Date.UTC(year, month + 1, 1)];
}
