import type { Frame } from '../frame/frame.js';
import { MISSING, number, time } from './format.js';
import { table } from './table.js';

/** Which rows and columns of a frame are shown. */
export interface FrameView {
  /** At most so many rows: the first and the last ones. */
  readonly rows: number;
  readonly columns?: readonly string[] | undefined;
  readonly width?: number;
  /** Significant digits of numbers (5). */
  readonly digits?: number;
}

/** Unit of numbers that people read in per cent: 1 is the whole. */
const FRACTION = 'fraction';

/** A frame as a text table; numbers right, times in UTC, fractions in per cent, missing values `·`. */
export function frameTable(
  frame: Frame,
  { rows, columns = frame.names, width = 0, digits }: FrameView,
): string {
  const shown = shownRows(frame.length, rows);
  const cells = shown.map((row) =>
    row === undefined
      ? columns.map(() => '⋮')
      : columns.map((name) => shownCell(frame, name, row, digits)),
  );
  const heads = columns.map((name) => {
    const unit = frame.unit(name);
    const right = frame.get(name).dtype === 'f64';
    return {
      title: unit === undefined ? name : `${name} [${unit === FRACTION ? '%' : unit}]`,
      align: right ? ('right' as const) : ('left' as const),
    };
  });
  return table(heads, cells, width);
}

/** One value of a frame in the unit that its head names. */
function shownCell(frame: Frame, name: string, row: number, digits?: number): string {
  const column = frame.get(name);
  if (column.dtype !== 'f64' || frame.unit(name) !== FRACTION)
    return cell(frame, name, row, digits);
  return number(100 * (column.values[row] ?? Number.NaN), digits);
}

/** One value of a frame as text, in the unit of the frame. */
export function cell(frame: Frame, name: string, row: number, digits?: number): string {
  const column = frame.get(name);
  switch (column.dtype) {
    case 'f64':
      return number(column.values[row] ?? Number.NaN, digits);
    case 'time':
      return time(column.values[row] ?? Number.NaN);
    case 'bool':
      return column.values[row] === 1 ? 'true' : column.values[row] === 0 ? 'false' : MISSING;
    default:
      return column.words[column.codes[row] ?? -1] ?? MISSING;
  }
}

/** Row numbers, with undefined where rows are left out. */
function shownRows(length: number, most: number): readonly (number | undefined)[] {
  const all = Array.from({ length: Math.min(length, most) }, (_, i) => i);
  if (length <= most) return all;
  const head = Math.ceil(most / 2);
  return [...all.slice(0, head), undefined, ...all.slice(head).map((i) => length - most + i)];
}
