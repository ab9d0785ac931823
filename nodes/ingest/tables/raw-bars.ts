import { Frame, type Shape } from '../../../engine/sdk/index.js';

/** Number columns of bars with their units, as `spec/contracts/raw_bars.yaml` states them. */
export const UNITS = {
  open: 'quote / base',
  high: 'quote / base',
  low: 'quote / base',
  close: 'quote / base',
  volume: 'base',
  quote_volume: 'quote',
  trade_count: 'trades',
  taker_base_volume: 'base',
} as const;

/** One raw bar; `ts` is its open in UTC milliseconds. */
export type Bar = { readonly ts: number } & { readonly [K in keyof typeof UNITS]: number };

/** The columns of raw bars, known when a bar of so many milliseconds is over. */
export function rawBarsShape(spacing: number): Shape {
  const facts = { taint: 'feature', delay: spacing } as const;
  const numbers = Object.entries(UNITS).map(([name, unit]) => {
    return { name, dtype: 'f64', unit, ...facts } as const;
  });
  return { columns: [{ name: 'ts', dtype: 'time', ...facts }, ...numbers] };
}

/** Raw bars while they are gathered, one row after the other. */
export class RawBars {
  #columns = columns(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(bar: Bar): void {
    if (this.#length === this.#columns.ts.length) this.#grow();
    const [at, c] = [this.#length, this.#columns];
    c.ts[at] = bar.ts;
    c.open[at] = bar.open;
    c.high[at] = bar.high;
    c.low[at] = bar.low;
    c.close[at] = bar.close;
    c.volume[at] = bar.volume;
    c.quote_volume[at] = bar.quote_volume;
    c.trade_count[at] = bar.trade_count;
    c.taker_base_volume[at] = bar.taker_base_volume;
    this.#length += 1;
  }

  frame(): Frame {
    const { ts, ...numbers } = this.#columns;
    const cut = Object.entries(numbers).map(([n, values]) => [n, values.slice(0, this.#length)]);
    const time = { dtype: 'time', values: ts.slice(0, this.#length) } as const;
    return Frame.of({ ts: time, ...Object.fromEntries(cut) }, UNITS);
  }

  #grow(): void {
    const wide = columns(this.#length * 2);
    wide.ts.set(this.#columns.ts);
    wide.open.set(this.#columns.open);
    wide.high.set(this.#columns.high);
    wide.low.set(this.#columns.low);
    wide.close.set(this.#columns.close);
    wide.volume.set(this.#columns.volume);
    wide.quote_volume.set(this.#columns.quote_volume);
    wide.trade_count.set(this.#columns.trade_count);
    wide.taker_base_volume.set(this.#columns.taker_base_volume);
    this.#columns = wide;
  }
}

function columns(rows: number) {
  return {
    ts: new Float64Array(rows),
    open: new Float64Array(rows),
    high: new Float64Array(rows),
    low: new Float64Array(rows),
    close: new Float64Array(rows),
    volume: new Float64Array(rows),
    quote_volume: new Float64Array(rows),
    trade_count: new Float64Array(rows),
    taker_base_volume: new Float64Array(rows),
  };
}
