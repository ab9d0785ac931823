import type { Frame, Gathered } from '../../../engine/sdk/index.js';
import { locator } from '../../math/locate.js';

/** Log closes of all symbols, one after the other. */
export interface Grid {
  /** Around each symbol so many rows are missing that no path reaches into the next. */
  readonly logs: Float64Array;
  /** Where the bar of a symbol stands in it; -1 where there is none. */
  readonly rowOf: (symbol: string, ts: number) => number;
}

/** @param margin  most rows that a path goes back or on */
export function gridOf(bars: readonly Gathered<Frame>[], margin: number): Grid {
  const length = bars.reduce((sum, { value }) => sum + value.length + margin, margin);
  const logs = new Float64Array(length).fill(NaN);
  const symbols = new Map<string | undefined, (ts: number) => number>();
  let start = margin;
  for (const { at, value } of bars) {
    const first = start;
    value.column('close').forEach((close, row) => {
      logs[first + row] = Math.log(close);
    });
    const find = locator(value.time('ts'));
    symbols.set(at.symbol, (ts) => {
      const row = find(ts);
      return row < 0 ? -1 : first + row;
    });
    start += value.length + margin;
  }
  return { logs, rowOf: (symbol, ts) => symbols.get(symbol)?.(ts) ?? -1 };
}
