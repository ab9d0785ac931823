/** First bar, number of bars and their length, in UTC milliseconds. */
export interface Grid {
  readonly from: number;
  readonly bars: number;
  readonly spacing: number;
}

/** The opens of all bars of a grid. */
export function opensOf({ from, bars, spacing }: Grid): Float64Array {
  const opens = new Float64Array(bars);
  for (let bar = 0; bar < bars; bar++) opens[bar] = from + bar * spacing;
  return opens;
}

/** Where the rows of a source lie on a grid, and what had to be left out. */
export interface Seated {
  /** For each bar the row that stands for it; −1 where none came. */
  readonly rows: Int32Array;
  /** Rows that were left out, by reason: not on the grid, or of a bar that has its row already. */
  readonly dropped: Readonly<Record<string, number>>;
}

/** Put rows on a grid by their time. Of several rows of one bar the first stands; rows beyond the grid are not counted. */
export function seated(times: Readonly<Float64Array>, grid: Grid): Seated {
  const rows = new Int32Array(grid.bars).fill(-1);
  let [off_grid, duplicate] = [0, 0];
  for (let row = 0; row < times.length; row++) {
    const bar = ((times[row] ?? 0) - grid.from) / grid.spacing;
    if (bar < 0 || bar >= grid.bars) continue;
    if (!Number.isInteger(bar)) off_grid++;
    else if (rows[bar] !== -1) duplicate++;
    else rows[bar] = row;
  }
  return { rows, dropped: { duplicate, off_grid } };
}
