/*
 * The indicators of the reference written once more, row by row and without any cleverness: what the composed operators must
 * give. Null is missing. A window with a missing row is missing; a recursion gives nothing on a missing row, keeps its state
 * and counts known rows; a change needs the row just before.
 */
export type Column = readonly (number | null)[];
export interface Bars {
  readonly open: Column;
  readonly high: Column;
  readonly low: Column;
  readonly close: Column;
  readonly volume: Column;
}

/** One value a row from the values of the same row in some columns; missing where one of them is. */
function each(columns: readonly Column[], of: (...v: number[]) => number | null): Column {
  return (columns[0] ?? []).map((_, t) => {
    const row = columns.map((c) => c[t] ?? null);
    const known = row.filter((v) => v !== null);
    return known.length < row.length ? null : finite(of(...known));
  });
}

function finite(v: number | null): number | null {
  return v !== null && Number.isFinite(v) ? v : null;
}

/** One value a row from the last n rows, oldest first. */
function windowed(x: Column, n: number, of: (w: number[]) => number | null): Column {
  return x.map((_, t) => {
    const rows = t < n - 1 ? [] : x.slice(t - n + 1, t + 1);
    const known = rows.filter((v) => v !== null);
    return rows.length === 0 || known.length < n ? null : finite(of(known));
  });
}

const total = (w: readonly number[]) => w.reduce((a, b) => a + b, 0);
const average = (w: readonly number[]) => total(w) / w.length;
const sma = (x: Column, n: number) => windowed(x, n, average);
const highest = (x: Column, n: number) => windowed(x, n, (w) => Math.max(...w));
const lowest = (x: Column, n: number) => windowed(x, n, (w) => Math.min(...w));
export const lag = (x: Column, k: number): Column =>
  x.map((_, t) => (t < k ? null : (x[t - k] ?? null)));
const change = (x: Column) => each([x, lag(x, 1)], (a, b) => a - b);

/** y += a (x − y) from the first known x on; shown once `warm` rows are known. */
function recursive(x: Column, a: number, warm = 1): Column {
  let [y, known] = [0, 0];
  return x.map((v) => {
    if (v === null) return null;
    known += 1;
    y = known === 1 ? v : a * v + (1 - a) * y;
    return known < warm ? null : y;
  });
}

/** Wilder: the mean of the first n known rows, then y = (y (n − 1) + x) / n. */
function wilder(x: Column, n: number): Column {
  const first: number[] = [];
  let y = 0;
  return x.map((v) => {
    if (v === null) return null;
    if (first.length < n) {
      first.push(v);
      y = average(first);
      return first.length < n ? null : y;
    }
    y = (y * (n - 1) + v) / n;
    return y;
  });
}

/** The running total of known rows; nothing on a missing one. */
function running(x: Column): Column {
  let sum = 0;
  return x.map((v) => {
    if (v === null) return null;
    sum += v;
    return sum;
  });
}

function trueRange({ high, low, close }: Bars): Column {
  const before = lag(close, 1);
  return each([high, low], (h, l) => h - l).map((plain, t) => {
    const [h, l, c] = [high[t] ?? null, low[t] ?? null, before[t] ?? null];
    return h === null || l === null || c === null
      ? plain
      : Math.max(h - l, Math.abs(h - c), Math.abs(l - c));
  });
}

const typical = ({ high, low, close }: Bars) =>
  each([high, low, close], (h, l, c) => (h + l + c) / 3);
const place = ({ high, low, close }: Bars) =>
  each([high, low, close], (h, l, c) => (h === l ? 0 : (c - l - (h - c)) / (h - l)));

export function rsi({ close }: Bars, n: number): Column {
  const up = wilder(
    each([change(close)], (d) => Math.max(d, 0)),
    n,
  );
  const down = wilder(
    each([change(close)], (d) => Math.max(-d, 0)),
    n,
  );
  return each([up, down], (g, d) => (d === 0 ? (g === 0 ? 50 : 100) : 100 - 100 / (1 + g / d)));
}

export function cci(bars: Bars, n: number): Column {
  return windowed(typical(bars), n, (w) => {
    const m = average(w);
    const spread = average(w.map((v) => Math.abs(v - m)));
    return spread <= 1e-12 * Math.max(1, Math.abs(m))
      ? 0
      : ((w.at(-1) ?? 0) - m) / (0.015 * spread);
  });
}

export function stochasticK({ high, low, close }: Bars, n: number, smooth: number): Column {
  const raw = each([close, highest(high, n), lowest(low, n)], (c, h, l) =>
    h === l ? 50 : (100 * (c - l)) / (h - l),
  );
  return sma(raw, smooth);
}
export const stochasticD = (bars: Bars, n: number, smooth: number, d: number) =>
  sma(stochasticK(bars, n, smooth), d);

export function williamsR({ high, low, close }: Bars, n: number): Column {
  return each([close, highest(high, n), lowest(low, n)], (c, h, l) =>
    h === l ? -50 : (-100 * (h - c)) / (h - l),
  );
}

export function rvi({ open, high, low, close }: Bars, n: number): Column {
  const swing = (x: Column) =>
    windowed(x, 4, ([a = 0, b = 0, c = 0, d = 0]) => (a + 2 * b + 2 * c + d) / 6);
  const body = sma(swing(each([close, open], (c, o) => c - o)), n);
  const range = sma(swing(each([high, low], (h, l) => h - l)), n);
  return each([body, range], (b, r) => (r === 0 ? 0 : b / r));
}

