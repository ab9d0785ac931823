import { textColumn } from '../../../engine/frame/text.js';
import { clock, frame } from '../../kit/frame.js';
import { eventSpec, FIVE } from '../../kit/research.js';

export interface Seen {
  readonly row: number;
  readonly event?: string;
  readonly symbol?: string;
  readonly direction?: number;
  readonly severity?: number;
}
export const START = clock(1)[0] ?? 0;
export const at = (row: number) => START + row * FIVE;
export const times = (values: readonly number[]) =>
  ({ dtype: 'time', values: Float64Array.from(values) }) as const;

export function log(seen: readonly Seen[]) {
  const rows = [...seen].sort((a, b) => a.row - b.row);
  return frame({
    event: textColumn(rows.map((r) => r.event ?? 'E')),
    symbol: textColumn(rows.map((r) => r.symbol ?? 'AAA')),
    ts: times(rows.map((r) => at(r.row))),
    direction: rows.map((r) => r.direction ?? 0),
    severity: rows.map((r) => r.severity ?? 1),
  });
}
/** Bars of a symbol, with closes missing in some rows. */
export const bars = (length: number, holes: readonly number[] = [], symbol = 'AAA') => ({
  at: { symbol },
  value: frame({
    ts: times(Array.from({ length }, (_, i) => at(i))),
    close: Array.from({ length }, (_, i) => (holes.includes(i) ? Number.NaN : 1)),
  }),
});
export const E = eventSpec('E', {
  prevalence: { per_10k_bars: [1, 500] },
  open: { name: 'least', value: 10, fields: {}, let: {} },
});
export const every = (n: number, count: number, more: Partial<Seen> = {}) =>
  Array.from({ length: count }, (_, i) => ({ row: 10 + i * n, ...more }));
