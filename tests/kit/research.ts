import { parseFormula } from '../../engine/expr/index.js';
import { Frame } from '../../engine/frame/frame.js';
import { flagColumn, textColumn, timeColumn } from '../../engine/sdk/index.js';

/** Markets with and without an effect, and specs as nodes receive them: for tests of research nodes. */

export const FIVE = 300_000;
export const DAY = 86_400_000;
export const START = Date.UTC(2024, 0, 1);

export const market = {
  id: 'test',
  source: 'simulator',
  spacing: FIVE,
  calendar: { id: 'crypto', days_per_year: 365, sessions: {}, let: {} },
  let: {},
};
export const free = {
  id: 'free',
  taker_bps: 0,
  maker_bps: 0,
  half_spread_bps: 0,
  slippage_bps: 0,
  model: 'static',
  funding: false,
  let: {},
};
/** A fold whose test window starts with the bars and ends at an announced time. */
export function foldUntil(test_to: number) {
  const train_to = START - DAY;
  return { id: '1', train_from: START - 2 * DAY, train_to, test_from: START, test_to };
}
/** 6.5 basis points a side. */
export const costly = {
  ...free,
  id: 'costly',
  taker_bps: 5,
  half_spread_bps: 0.5,
  slippage_bps: 1,
  funding: true,
};

/** A formula as nodes receive it. */
export function formula(text: string) {
  const place = { file: 'test', line: 1, col: 1, length: 1 };
  const { tree } = parseFormula(text, () => place);
  if (!tree) throw new Error(`${text} is no formula`);
  return { text, tree, locate: () => place };
}

/** An event as discovery receives it. */
export function eventSpec(id: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    id,
    family: 'TEST',
    needs: ['perp_ohlcv_5m'],
    fires: formula(`rises(${id.toLowerCase()})`),
    side: formula('sign(ret_1)'),
    severity: formula('1'),
    cooldown: '6b',
    templates: ['continuation', 'mean_reversion'],
    horizons: [5 * 60_000, 15 * 60_000],
    let: {},
    ...more,
  };
}
/** A template as discovery receives it. */
export function templateSpec(id: string, more: Readonly<Record<string, unknown>> = {}) {
  return { id, outcome: 'forward_return', judged: 'mean', let: {}, ...more };
}
export const continuation = templateSpec('continuation', { direction: [1] });
export const reversion = templateSpec('mean_reversion', { direction: [-1] });
export const horizons = [
  { hold: 5 * 60_000, outcome: 'forward_1' },
  { hold: 15 * 60_000, outcome: 'forward_3' },
];

/** A quick source of draws: the minimal standard generator; twelve uniforms make a normal. */
function draws(seed: number) {
  let state = seed * 7919 + 1;
  const uniform = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const normal = () => {
    let total = -6;
    for (let i = 0; i < 12; i++) total += uniform();
    return total;
  };
  return { uniform, normal };
}

/** An occurrence: event, symbol number, row, side. */
export type Occurrence = readonly [event: string, symbol: number, row: number, side: number];

/** Prices of several symbols with events; after an event of `effect` its symbol drifts with the side. */
export function world(
  key: number,
  options: {
    readonly days: number;
    readonly symbols: number;
    readonly events: readonly string[];
    /** Events a symbol and day. */
    readonly rate: number;
    readonly effect?: { readonly event: string; readonly drift: number; readonly bars: number };
  },
) {
  const { days, symbols, events, rate, effect } = options;
  const n = days * 288;
  const names = Array.from({ length: symbols }, (_, i) => `S${i}`);
  const random = draws(key);
  const found: Occurrence[] = [];
  for (const event of events) {
    names.forEach((_, symbol) => {
      for (let row = 10; row < n; row++) {
        if (random.uniform() < rate / 288)
          found.push([event, symbol, row, random.uniform() < 0.5 ? 1 : -1]);
      }
    });
  }
  const prices = names.map((_, symbol) => {
    const drift = new Float64Array(n);
    for (const [event, s, row, side] of found) {
      if (!effect || event !== effect.event || s !== symbol) continue;
      for (let k = 2; k < 2 + effect.bars && row + k < n; k++) drift[row + k] = side * effect.drift;
    }
    let price = 100;
    return Float64Array.from({ length: n }, (_, row) => {
      price *= 1 + 0.001 * random.normal() + (drift[row] ?? 0);
      return price;
    });
  });
  return {
    names,
    times: Float64Array.from({ length: n }, (_, i) => START + i * FIVE),
    prices,
    found,
  };
}
export type World = ReturnType<typeof world>;

