import type { Random, SpecOf } from '../../../engine/sdk/index.js';
import type { market } from '../../kinds/market.js';

/** A simulated market as its spec declares it. */
export type Settings = NonNullable<SpecOf<typeof market>['simulator']>;

/** Streams of random numbers by name; every draw of a day is addressed by that day. */
export type Streams = (...labels: readonly (string | number)[]) => Random;

export const DAY = 86_400_000;
export const HOUR = 3_600_000;
export const YEAR_DAYS = 365;

/** Times of a world: bars are numbered from the epoch on. */
export interface Clock {
  readonly epoch: number;
  /** Milliseconds of a bar; divides a day. */
  readonly spacing: number;
  /** Bars of a day. */
  readonly bars: number;
}

/** Which day of the simulated world a time falls in; the epoch is day 0. */
export function dayOf(time: number, { epoch }: Pick<Clock, 'epoch'>): number {
  return Math.floor((time - epoch) / DAY);
}

/** The number of the first bar that opens at a time or after it. */
export function barAt(time: number, { epoch, spacing }: Clock): number {
  return Math.ceil((time - epoch) / spacing);
}

/** Share of what lasts one bar that is left after it, where e-folding takes so many days. */
export function kept(days: number, { bars }: Clock): number {
  return Math.exp(-1 / (days * bars));
}
