import type { ClockRows } from '../op.js';

/** When each bar closes. */
function closeOf(main: ClockRows, row: number): number {
  return (main.ts[row] ?? 0) + main.spec.width;
}

/** Rows in the order in which they become visible; undefined where that is their own order. */
function orderOf(times: Readonly<Float64Array>): Int32Array | undefined {
  let ordered = true;
  for (let i = 1; i < times.length && ordered; i += 1)
    ordered = (times[i - 1] ?? 0) <= (times[i] ?? 0);
  if (ordered) return undefined;
  const order = Int32Array.from(times, (_, i) => i);
  return order.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
}

/**
 * When a value of each row can be used: not before the row is there, and not before the value is known. A lag makes a value
 * known earlier, and its row no older.
 */
export function visibleTimes(table: ClockRows, delay: number): Float64Array {
  const extra = Math.max(delay, table.delay);
  const { visible } = table;
  const times = new Float64Array(visible.length);
  for (let i = 0; i < times.length; i += 1) times[i] = (visible[i] ?? 0) + extra;
  return times;
}

/**
 * For each bar the newest table row whose time is at most the bar's close; −1 where there is none.
 * @param times  when each row counts, in any order.
 * @param takes  rows to look at; all if undefined.
 */
export function newestRow(
  main: ClockRows,
  times: Readonly<Float64Array>,
  takes?: Readonly<Uint8Array>,
): Int32Array {
  const order = orderOf(times);
  const rowAt = (n: number): number => order?.[n] ?? n;
  const due = (n: number): number => times[rowAt(n)] ?? Number.POSITIVE_INFINITY;
  const { ts } = main;
  const { width } = main.spec;
  const newest = new Int32Array(ts.length);
  let next = 0;
  let comes = due(next);
  let best = -1;
  for (let i = 0; i < newest.length; i += 1) {
    const close = (ts[i] ?? 0) + width;
    while (comes <= close) {
      const row = rowAt(next);
      if (row > best && (takes === undefined || takes[row] === 1)) best = row;
      next += 1;
      comes = due(next);
    }
    newest[i] = best;
  }
  return newest;
}

/** The first bar at whose close some row, or one after it, counts; the number of bars where none does. */
export function firstSeeing(main: ClockRows, times: Readonly<Float64Array>, row: number): number {
  const first = times.subarray(row).reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return firstBar(main, (close) => close >= first);
}

/** For each bar how many rows count at its close. */
export function countVisible(main: ClockRows, times: Readonly<Float64Array>): Int32Array {
  const sorted = Float64Array.from(times).sort();
  const { ts } = main;
  const { width } = main.spec;
  const counts = new Int32Array(ts.length);
  let next = 0;
  for (let i = 0; i < counts.length; i += 1) {
    const close = (ts[i] ?? 0) + width;
    while (next < sorted.length && (sorted[next] ?? 0) <= close) next += 1;
    counts[i] = next;
  }
  return counts;
}

/**
 * For each bar the row with the nearest stamp after its close among those visible by then; −1 where there is none.
 * Rows in order of their stamps claim the bars from which they can be seen that no earlier stamp has claimed.
 */
export function nextRow(
  main: ClockRows,
  stamps: Readonly<Float64Array>,
  times: Readonly<Float64Array>,
  takes?: Readonly<Uint8Array>,
): Int32Array {
  const bars = main.ts.length;
  const claimed = new Int32Array(bars).fill(-1);
  const free = Int32Array.from({ length: bars + 1 }, (_, i) => i);
  const nextFree = (bar: number): number => {
    let at = bar;
    while ((free[at] ?? at) !== at) {
      free[at] = free[free[at] ?? at] ?? at;
      at = free[at] ?? at;
    }
    return at;
  };
  for (let row = 0; row < stamps.length; row += 1) {
    if (takes !== undefined && takes[row] !== 1) continue;
    const from = firstBar(main, (close) => close >= (times[row] ?? 0));
    const to = firstBar(main, (close) => close >= (stamps[row] ?? 0));
    for (let bar = nextFree(from); bar < to; bar = nextFree(bar)) {
      claimed[bar] = row;
      free[bar] = bar + 1;
    }
  }
  return claimed;
}

function firstBar(main: ClockRows, reached: (close: number) => boolean): number {
  let low = 0;
  let high = main.ts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (reached(closeOf(main, middle))) high = middle;
    else low = middle + 1;
  }
  return low;
}