export function fisher({ high, low }: Bars, n: number, smooth: number): Column {
  const u = each([high, low, highest(high, n), lowest(low, n)], (h, l, top, bottom) => {
    if (top === bottom) return 0;
    return Math.min(0.999, Math.max(-0.999, (2 * ((h + l) / 2 - bottom)) / (top - bottom) - 1));
  });
  const f = each([u], (v) => 0.5 * Math.log((1 + v) / (1 - v)));
  return recursive(f, 2 / (smooth + 1), smooth);
}

export function aroonUp({ high }: Bars, n: number): Column {
  return windowed(high, n + 1, (w) => (100 * w.lastIndexOf(Math.max(...w))) / n);
}

export function atr(bars: Bars, n: number, method: string): Column {
  return method === 'sma' ? sma(trueRange(bars), n) : wilder(trueRange(bars), n);
}

function deviation(w: readonly number[], ddof: number): number {
  const m = average(w);
  return Math.sqrt(total(w.map((v) => (v - m) * (v - m))) / (w.length - ddof));
}

export function bbandsUpper({ close }: Bars, n: number, k: number, ddof: number): Column {
  return windowed(close, n, (w) => average(w) + k * deviation(w, ddof));
}

export function keltnerUpper(bars: Bars, n: number, atrN: number, k: number): Column {
  return each(
    [recursive(bars.close, 2 / (n + 1), n), sma(trueRange(bars), atrN)],
    (m, r) => m + k * r,
  );
}

export function macdSignal({ close }: Bars, fast: number, slow: number, signal: number): Column {
  const line = each(
    [recursive(close, 2 / (fast + 1)), recursive(close, 2 / (slow + 1))],
    (a, b) => a - b,
  );
  return recursive(line, 2 / (signal + 1), slow + signal - 1);
}

/** Movement up or down of each bar; missing where the bar before is. */
function movement({ high, low }: Bars, up: boolean): Column {
  const fall = each([change(low)], (d) => -d);
  return each([change(high), fall], (u, d) =>
    up ? (u > d && u > 0 ? u : 0) : d > u && d > 0 ? d : 0,
  );
}

function averagedMovement(bars: Bars, n: number, method: string, up: boolean): Column {
  const moves = movement(bars, up);
  if (method === 'wilder') return wilder(moves, n);
  return recursive(
    moves.map((v, t) => (t === 0 ? 0 : v)),
    1 / n,
  );
}

export function adx(bars: Bars, n: number, method: string): Column {
  const sides = [true, false].map((up) => averagedMovement(bars, n, method, up));
  const dx = each(sides, (p, m) => (p + m === 0 ? 0 : (100 * Math.abs(p - m)) / (p + m)));
  return method === 'wilder' ? wilder(dx, n) : recursive(dx, 1 / n, 2 * n);
}

export function plusDi(bars: Bars, n: number): Column {
  const moves = movement(bars, true);
  const range = wilder(
    trueRange(bars).map((v, t) => (moves[t] === null ? null : v)),
    n,
  );
  return each([wilder(moves, n), range], (m, r) => (r === 0 ? 0 : (100 * m) / r));
}

export function obv({ close, volume }: Bars): Column {
  const sign = change(close).map((v, t) => (t === 0 ? 0 : v));
  return running(each([volume, sign], (v, d) => v * Math.sign(d)));
}

export function mfi(bars: Bars, n: number): Column {
  const price = typical(bars);
  const flow = (up: boolean) =>
    windowed(
      each([price, bars.volume, change(price)], (p, v, d) => ((up ? d > 0 : d < 0) ? p * v : 0)),
      n,
      total,
    );
  return each([flow(true), flow(false)], (p, q) => (p + q === 0 ? 50 : (100 * p) / (p + q)));
}

export function cmf(bars: Bars, n: number): Column {
  const flow = windowed(
    each([place(bars), bars.volume], (m, v) => m * v),
    n,
    total,
  );
  const traded = windowed(
    each([bars.volume, bars.high], (v) => v),
    n,
    total,
  );
  return each([flow, traded], (f, v) => (v === 0 ? 0 : f / v));
}

export const adLine = (bars: Bars) => running(each([place(bars), bars.volume], (m, v) => m * v));

export function vwap(bars: Bars, n: number): Column {
  const paid = windowed(
    each([typical(bars), bars.volume], (p, v) => p * v),
    n,
    total,
  );
  return each(
    [
      paid,
      windowed(
        each([bars.volume, bars.close], (v) => v),
        n,
        total,
      ),
    ],
    (p, v) => p / v,
  );
}

export const volumeRatio = ({ volume }: Bars, n: number) =>
  each([volume, sma(volume, n)], (v, m) => (m === 0 ? 1 : v / m));

export function squeeze(bars: Bars, n: number, keltnerN: number, atrN: number): Column {
  const middle = recursive(bars.close, 2 / (keltnerN + 1), keltnerN);
  const range = sma(trueRange(bars), atrN);
  const spread = windowed(bars.close, n, (w) => 2 * deviation(w, 1));
  return each([middle, range, sma(bars.close, n), spread], (m, r, mean, s) => {
    if (4 * r <= 1e-10) return 0;
    return Math.max(0, Math.min(m + 2 * r - mean - s, mean - s - m + 2 * r) / (4 * r));
  });
}
