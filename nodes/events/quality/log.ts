import type { Frame, SpecOf } from '../../../engine/sdk/index.js';
import type { event } from '../../kinds/event.js';
import { type Bars, closes, gapNear, type Seen, yearOf } from './seen.js';

type Event = SpecOf<typeof event>;

/** Occurrences by event, in order of time. @param age  Milliseconds that the bar read at an occurrence may be old. */
export function logOf(
  events: Frame,
  specs: readonly Event[],
  bars: ReadonlyMap<string, Bars>,
  age: number,
): ReadonlyMap<string, readonly Seen[]> {
  const found = new Map(specs.map(({ id }): [string, Seen[]] => [id, []]));
  const reach = new Map(specs.map(({ id, horizons }) => [id, Math.max(...horizons)]));
  const [ids, symbols, times] = [events.texts('event'), events.texts('symbol'), events.time('ts')];
  const [directions, severity] = [events.column('direction'), events.column('severity')];
  for (const [row, id] of ids.entries()) {
    const [symbol, ts] = [symbols[row] ?? '', times[row] ?? Number.NaN];
    const own = bars.get(symbol);
    found.get(id ?? '')?.push({
      symbol,
      ts,
      year: yearOf(ts),
      direction: directions[row] ?? 0,
      severity: severity[row] ?? Number.NaN,
      joined: own !== undefined && closes(own, ts, age),
      nearGap: own !== undefined && gapNear(own, ts, reach.get(id ?? '') ?? 0),
    });
  }
  return found;
}

/** How many occurrences come, less those that go, under each moved threshold. */
export class Changes {
  /** By event, threshold, symbol and year. */
  readonly #found = new Map<string, Map<number, Map<string, Map<string, number>>>>();

  constructor(nudged: Frame) {
    const [ids, symbols] = [nudged.texts('event'), nudged.texts('symbol')];
    const [times, values] = [nudged.time('ts'), nudged.column('value')];
    const change = nudged.column('change');
    for (const [row, id] of ids.entries()) {
      const byValue = within(this.#found, id ?? '');
      const bySymbol = within(byValue, values[row] ?? Number.NaN);
      const byYear = within(bySymbol, symbols[row] ?? '');
      const year = yearOf(times[row] ?? Number.NaN);
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
