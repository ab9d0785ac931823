import { intervalText } from '../days.js';
import { type Form, numeric, type Row, rowsIn } from './form.js';

/** Fields of a bar, in the archive's order and the answer's alike. */
const FIELDS = 12;
/** The last millisecond of a bar is one of them. */
const CLOSE = 6;

/**
 * Bars: arrays of twelve, oldest first from `startTime` on, at most a page. A short page is no end: only the last bar is.
 * @see Binance REST, GET /api/v3/klines, /fapi/v1/klines, markPriceKlines, premiumIndexKlines
 */
export const klines: Form = {
  header:
    'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore',
  regular: true,

  async *pages({ rest, symbol, spacing, from, to }, ask) {
    const interval = intervalText(spacing);
    for (let start = from; start < to; ) {
      const query = { symbol, interval, startTime: start, endTime: to - 1, limit: rest.page };
      const rows = await ask(rest.path, query, 'array of bars', (json) =>
        rowsIn(json, (element) => bar(element, start, spacing)),
      );
      yield rows;
      const last = rows === 'broken' ? undefined : rows[rows.length - 1];
      if (last === undefined) return;
      start = last.due;
    }
  },
};

/** @param from  No bar before it was asked for, and none that is not `spacing` long from a whole multiple of it on. */
function bar(element: unknown, from: number, spacing: number): Row | undefined {
  if (!Array.isArray(element) || element.length !== FIELDS) return undefined;
  const cells = element.map(numeric);
  const time = /^\d{12,14}$/.test(cells[0] ?? '') ? Number(cells[0]) : undefined;
  if (time === undefined || time < from || cells.includes(undefined)) return undefined;
  if (time % spacing !== 0 || Number(cells[CLOSE]) !== time + spacing - 1) return undefined;
  return { time, text: cells.join(','), due: time + spacing };
}
