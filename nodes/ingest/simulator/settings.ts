import type { Random, SpecOf } from '../../../engine/sdk/index.js';
import type { market } from '../../kinds/market.js';

/** A simulated market as its spec declares it. */
export type Settings = NonNullable<SpecOf<typeof market>['simulator']>;

/** Streams of random numbers by name; every draw of a day is addressed by that day. */
export type Streams = (...labels: readonly (string | number)[]) => Random;

export const DAY = 86_400_000;
export const HOURS = 24;

/** Which day of the simulated world a time falls in; the epoch is day 0. */
export function dayOf(time: number, settings: Settings): number {
  return Math.floor((time - settings.epoch) / DAY);
}

/**
 * Usual activity of an hour against the mean hour: busy when America opens, quiet at night and on week-ends.
 * @param time  UTC milliseconds.
 */
export function activity(time: number): number {
  const hour = Math.floor(time / 3_600_000) % HOURS;
  const weekday = (Math.floor(time / DAY) + 4) % 7; // 1970-01-01 was a Thursday; 0 is Sunday
  const distance = (hour - 15) / 4;
  const daily = 0.7 + 0.9 * Math.exp(-0.5 * distance * distance);
  return daily * (weekday === 0 || weekday === 6 ? 0.75 : 1.1);
}
