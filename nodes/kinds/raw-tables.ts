/**
 * What sources fill: number columns (and one flag) of each raw table with their units, as `spec/contracts/raw_*.yaml` states them;
 * every table has `ts` besides. A test holds the two equal.
 */
export const RAW_TABLES = {
  bars: {
    open: 'quote / base',
    high: 'quote / base',
    low: 'quote / base',
    close: 'quote / base',
    volume: 'base',
    quote_volume: 'quote',
    trade_count: 'trades',
    taker_base_volume: 'base',
  },
  funding: { rate: undefined, interval_hours: 'hours' },
  open_interest: {
    base: 'base',
    value: 'quote',
    top_account_ratio: undefined,
    top_position_ratio: undefined,
    account_ratio: undefined,
    taker_ratio: undefined,
  },
  liquidations: { sell: undefined, price: 'quote / base', base: 'base', value: 'quote' },
  quotes: {
    bid_price: 'quote / base',
    bid_base: 'base',
    ask_price: 'quote / base',
    ask_base: 'base',
  },
  trades: { price: 'quote / base', base: 'base', sell: undefined },
  marks: { open: undefined, high: undefined, low: undefined, close: undefined },
} as const;

/** A raw table: one idea of what rows are, whatever file they come from. */
export type RawTable = keyof typeof RAW_TABLES;

/** The one column of raw tables that is true or false. */
export const FLAG = 'sell';

/** Columns of a raw table besides `ts`, in the contract's order. */
export function columnsOf(table: RawTable): readonly (readonly [string, string | undefined])[] {
  return Object.entries(RAW_TABLES[table]);
}
