import type { Frame, Gathered, JsonObject } from '../../../engine/sdk/index.js';
import type { Origin, Section } from '../page/document.js';
import { fixed, percent, whole } from '../page/numbers.js';

/** What the numbers stand on: how complete the bars are, and how often each event occurred. */
export function dataSection(
  quality: readonly Gathered<JsonObject>[],
  events: Frame,
  origin: (port: string) => Origin,
): Section {
  const number = (value: JsonObject, key: string) => {
    const found = value[key];
    return typeof found === 'number' ? found : NaN;
  };
  const bars = quality.reduce((sum, { value }) => sum + number(value, 'bars'), 0);
  return {
    title: 'Data and events',
    blocks: [
      {
        kind: 'table',
        title: 'Quality of the bars',
        columns: [
          { name: 'Symbol' },
          ...[
            'Bars',
            'Missing',
            'Share',
            'Longest gap, bars',
            'Duplicates',
            'Off grid',
            'Funding prints',
          ].map((name) => ({ name, right: true })),
        ],
        rows: quality.map(({ at, value }) => [
          at.symbol ?? '',
          whole(number(value, 'bars')),
          whole(number(value, 'missing')),
          percent(number(value, 'missing') / number(value, 'bars'), 3),
          whole(number(value, 'longest_gap')),
          whole(number(value, 'duplicates')),
          whole(number(value, 'off_grid')),
          whole(number(value, 'funding_prints')),
        ]),
        origin: origin('quality'),
      },
      {
        kind: 'table',
        title: 'Occurrences of events',
        columns: [
          { name: 'Event' },
          ...['Occurrences', 'Symbols', 'Per 10 000 bars', 'Pointing up', 'Pointing down'].map(
            (name) => ({
              name,
              right: true,
            }),
          ),
        ],
        rows: occurrences(events).map(({ event, count, symbols, up, down }) => [
          event,
          whole(count),
          whole(symbols.size),
          fixed((count / bars) * 10_000, 1),
          percent(up / count, 0),
          percent(down / count, 0),
        ]),
        origin: origin('events'),
        note: 'Bars of the warm-up count too, so rates over the span alone are a little higher.',
      },
    ],
  };
}

interface Tally {
  readonly event: string;
  count: number;
  readonly symbols: Set<string>;
  up: number;
  down: number;
}

function occurrences(events: Frame): readonly Tally[] {
  const found = new Map<string, Tally>();
  const symbols = events.texts('symbol');
  const directions = events.column('direction');
  for (const [i, name] of events.texts('event').entries()) {
    const event = name ?? '';
    const tally = found.get(event) ?? { event, count: 0, symbols: new Set(), up: 0, down: 0 };
    found.set(event, tally);
    tally.count++;
    tally.symbols.add(symbols[i] ?? '');
    if ((directions[i] ?? 0) > 0) tally.up++;
    if ((directions[i] ?? 0) < 0) tally.down++;
  }
  return [...found.values()].sort((a, b) => (a.event < b.event ? -1 : a.event > b.event ? 1 : 0));
}
