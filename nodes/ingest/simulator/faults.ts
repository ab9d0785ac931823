import { Draws } from './draws.js';
import type { Clock, Settings, Streams } from './settings.js';

/** `twice`: the row is repeated. `crossed`: high below low. `zero`: a close of 0. `wick`: a far print in the high. */
export type Broken = 'twice' | 'crossed' | 'zero' | 'wick';
const KINDS: readonly Broken[] = ['twice', 'crossed', 'zero', 'wick'];

/** What is wrong with the rows of a raw feed, by number of bar; a bar that is not named is as it was traded. */
export interface Faults {
  /** Bars that never arrive, and bars of an outage that arrive flat, with no volume. */
  readonly absent: ReadonlySet<number>;
  readonly flat: ReadonlySet<number>;
  /** Bars that arrive broken, and how. */
  readonly broken: ReadonlyMap<number, Broken>;
}

/** A feed in which nothing is wrong. */
export const FAULTLESS: Faults = { absent: new Set(), flat: new Set(), broken: new Map() };

const DAYS_A_MONTH = 30;
const LONGEST = 12;
/** The spot market has its own outages, a third as many, and its bars then never arrive. */
const SPOT_SHARE = 1 / 3;

/** Faults of days [from, to) of a symbol's feed: outages of its own, those of the whole exchange, and broken rows. */
export function faultsOf(
  name: string,
  from: number,
  to: number,
  settings: Settings,
  clock: Clock,
  random: Streams,
): Faults {
  const found = { absent: new Set<number>(), flat: new Set<number>(), broken: new Map() };
  const [exchange, alone] = [random('exchange', 'outages'), random(name, 'faults')];
  for (let day = from; day < to; day++) {
    const everywhere = new Draws(exchange.at(day));
    outage(settings.outages_per_month, day, clock, everywhere, found);
    const own = new Draws(alone.at(day));
    outage(settings.gaps_per_month, day, clock, own, found);
    if (own.uniform() >= settings.bad_ticks_per_month / DAYS_A_MONTH) continue;
    const kind = KINDS[Math.floor(own.uniform() * KINDS.length)];
    if (kind) found.broken.set(day * clock.bars + Math.floor(own.uniform() * clock.bars), kind);
  }
  return found;
}

/** Bars of the symbol's spot market that never arrive. */
export function spotFaultsOf(
  name: string,
  from: number,
  to: number,
  settings: Settings,
  clock: Clock,
  random: Streams,
): ReadonlySet<number> {
  const found = new Set<number>();
  const stream = random(name, 'spot faults');
  for (let day = from; day < to; day++) {
    const draws = new Draws(stream.at(day));
    const gaps = settings.gaps_per_month * SPOT_SHARE;
    outage(gaps, day, clock, draws, { absent: found, flat: found });
  }
  return found;
}

function outage(
  monthly: number,
  day: number,
  { bars }: Clock,
  draws: Draws,
  found: { readonly absent: Set<number>; readonly flat: Set<number> },
): void {
  if (draws.uniform() >= monthly / DAYS_A_MONTH) return;
  const begin = Math.floor(draws.uniform() * bars);
  const end = Math.min(bars, begin + 1 + Math.floor(draws.uniform() * LONGEST));
  const struck = draws.uniform() < 0.5 ? found.absent : found.flat;
  for (let bar = begin; bar < end; bar++) struck.add(day * bars + bar);
}
