import { defineNode, Frame, t, textColumn } from '../../engine/sdk/index.js';
import { quality } from '../kinds/quality.js';
import { lowerBound } from '../math/locate.js';
import { eventOverlap, events } from '../ports.js';

export default defineNode({
  type: 'events.overlap',
  doc: 'Which events are the same thing under two names: the share of the occurrences of one that has one of another close by.',
  time: 'fit',

  in: { events },
  out: { overlap: eventOverlap },
  params: {
    quality: t.spec(quality, { doc: 'Tells how close.' }),
    spacing: t.duration({ default: '5m', doc: 'Length of a bar.' }),
  },
  reads: () => ({ events: ['event', 'symbol', 'ts'] }),

  run({ events }, { quality: bounds, spacing }) {
    const log = logOf(events);
    const reach = bounds.beside * spacing;
    const ids = [...log.keys()].sort();
    const rows = ids.flatMap((event) =>
      ids.flatMap((other) => (event === other ? [] : pairOf(event, other, log, reach))),
    );
    return {
      overlap: Frame.of({
        event: textColumn(rows.map((r) => r.event)),
        other: textColumn(rows.map((r) => r.other)),
        count: rows.map((r) => r.count),
        near: rows.map((r) => r.near),
        share: rows.map((r) => r.near / r.count),
      }),
    };
  },
});

/** Times of each event by symbol, ascending as the table is. */
type Log = ReadonlyMap<string, ReadonlyMap<string, number[]>>;

function logOf(events: Frame): Log {
  const log = new Map<string, Map<string, number[]>>();
  const [symbols, times] = [events.texts('symbol'), events.time('ts')];
  for (const [row, id] of events.texts('event').entries()) {
    const bySymbol = log.get(id ?? '') ?? new Map<string, number[]>();
    log.set(id ?? '', bySymbol);
    const symbol = symbols[row] ?? '';
    const own = bySymbol.get(symbol) ?? [];
    bySymbol.set(symbol, own);
    own.push(times[row] ?? Number.NaN);
  }
  return log;
}

interface Pair {
  readonly event: string;
  readonly other: string;
  readonly count: number;
  readonly near: number;
}

function pairOf(event: string, other: string, log: Log, reach: number): readonly Pair[] {
  let [count, near] = [0, 0];
  for (const [symbol, times] of log.get(event) ?? []) {
    const others = log.get(other)?.get(symbol) ?? [];
    count += times.length;
    for (const ts of times) {
      if ((others[lowerBound(others, ts - reach)] ?? Infinity) <= ts + reach) near++;
    }
  }
  return near === 0 ? [] : [{ event, other, count, near }];
}
