import { sameSize } from './guard.js';
import { type Matrix, matrix } from './matrix.js';
import type { Vector } from './vector.js';

/** A long table of values by time and name, laid out as a matrix: rows by time, columns by name. */
export interface Panel {
  /** Ascending. */
  readonly times: Float64Array;
  /** Sorted by code units. */
  readonly names: readonly string[];
  /** T × N; NaN where the table has no row. */
  readonly values: Matrix;
}

/** Lay out a long table. Of two rows with one time and name the last counts. @throws math/sizes-differ */
export function panelOf(times: Vector, names: readonly string[], values: Vector): Panel {
  sameSize('times and names', times.length, names.length);
  sameSize('times and values', times.length, values.length);
  const columns = [...new Set(names)].sort();
  const rows = Float64Array.from(new Set(Array.from(times))).sort();
  const columnOf = new Map(columns.map((name, j) => [name, j]));
  const rowOf = new Map(Array.from(rows, (time, i) => [time, i]));
  const out = matrix(rows.length, columns.length);
  out.values.fill(NaN);
  for (let k = 0; k < names.length; k++) {
    const i = rowOf.get(times[k] ?? NaN) ?? 0;
    const j = columnOf.get(names[k] ?? '') ?? 0;
    out.values[i * columns.length + j] = values[k] ?? NaN;
  }
  return { times: rows, names: columns, values: out };
}
