import { defineNode, Frame, many, port, t, textColumn } from '../../engine/sdk/index.js';
import { gridOf } from './paths/grid.js';
import { clusteredMean } from './paths/mean.js';
import { type Placed, placed } from './paths/placed.js';

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
    const grid = gridOf(bars, Math.max(before, after));
    const found = placed(events, grid);
    const steps = Array.from({ length: before + after + 1 }, (_, i) => i - before);
    const rows = [...found]
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .flatMap(([event, own]) => {
        const room = roomFor(own.rows.length);
        return steps.map((bar) => ({ event, bar, ...pointOf(own, grid.logs, bar, room) }));
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

function pointOf(
  { rows, bases, sides, days }: Placed,
  logs: Float64Array,
  bar: number,
  room: Room,
) {
  let count = 0;
  for (let k = 0; k < rows.length; k++) {
    const moved = (sides[k] ?? 0) * ((logs[(rows[k] ?? 0) + bar] ?? NaN) - (bases[k] ?? NaN));
    if (Number.isNaN(moved)) continue;
    room.values[count] = moved;
    room.days[count] = days[k] ?? 0;
    count++;
  }
  const [values, found] = [room.values.subarray(0, count), room.days.subarray(0, count)];
  return { count, ...clusteredMean(values, found) };
}

/** Room for what occurrences of one event moved, and their days; used again at every step. */
interface Room {
  readonly values: Float64Array;
  readonly days: Float64Array;
}

function roomFor(count: number): Room {
  return { values: new Float64Array(count), days: new Float64Array(count) };
}
