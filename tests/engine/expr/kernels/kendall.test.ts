import { describe, expect, it } from '@jest/globals';
import { Dominance } from '../../../../engine/expr/kernels/dominance.js';
import { rollingKendall } from '../../../../engine/expr/kernels/kendall.js';
import { uniform } from '../../../bench/expr/bars.js';

type Rows = Readonly<Float64Array>;

/** Every so many rows are compared: all of them take a while. */
const STEP = 7;

/** Each row of a window compared with each other one. */
function comparing(x: Rows, y: Rows, window: number, min: number): readonly number[] {
  const rows = [...x.keys()];
  return rows.filter(asked).map((row) => {
    const inside = rows.slice(Math.max(0, row - window + 1), row + 1).filter((i) => {
      return !Number.isNaN((x[i] ?? NaN) + (y[i] ?? NaN));
    });
    let [agree, apartX, apartY] = [0, 0, 0];
    for (const [k, i] of inside.entries()) {
      for (const j of inside.slice(0, k)) {
        const a = Math.sign((x[i] ?? 0) - (x[j] ?? 0));
        const b = Math.sign((y[i] ?? 0) - (y[j] ?? 0));
        agree += a * b;
        apartX += a * a;
        apartY += b * b;
      }
    }
    const most = Math.sqrt(apartX) * Math.sqrt(apartY);
    if (inside.length < min || most === 0) return Number.NaN;
    return Math.max(-1, Math.min(agree / most, 1));
  });
}

function asked(row: number): boolean {
  return row % STEP === 0;
}

describe('rolling Kendall is what comparing all pairs gives, to the bit', () => {
  it.each([
    { what: 'a window of two', rows: 300, window: 2, min: 2, step: 0.3, gaps: 0.1 },
    { what: 'ties on both sides', rows: 700, window: 40, min: 2, step: 0.2, gaps: 0 },
    { what: 'gaps and no ties', rows: 700, window: 40, min: 30, step: 0, gaps: 0.2 },
    { what: 'windows longer than a block', rows: 900, window: 300, min: 10, step: 0.01, gaps: 0.1 },
    { what: 'all rows so far', rows: 300, window: Infinity, min: 2, step: 0.05, gaps: 0.1 },
    { what: 'a flat series', rows: 300, window: 20, min: 2, step: 9, gaps: 0 },
    { what: 'next to nothing known', rows: 600, window: 30, min: 2, step: 0, gaps: 0.95 },
  ])('$what', ({ rows, window, min, step, gaps }) => {
    const next = uniform(rows + window);
    const series = (share: number): Float64Array =>
      Float64Array.from({ length: rows }, (_, i) => {
        const v = share * Math.sin(i) + next() - 0.5;
        return next() < gaps ? NaN : step > 0 ? Math.round(v / step) * step : v;
      });
    const [x, y] = [series(0.3), series(0.2)];
    const out = new Float64Array(rows);
    rollingKendall(x, y, window, min, out);
    expect([...out].filter((_, row) => asked(row))).toEqual(comparing(x, y, window, min));
  });
});

describe('points below and to the left are counted as they come and go', () => {
  it.each([1, 2, 3, 17, 64, 100])('in a square of %i places', (side) => {
    const next = uniform(side);
    const dominance = new Dominance(100);
    dominance.clear(side);
    const rows = Array.from({ length: side }, (_, i) => i).sort(() => next() - 0.5);
    const first = rows.map((_, column) => (next() < 0.5 ? column : -1));
    dominance.fill(Int32Array.from(first), Int32Array.from(rows));
    const points = new Map<number, number>();
    for (const column of first) if (column >= 0) points.set(column, rows[column] ?? 0);
    for (let step = 0; step < 4 * side; step += 1) {
      const column = Math.floor(next() * side);
      const row = rows[column] ?? 0;
      if (points.delete(column)) dominance.remove(column, row);
      else {
        points.set(column, row);
        dominance.add(column, row);
      }
      const [right, top] = [Math.floor(next() * (side + 1)), Math.floor(next() * (side + 1))];
      const expected = [...points].filter(([x, y]) => x < right && y < top).length;
      expect([dominance.count, dominance.below(right, top)]).toEqual([points.size, expected]);
    }
  });
});
