import {
  defineNode,
  Frame,
  type Gathered,
  many,
  type Numbers,
  port,
  t,
  textColumn,
} from '../../engine/sdk/index.js';
import { DAY } from '../math/days.js';
import { indexOfValue } from '../math/locate.js';
import { clusteredMean } from './paths/mean.js';

export default defineNode({
  type: 'report.paths',
  doc: 'The mean path of the price before and after each event, for people to look at: it sees the outcomes of all rows.',
  time: 'future',

  in: {
    events: port.frame('Occurrences of events.', { contract: 'events' }),
    bars: many(port.frame('The grid of one symbol, with closes.')),
  },
  out: { paths: port.frame('Mean paths of events.', { contract: 'event_paths' }) },
  params: {
    before: t.integer({ default: 24, min: 0, unit: 'bars', doc: 'How far back.' }),
    after: t.integer({ default: 48, min: 1, unit: 'bars', doc: 'How far on.' }),
  },
  reads: () => ({ events: ['event', 'symbol', 'ts', 'direction', 'sign'], bars: ['ts', 'close'] }),

  run({ events, bars }, { before, after }) {
    const found = placed(events, bars);
    const steps = Array.from({ length: before + after + 1 }, (_, i) => i - before);
    const rows = [...found]
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .flatMap(([event, own]) => {
        const room = roomFor(own.length);
        return steps.map((bar) => ({ event, bar, ...pointOf(own, bar, room) }));
      });
    return {
      paths: Frame.of(
        {
          event: textColumn(rows.map((r) => r.event)),
          bar: rows.map((r) => r.bar),
          count: rows.map((r) => r.count),
          mean: rows.map((r) => r.mean),
          error: rows.map((r) => r.error),
        },
        { bar: 'bars' },
      ),
    };
  },
});

/** One occurrence that points somewhere, on the row of its symbol. */
interface Placed {
  readonly logs: Numbers;
  readonly row: number;
  /** Log price at the occurrence. */
  readonly base: number;
  readonly day: number;
  readonly side: number;
}

function placed(
  events: Frame,
  bars: readonly Gathered<Frame>[],
): ReadonlyMap<string, readonly Placed[]> {
  const grids = new Map(bars.map(({ at, value }) => [at.symbol, gridOf(value)]));
  const found = new Map<string, Placed[]>();
  const [ids, symbols, times] = [events.texts('event'), events.texts('symbol'), events.time('ts')];
  const [directions, signs] = [events.column('direction'), events.column('sign')];
  for (const [i, id] of ids.entries()) {
    const grid = grids.get(symbols[i] ?? '');
    const side = directions[i] || signs[i] || 0;
    const own = found.get(id ?? '') ?? [];
    found.set(id ?? '', own);
    const ts = times[i] ?? Number.NaN;
    const row = grid ? indexOfValue(grid.times, ts) : -1;
    if (grid && side !== 0 && row >= 0)
      own.push({
        logs: grid.logs,
        row,
        base: grid.logs[row] ?? Number.NaN,
        side,
        day: Math.floor(ts / DAY),
      });
  }
  return found;
}

function gridOf(frame: Frame): { readonly times: Numbers; readonly logs: Numbers } {
  return { times: frame.time('ts'), logs: Float64Array.from(frame.column('close'), Math.log) };
}

function pointOf(own: readonly Placed[], bar: number, room: Room) {
  const { values, days } = room;
  let count = 0;
  for (const { logs, row, base, day, side } of own) {
    const moved = side * ((logs[row + bar] ?? Number.NaN) - base);
    if (Number.isNaN(moved)) continue;
    values[count] = moved;
    days[count] = day;
    count++;
  }
  return { count, ...clusteredMean(values.subarray(0, count), days.subarray(0, count)) };
}

/** Room for what occurrences of one event moved, and their days; used again at every step. */
interface Room {
  readonly values: Float64Array;
  readonly days: Float64Array;
}

function roomFor(count: number): Room {
  return { values: new Float64Array(count), days: new Float64Array(count) };
}