/** Bars of every symbol, gathered by symbol, rows [from, to). */
export function barsOf({ names, times, prices }: World, from = 0, to = times.length) {
  return names.map((symbol, i) => ({
    at: { symbol },
    value: Frame.of({
      ts: timeColumn(times.slice(from, to)),
      close: (prices[i] ?? new Float64Array(0)).slice(from, to),
      quote_volume: new Float64Array(to - from).fill(1e6),
    }),
  }));
}

/** Outcomes of 1 and 3 bars, entered one bar after the decision, gathered by symbol. */
export function targetsOf({ names, times, prices }: World, from = 0, to = times.length) {
  const forward = (close: Float64Array, bars: number) =>
    close.map((_, row) => (close[row + 1 + bars] ?? NaN) / (close[row + 1] ?? NaN) - 1);
  return names.map((symbol, i) => {
    const close = (prices[i] ?? new Float64Array(0)).slice(from, to);
    const ts = times.slice(from, to);
    return {
      at: { symbol },
      value: Frame.of({
        ts: timeColumn(ts),
        known: timeColumn(ts.map((x) => x + 5 * FIVE)),
        forward_1: forward(close, 1),
        forward_3: forward(close, 3),
      }),
    };
  });
}

/**
 * What templates that ask for nothing make of a table of events: each occurrence is a decision at its own bar, and a side of 0 none.
 * @param kept  which decisions of the filter `only_if(continuation)` stay; without it there is no filter
 */
export function decisionsOf(
  events: Frame,
  templates: readonly string[] = ['continuation', 'mean_reversion'],
  kept?: (row: number) => boolean,
): Frame {
  const names = [...templates, ...(kept ? ['only_if(continuation)'] : [])].sort();
  const [event, symbol] = [events.texts('event'), events.texts('symbol')];
  const [ts, tradable] = [events.time('ts'), events.time('tradable')];
  const [direction, sign] = [events.column('direction'), events.column('sign')];
  const rows = [...ts.keys()].flatMap((i) =>
    direction[i] || sign[i] ? names.map((template) => ({ i, template })) : [],
  );
  const text = (of: readonly (string | null)[]) => textColumn(rows.map(({ i }) => of[i] ?? ''));
  const time = (of: ArrayLike<number>) => timeColumn(rows.map(({ i }) => of[i] ?? Number.NaN));
  return Frame.of({
    event: text(event),
    template: textColumn(rows.map(({ template }) => template)),
    symbol: text(symbol),
    signal: time(ts),
    ts: time(ts),
    tradable: time(tradable),
    side: rows.map(({ i }) => direction[i] || sign[i] || 0),
    kept: flagColumn(rows.map(({ i, template }) => !template.includes('(') || kept?.(i) === true)),
  });
}

/** The table of events, rows [from, to). */
export function eventsOf({ names, times, found }: World, from = 0, to = times.length): Frame {
  const rows = found.filter(([, , row]) => row >= from && row < to);
  const sorted = [...rows].sort(
    (a, b) => a[2] - b[2] || a[1] - b[1] || (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0),
  );
  const at = sorted.map(([, , row]) => times[row] ?? NaN);
  return Frame.of({
    id: textColumn(sorted.map(([event, symbol, row]) => `${event}-${symbol}-${row}`)),
    event: textColumn(sorted.map(([event]) => event)),
    family: textColumn(sorted.map(() => 'TEST')),
    symbol: textColumn(sorted.map(([, symbol]) => names[symbol] ?? '')),
    ts: timeColumn(at),
    entered: timeColumn(at),
    tradable: timeColumn(at.map((ts) => ts + FIVE)),
    active_until: timeColumn(at),
    direction: sorted.map(([, , , side]) => side),
    sign: sorted.map(([, , , side]) => side),
    severity: sorted.map(() => 1),
  });
}

/** The same where every symbol pays half the spread of its own quotes. */
export const quoted = { ...costly, id: 'quoted', model: 'calibrated' };

/** Half the spread of each symbol in basis points, as quotes of a window told it; null where there were none. */
export function measuredOf(spreads: Readonly<Record<string, number | null>>) {
  return Object.entries(spreads).map(([symbol, half]) => ({
    at: { symbol },
    value: {
      base_slippage_bps: half,
      p75_spread_bps: half === null ? null : 3 * half,
      n_bars: half === null ? 0 : 288,
      calibrated: half !== null,
      reason: half === null ? ('no_quotes' as const) : null,
    },
  }));
}
