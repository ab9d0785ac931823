/*
 * Both simulations once more, slowly: an account that is led row by row and never sees a later row. Money is counted, not
 * shares of equity.
 */

/** What is traded: one list of a symbol each, NaN where there is no price; rates are 0 where nothing settles. */
export interface Tape {
  readonly prices: readonly ArrayLike<number>[];
  readonly rates: readonly ArrayLike<number>[];
  /** UTC day of each row, counted from that of the first. */
  readonly days: readonly number[];
  /** Row at whose close all ends; it may lie beyond the tape. */
  readonly end: number;
  /** Row at which each symbol has ended; its price there is its last one. None has, if left out. */
  readonly gone?: readonly number[];
}

/** A rule of one atom with its signals. */
export interface Led {
  readonly symbol: number;
  readonly weight: number;
  readonly lag: number;
  readonly hold: number;
  readonly signals: readonly (readonly [row: number, side: number])[];
}

export interface LedTrade {
  readonly entry: number;
  readonly exit: number | undefined;
  readonly side: number;
}

/** One atom, led through the rows: what it enters and leaves. */
export function tradesLed(
  { lag, hold, signals }: Omit<Led, 'symbol' | 'weight'>,
  tape: Pick<Tape, 'end'>,
  prices: ArrayLike<number>,
) {
  const done: LedTrade[] = [];
  let open: { readonly entry: number; readonly side: number } | undefined;
  let left = 0;
  for (let row = 0; row < prices.length; row++) {
    if (Number.isNaN(prices[row])) continue;
    if (open && (row >= open.entry + hold || row >= tape.end)) {
      done.push({ ...open, exit: row });
      open = undefined;
      left = row;
    }
    const due = signals.find(([at]) => at + lag === row);
    if (due && !open && due[0] >= left && row < tape.end) open = { entry: row, side: due[1] };
  }
  return open ? [...done, { ...open, exit: undefined }] : done;
}

/** Net return of each day of a portfolio whose atoms trade fixed shares of equity. */
export function portfolioLed(
  atoms: readonly Led[],
  tape: Tape,
  costRate: number,
): readonly number[] {
  const after = tape.prices.map((prices) => Array.from(prices, () => 0));
  for (const atom of atoms) {
    const end = Math.min(tape.end, tape.gone?.[atom.symbol] ?? Number.POSITIVE_INFINITY);
    for (const { entry, exit, side } of tradesLed(atom, { end }, tape.prices[atom.symbol] ?? [])) {
      const own = after[atom.symbol] ?? [];
      for (let row = entry; row < (exit ?? own.length); row++)
        own[row] = (own[row] ?? 0) + atom.weight * side;
    }
  }
  const exposureAfter = (symbol: number, row: number) => after[symbol]?.[row] ?? 0;
  return dayByDay(tape, (row, equity) => {
    let earned = 0;
    for (const symbol of tape.prices.keys()) {
      const held = exposureAfter(symbol, row - 1);
      const mark = lastPrice(tape.prices[symbol] ?? [], row - 1);
      const price = tape.prices[symbol]?.[row] ?? NaN;
      if (held !== 0 && !Number.isNaN(price)) earned += held * (price / mark - 1);
      earned -= held * (tape.rates[symbol]?.[row] ?? 0);
      earned -= Math.abs(exposureAfter(symbol, row) - held) * costRate;
    }
    return equity * (1 + earned);
  });
}

/** Net return of each day of equal amounts: bought at the first price with an equal part of all there is, sold at the end. */
export function heldLed(tape: Tape, costRate: number): readonly number[] {
  const units = tape.prices.map(() => 0);
  const known = tape.prices.map(() => false);
  const endOf = (i: number) => Math.min(tape.end, tape.gone?.[i] ?? Number.POSITIVE_INFINITY);
  let cash = 1;
  return dayByDay(tape, (row) => {
    const last = tape.prices.map((prices) => lastPrice(prices, row));
    const worth = () => units.map((u, i) => (u === 0 ? 0 : u * (last[i] ?? NaN)));
    const fresh: number[] = [];
    for (const [i, prices] of tape.prices.entries()) {
      const price = prices[row] ?? NaN;
      units[i] = (units[i] ?? 0) * (1 - rateOf(tape, i, row, price));
      if (Number.isNaN(price)) continue;
      if (row === endOf(i)) {
        cash += (units[i] ?? 0) * price * (1 - costRate);
        units[i] = 0;
      } else if (!known[i]) fresh.push(i);
      known[i] = true;
    }
    if (fresh.length > 0) {
      const values = worth();
      const all = values.reduce((sum, v) => sum + v, cash);
      const part = all / (fresh.length + values.filter((v) => v !== 0).length);
      const short = Math.max(0, part * fresh.length - Math.max(0, cash));
      const sold = short > 0 ? short / values.reduce((sum, v) => sum + v, 0) : 0;
      for (const i of units.keys()) units[i] = (units[i] ?? 0) * (1 - sold);
      for (const i of fresh) units[i] = part / (last[i] ?? NaN);
      cash += short - part * fresh.length - (short + part * fresh.length) * costRate;
    }
    return worth().reduce((sum, v) => sum + v, cash);
  });
}

/** Funding is paid on the value before the row moved, out of the units: as a share of what they are worth after it. */
function rateOf({ prices, rates }: Tape, i: number, row: number, price: number): number {
  const before = lastPrice(prices[i] ?? [], row - 1);
  const moved = Number.isNaN(price) ? 1 : price / before;
  return Number.isNaN(moved) ? 0 : (rates[i]?.[row] ?? 0) / moved;
}

function lastPrice(prices: ArrayLike<number>, row: number): number {
  for (let at = row; at >= 0; at--) if (!Number.isNaN(prices[at])) return prices[at] ?? NaN;
  return NaN;
}

/** Equity after each row to what each day brought. */
function dayByDay(tape: Tape, step: (row: number, equity: number) => number): readonly number[] {
  const net: number[] = [];
  let [equity, opening] = [1, 1];
  for (const [row, day] of tape.days.entries()) {
    if (day !== tape.days[row - 1]) opening = equity;
    equity = step(row, equity);
    net[day] = equity / opening - 1;
  }
  return net;
}
