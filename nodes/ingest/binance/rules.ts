import type { Bar } from '../tables/raw-bars.js';

/** What every bar of a file keeps; a name reads as the sentence that was broken. */
export const RULES: readonly { readonly rule: string; readonly holds: (bar: Bar) => boolean }[] = [
  { rule: 'open > 0', holds: (b) => b.open > 0 },
  { rule: 'high > 0', holds: (b) => b.high > 0 },
  { rule: 'low > 0', holds: (b) => b.low > 0 },
  { rule: 'close > 0', holds: (b) => b.close > 0 },
  { rule: 'low <= high', holds: (b) => b.low <= b.high },
  { rule: 'low <= open <= high', holds: (b) => b.low <= b.open && b.open <= b.high },
  { rule: 'low <= close <= high', holds: (b) => b.low <= b.close && b.close <= b.high },
  { rule: 'volume >= 0', holds: (b) => b.volume >= 0 },
  { rule: 'quote_volume >= 0', holds: (b) => b.quote_volume >= 0 },
  { rule: 'trade_count >= 0', holds: (b) => b.trade_count >= 0 && Number.isInteger(b.trade_count) },
  { rule: 'taker_base_volume <= volume', holds: (b) => b.taker_base_volume <= b.volume },
  { rule: 'taker_base_volume >= 0', holds: (b) => b.taker_base_volume >= 0 },
  { rule: 'volume < 1e15', holds: (b) => b.volume < 1e15 },
  { rule: 'quote_volume < 1e15', holds: (b) => b.quote_volume < 1e15 },
];

/** The first rule a bar breaks. */
export function broken(bar: Bar): string | undefined {
  return RULES.find(({ holds }) => !holds(bar))?.rule;
}
