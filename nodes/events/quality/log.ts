import type { Frame, SpecOf } from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import { type Bars, closes, gapNear, yearTeller } from './bars.js';
import { Seen } from './seen.js';

type Event = SpecOf<typeof event>;

/** What is asked of occurrences, milliseconds. */
interface Asked {
  /** Most that the bar read at an occurrence may be old. */
  readonly age: number;
  /** Longest distance that is short. */
  readonly short: (spec: Event) => number;
}

/** Occurrences by event. @param events  In order of time. */
export function logOf(
  events: Frame,
  specs: readonly Event[],
  bars: readonly Bars[],
  { age, short }: Asked,
): ReadonlyMap<string, Seen> {
  const found = new Map(specs.map((spec) => [spec.id, new Seen(short(spec))]));
  const reaches = new Map(specs.map(({ id, horizons }) => [id, Math.max(...horizons)]));
  const [ids, symbols, ts] = [
    textsIn(events, 'event'),
    textsIn(events, 'symbol'),
    events.time('ts'),
  ];
  const [directions, severity] = [events.column('direction'), events.column('severity')];
  // By code, so that nothing is looked up by name a row.
  const seen = ids.words.map((id) => found.get(id));
  const reach = ids.words.map((id) => reaches.get(id) ?? 0);
  const grids = symbols.words.map((symbol) => bars.findLast((one) => one.symbol === symbol));
  const yearOf = yearTeller();
  for (let row = 0; row < ts.length; row += 1) {
    const [code, place, time] = [ids.codes[row] ?? -1, symbols.codes[row] ?? -1, ts[row] ?? NaN];
    const own = grids[place];
    seen[code]?.severities.push(severity[row] ?? NaN);
    seen[code]?.add(symbols.words[place] ?? '', yearOf(time), {
      ts: time,
      direction: directions[row] ?? 0,
      joined: own !== undefined && closes(own, time, age),
      nearGap: own !== undefined && gapNear(own, time, reach[code] ?? 0),
    });
  }
  return found;
}

function textsIn(frame: Frame, name: string) {
  const column = frame.get(name);
  if (column.dtype !== 'text') throw new Error(`${name} has no texts.`);
  return column;
}

/** How many occurrences come, less those that go, under each moved threshold. */
export class Changes {
  /** By event, threshold, symbol and year. */
  readonly #found = new Map<string, Map<number, Map<string, Map<string, number>>>>();

  constructor(nudged: Frame) {
    const [ids, symbols] = [textsIn(nudged, 'event'), textsIn(nudged, 'symbol')];
    const [times, values] = [nudged.time('ts'), nudged.column('value')];
    const change = nudged.column('change');
    const yearOf = yearTeller();
    for (let row = 0; row < times.length; row += 1) {
      const byValue = within(this.#found, ids.words[ids.codes[row] ?? -1] ?? '');
      const bySymbol = within(byValue, values[row] ?? NaN);
      const byYear = within(bySymbol, symbols.words[symbols.codes[row] ?? -1] ?? '');
      const year = yearOf(times[row] ?? NaN);
      byYear.set(year, (byYear.get(year) ?? 0) + (change[row] ?? 0));
    }
  }

  /** @param symbol  undefined: all. @param year  undefined: all. */
  of(event: string, value: number, symbol: string | undefined, year: string | undefined): number {
    let sum = 0;
    for (const [name, byYear] of this.#found.get(event)?.get(value) ?? []) {
      if ((symbol ?? name) !== name) continue;
      for (const [when, change] of byYear) if ((year ?? when) === when) sum += change;
    }
    return sum;
  }
}

function within<K, L, V>(map: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const found = map.get(key) ?? new Map<L, V>();
  map.set(key, found);
  return found;
}
