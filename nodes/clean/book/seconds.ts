import type { Frame, Numbers } from '../../../engine/sdk/index.js';
import { picked } from '../grid/picked.js';

/** Valid quotes in order of time; of several with one stamp the later row is the later quote. */
export interface Quotes {
  readonly ts: Numbers;
  readonly bid: Numbers;
  readonly bidBase: Numbers;
  readonly ask: Numbers;
  readonly askBase: Numbers;
  /** Rows that are no quote: a price that is not above 0, an ask below the bid, a quantity that is negative or missing. */
  readonly invalid: number;
}

/** The quotes of a source without those that cannot be. */
export function validQuotes(raw: Frame): Quotes {
  const ts = raw.time('ts');
  const [bid, bidBase] = [raw.column('bid_price'), raw.column('bid_base')];
  const [ask, askBase] = [raw.column('ask_price'), raw.column('ask_base')];
  const valid = new Int32Array(ts.length);
  let count = 0;
  for (let row = 0; row < ts.length; row++) {
    const sound = (bid[row] ?? 0) > 0 && (ask[row] ?? 0) >= (bid[row] ?? 0);
    if (sound && (bidBase[row] ?? -1) >= 0 && (askBase[row] ?? -1) >= 0) valid[count++] = row;
  }
  const kept = (values: Numbers) => picked(values, valid.subarray(0, count));
  return {
    ts: kept(ts),
    bid: kept(bid),
    bidBase: kept(bidBase),
    ask: kept(ask),
    askBase: kept(askBase),
    invalid: ts.length - count,
  };
}

/** How old a quote may be and still be the best bid and ask, milliseconds. */
export const FRESH = 5_000;
export const SECOND = 1_000;

/**
 * Walks over seconds that ascend and tells which quote stands at each: the last one stamped at or before it, no older than
 * {@link FRESH}; −1 where there is none.
 */
export function quoteAt(ts: Numbers): (time: number) => number {
  let last = -1;
  return (time) => {
    while (last + 1 < ts.length && (ts[last + 1] ?? Number.NaN) <= time) last++;
    return last >= 0 && time - (ts[last] ?? Number.NaN) <= FRESH ? last : -1;
  };
}
