import type { Flags, Frame, Numbers } from '../../../engine/sdk/index.js';

/** Columns of raw forced orders, once looked up. */
export interface Orders {
  readonly ts: Numbers;
  readonly sell: Flags;
  readonly price: Numbers;
  readonly base: Numbers;
  readonly value: Numbers;
}

export function ordersIn(raw: Frame): Orders {
  return {
    ts: raw.time('ts'),
    sell: raw.flags('sell'),
    price: raw.column('price'),
    base: raw.column('base'),
    value: raw.column('value'),
  };
}

/** Why a row adds to no bar: it says no more than its time, or it is an order that cannot be counted. */
export type NoOrder = 'silent' | 'no_side' | 'no_value' | 'duplicate';

/** What is wrong with a row as an order, or undefined. Of rows that are alike in every column the first is the order. */
export function faultOf(orders: Orders, row: number): NoOrder | undefined {
  const { sell, price, base, value } = orders;
  const worth = value[row] ?? Number.NaN;
  const sided = (sell[row] ?? 255) <= 1;
  const figures = [worth, price[row] ?? Number.NaN, base[row] ?? Number.NaN];
  if (!sided && figures.every(Number.isNaN)) return 'silent';
  if (!sided) return 'no_side';
  if (!(worth > 0)) return 'no_value';
  return isTwin(orders, row) ? 'duplicate' : undefined;
}

function isTwin({ ts, sell, price, base, value }: Orders, row: number): boolean {
  const columns: readonly (Numbers | Flags)[] = [sell, price, base, value];
  for (let other = row - 1; other >= 0 && ts[other] === ts[row]; other--) {
    if (columns.every((values) => Object.is(values[other], values[row]))) return true;
  }
  return false;
}
