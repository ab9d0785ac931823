import { defineNode, Frame, many, type Numbers, port, t } from '../../engine/sdk/index.js';
import { event } from '../kinds/event.js';
import { indexOfValue } from '../math/locate.js';
import { coverage, eventFlags, events } from '../ports.js';
import { EventFlags, flagNames, toldIn } from './rows/flags.js';

export default defineNode({
  type: 'events.flags',
  doc: 'Three columns an event on the grid of one symbol: it occurs, it is active, it was told a bar ago; missing where its rule cannot tell.',
  time: 'trailing',

  in: {
    bars: port.frame('The grid of the symbol.', { contract: 'bars' }),
    events,
    coverage: many(coverage),
  },
  out: { flags: eventFlags },
  params: {
    symbol: t.text({ doc: 'The symbol.' }),
    specs: t.list(t.spec(event), { min: 1, doc: 'Events that get columns.' }),
  },
  shape: (_, { specs }) => ({
    flags: {
      columns: [
        { name: 'ts', dtype: 'time', taint: 'feature', delay: 0 },
        ...specs.flatMap((spec) =>
          flagNames(spec.id).map((name) => {
            return { name, dtype: 'bool', taint: 'feature', delay: 0, nullable: true } as const;
          }),
        ),
      ],
    },
  }),
  reads: () => ({
    bars: ['ts'],
    events: ['id', 'event', 'symbol', 'ts', 'entered', 'active_until'],
  }),
  errors: {
    'events/off-grid': 'Event {event} of {symbol} at {ts} is on no bar.',
    'events/times': 'Times of {event} of {symbol} at {ts} are not in order: entered, told, left.',
    'events/same-id': 'Two occurrences of {symbol} have the id {id}.',
  },

  run({ bars, events, coverage: known }, { symbol, specs }, ctx) {
    const grid = bars.time('ts');
    const tables = new Map(
      specs.map(({ id }) => [id, new EventFlags(grid, toldIn(id, symbol, grid, known))]),
    );
    const seen = new Set<string>();
    for (const one of occurrencesIn(events, symbol)) {
      const facts = { event: one.event, symbol, ts: new Date(one.ts).toISOString() };
      const row = indexOfValue(grid, one.ts);
      if (row < 0) ctx.refuse('events/off-grid', facts);
      if (!(one.entered <= one.ts && one.ts <= one.until)) ctx.refuse('events/times', facts);
      if (seen.has(one.id)) ctx.refuse('events/same-id', { symbol, id: one.id });
      seen.add(one.id);
      tables.get(one.event)?.mark(row, one.until);
    }
    const columns = specs.flatMap((spec) => {
      const { impulse, active, signal } = tables.get(spec.id) ?? {};
      const parts = [impulse, active, signal];
      return flagNames(spec.id).map((name, i) => {
        return { name, column: { dtype: 'bool', values: parts[i] ?? new Uint8Array() } as const };
      });
    });
    const ts = { name: 'ts', column: { dtype: 'time', values: grid } as const };
    return { flags: Frame.from([ts, ...columns], grid.length) };
  },
});

interface Occurrence {
  readonly id: string;
  readonly event: string;
  readonly ts: number;
  readonly entered: number;
  readonly until: number;
}

function occurrencesIn(events: Frame, symbol: string): readonly Occurrence[] {
  const [ids, names] = [events.texts('id'), events.texts('event')];
  const [told, entered] = [events.time('ts'), events.time('entered')];
  const until = events.time('active_until');
  return events.texts('symbol').flatMap((own, i): Occurrence[] => {
    if (own !== symbol) return [];
    const at = (times: Numbers) => times[i] ?? Number.NaN;
    const times = { ts: at(told), entered: at(entered), until: at(until) };
    return [{ id: ids[i] ?? '', event: names[i] ?? '', ...times }];
  });
}
