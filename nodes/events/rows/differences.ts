import type { Frame } from '../../../engine/sdk/index.js';
import { firingRows } from '../../math/firing.js';

/** An occurrence that comes (+1) or goes (−1). */
export interface Difference {
  readonly ts: number;
  readonly change: number;
}

/** What comes and goes between two sets of occurrences of one symbol. */
export function differences(
  before: ReadonlySet<number>,
  after: ReadonlySet<number>,
): readonly Difference[] {
  const came = [...after].filter((ts) => !before.has(ts)).map((ts) => ({ ts, change: 1 }));
  const went = [...before].filter((ts) => !after.has(ts)).map((ts) => ({ ts, change: -1 }));
  return [...came, ...went];
}

/** Times at which a column of flags is true. */
export function firedIn(frame: Frame, column: string): ReadonlySet<number> {
  const ts = frame.time('ts');
  return new Set(firingRows(frame.flags(column)).map((row) => ts[row] ?? Number.NaN));
}

/** Times of occurrences by symbol. */
export function timesOf(events: Frame): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>();
  const ts = events.time('ts');
  for (const [row, name] of events.texts('symbol').entries()) {
    const own = found.get(name ?? '') ?? new Set();
    found.set(name ?? '', own.add(ts[row] ?? Number.NaN));
  }
  return found;
}
