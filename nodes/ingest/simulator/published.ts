import { Frame } from '../../../engine/sdk/index.js';
import { RAW_TABLES } from '../../kinds/raw-tables.js';

/**
 * Bars before their prices are rounded: log prices, turnover in quote units and the share of it that takers bought. Each opens
 * where the one before closed.
 */
export interface Drawn {
  /** Log price at the open of the first bar. */
  readonly first: number;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly quote: Float64Array;
  readonly bought: Float64Array;
}

/** Columns of raw bars; `ts` is the open in UTC milliseconds. */
export type BarColumns = { readonly [K in 'ts' | keyof typeof RAW_TABLES.bars]: Float64Array };

/**
 * Bars as an exchange publishes them, on its grids of prices and quantities.
 * @param start    Open of the first bar.
 * @param perUnit  Prices are whole multiples of 1 / `perUnit`.
 * @param ticket   Mean size of a trade in quote units.
 */
export function published(
  drawn: Drawn,
  start: number,
  spacing: number,
  perUnit: number,
  ticket: number,
): BarColumns {
  const made = columns(drawn.close.length);
  let open = priceAt(drawn.first, perUnit);
  for (let i = 0; i < drawn.close.length; i++) {
    const close = priceAt(drawn.close[i] ?? 0, perUnit);
    const high = Math.max(priceAt(drawn.high[i] ?? 0, perUnit), open, close);
    const low = Math.min(priceAt(drawn.low[i] ?? 0, perUnit), open, close);
    const mean = (open + high + low + close) / 4;
    const quote = drawn.quote[i] ?? 0;
    const volume = Math.round((quote / mean) * 1000) / 1000;
    made.ts[i] = start + i * spacing;
    made.open[i] = open;
    made.high[i] = high;
    made.low[i] = low;
    made.close[i] = close;
    made.volume[i] = volume;
    made.quote_volume[i] = Math.round(volume * mean * 100) / 100;
    made.trade_count[i] = 1 + Math.round(quote / ticket);
    const bought = Math.round(volume * (drawn.bought[i] ?? 0) * 1000) / 1000;
    made.taker_base_volume[i] = Math.min(volume, bought);
    open = close;
  }
  return made;
}

/** The price at a log level, on the grid of ticks; at least one tick. */
export function priceAt(level: number, perUnit: number): number {
  return Math.max(1, Math.round(Math.exp(level) * perUnit)) / perUnit;
}

/** The rows of these numbers, in this order. */
export function rowsOf(bars: BarColumns, rows: Uint32Array): Frame {
  const { ts, ...numbers } = bars;
  const runs = runsOf(rows);
  const gather = (values: Float64Array) => {
    const out = new Float64Array(rows.length);
    for (const { at, from, to } of runs) out.set(values.subarray(from, to), at);
    return out;
  };
  const gathered = Object.entries(numbers).map(([name, values]) => [name, gather(values)]);
  const time = { dtype: 'time', values: gather(ts) } as const;
  return Frame.of({ ts: time, ...Object.fromEntries(gathered) }, RAW_TABLES.bars);
}

/** Rows that follow each other, as blocks: a feed has few faults, so that few copies make a column. */
function runsOf(rows: Uint32Array) {
  const runs: { readonly at: number; readonly from: number; readonly to: number }[] = [];
  for (let at = 0, end = 1; at < rows.length; at = end++) {
    const from = rows[at] ?? 0;
    while (end < rows.length && rows[end] === from + end - at) end++;
    runs.push({ at, from, to: from + end - at });
  }
  return runs;
}

/** Room for so many bars before they are published. @param first  Log price at the open of the first. */
export function room(first: number, bars: number): Drawn {
  const column = () => new Float64Array(bars);
  return {
    first,
    high: column(),
    low: column(),
    close: column(),
    quote: column(),
    bought: column(),
  };
}

function columns(bars: number): BarColumns {
  const column = () => new Float64Array(bars);
  return {
    ts: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    quote_volume: column(),
    trade_count: column(),
    taker_base_volume: column(),
  };
}
