import type { ColumnFacts, TableFacts } from '../../../../engine/expr/program.js';
import { Frame } from '../../../../engine/frame/frame.js';
import { patchy, uniform, walk } from '../information/series.js';
import { bars, column, FIVE_MINUTES } from '../kit.js';
import { MINUTE, tables as market } from '../market.js';
import { turned } from './futures.js';

const HOUR = 60 * MINUTE;
/** A row in which running sums are rebuilt: a block of 1024 absolute bars opens there. */
export const REBUILT = 240;
/** When the first bar opens. */
export const FIRST = (5_565 * 1_024 - REBUILT) * FIVE_MINUTES;
/** Rows in which all that can be missing is. */
export const GAP = [151, 160] as const;

export type Tables = Readonly<Record<string, Frame>>;
export type Facts = Readonly<Record<string, TableFacts>>;
export type World = ReadonlyMap<string, Tables>;

const self = market.self ?? { clock: 'bars', columns: new Map<string, ColumnFacts>() };
/** The market's tables with prints every hour, a schedule, a table of intervals, and bars with further columns. */
export function factsWith(more: Readonly<Record<string, ColumnFacts>>): Facts {
  const own = Object.entries(more).filter(([name]) => !self.columns.has(name));
  return {
    ...market,
    self: { ...self, columns: new Map([...self.columns, ...own]) },
    funding: { ...table('funding', HOUR, { rate: late, interval_hours: late }), within: 3 * HOUR },
    news: {
      ...table('news', 3 * HOUR, { weight: column('f64'), importance: column('text') }),
      ...seen,
    },
    sessions: { ...table('sessions', 4 * HOUR, {}), ...seen },
  };
}
const late = column('f64', { delay: MINUTE });
const seen = { available: 'seen', within: 12 * HOUR };

function table(
  clock: string,
  nominal: number,
  columns: Readonly<Record<string, ColumnFacts>>,
): TableFacts {
  const times = { ts: column('time'), ...(clock === 'funding' ? {} : { seen: column('time') }) };
  return { clock, nominal, columns: new Map(Object.entries({ ...times, ...columns })) };
}

/** Symbols with the rows they are listed in: from the start, later, and not to the end. */
export const LISTED: Readonly<Record<string, readonly [from: number, to: number]>> = {
  AAA: [0, 1],
  BBB: [0, 1],
  CCC: [0.2, 1],
  DDD: [0, 0.7],
  EEE: [0, 1],
};

/** A small market in which all that goes wrong in large ones does; the same one for the same seed. */
export function worldOf(facts: Facts, rows: number, seed = 1): World {
  return new Map(
    Object.entries(LISTED).map(([symbol, [from, to]], place) => {
      const ts = bars(rows, FIRST).slice(Math.floor(from * rows), Math.floor(to * rows));
      const named = Object.entries(facts).map(([name, one], t) => [
        name,
        frameOf(name, one, ts, seed * 1_009 + place * 101 + t * 17),
      ]);
      return [symbol, Object.fromEntries(named)];
    }),
  );
}

function frameOf(name: string, facts: TableFacts, bars: Float64Array, seed: number): Frame {
  const next = uniform(seed + 3);
  const ts = name === 'self' ? bars : timesOf(facts, bars, next);
  let frame = Frame.of({ ts: { dtype: 'time', values: ts } });
  let place = 0;
  for (const [id, one] of facts.columns) {
    place += 1;
    if (id === 'ts') continue;
    const cells =
      one.dtype === 'time' ? endsOf(name, ts, next) : cellsOf(id, one, ts.length, seed + place);
    frame = frame.with(id, cells);
  }
  if (name !== 'self') return frame;
  return turned(priced(frame, seed), facts, (row) => row >= GAP[0] && row < GAP[1], 'missing');
}

/** Other markets lack a row here and there; prints, news and sessions come at their own times. */
function timesOf(facts: TableFacts, bars: Float64Array, next: () => number): Float64Array {
  if (facts.clock === 'bars') return bars.filter(() => next() > 0.03);
  const every = facts.nominal ?? HOUR;
  const from = Math.ceil((bars[0] ?? 0) / every) * every;
  const end = (bars.at(-1) ?? 0) + FIVE_MINUTES + 2 * every;
  return Float64Array.from(
    { length: Math.floor((end - from) / every) },
    (_, i) => from + i * every,
  );
}

/** When rows are there: news is announced ahead or minutes late, sessions are when they are over. */
function endsOf(name: string, ts: Float64Array, next: () => number) {
  const after = (): number =>
    name === 'sessions'
      ? 2 * HOUR + 15 * MINUTE * Math.floor(next() * 7)
      : next() < 0.7
        ? -2 * HOUR
        : 4 * MINUTE;
  return { dtype: 'time', values: ts.map((t) => t + after()) } as const;
}

function cellsOf(id: string, facts: ColumnFacts, rows: number, seed: number) {
  const next = uniform(seed * 7_919 + 11);
  const holes = facts.nullable === false ? 0 : 0.05;
  const each = <T>(of: () => T): (T | null)[] =>
    Array.from({ length: rows }, () => (next() < holes ? null : of()));
  if (facts.dtype === 'bool') return each(() => next() < 0.25);
  if (facts.dtype === 'text')
    return each(() => ['up', 'down', 'a', 'b'][Math.floor(next() * 4)] ?? 'a');
  if (id === 'k')
    return Float64Array.from(
      each(() => Math.floor(next() * 5)),
      (v) => v ?? NaN,
    );
  if (holes === 0) return solid(rows, next);
  // Bad ticks: a print with too many noughts.
  return Float64Array.from(patchy(seed * 31 + 5, rows, 0, 1), (v) => (next() < 0.01 ? v * 1e3 : v));
}

function solid(rows: number, next: () => number): Float64Array {
  let level = 0;
  return Float64Array.from({ length: rows }, () => {
    level += next() < 0.2 ? 0 : next() - 0.5;
    return level;
  });
}

/** Prices and volumes that go together, with bad ticks and a stretch that stands still. */
function priced(frame: Frame, seed: number): Frame {
  const rows = frame.length;
  const next = uniform(seed + 5);
  const level = walk(seed + 77, rows, 100, 0.4).map((v) => (next() < 0.005 ? v * 10 : v));
  const still = (i: number): boolean => i >= 200 && i < 226;
  const close = Float64Array.from(level, (v, i) => (still(i) ? 100 : v));
  const wide = Float64Array.from(close, (_, i) => (still(i) ? 0 : next()));
  const volume = close.map(() => Math.floor(next() * 20));
  return frame
    .with('close', close)
    .with(
      'high',
      close.map((v, i) => v + (wide[i] ?? 0)),
    )
    .with(
      'low',
      close.map((v, i) => v - next() * (wide[i] ?? 0)),
    )
    .with(
      'open',
      close.map((v, i) => v + (next() - 0.5) * (wide[i] ?? 0)),
    )
    .with('volume', volume)
    .with(
      'quote_volume',
      volume.map((v, i) => v * (close[i] ?? NaN)),
    )
    .with(
      'taker_base_volume',
      volume.map((v) => v * next()),
    );
}
