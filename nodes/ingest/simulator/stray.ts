import type { Random } from '../../../engine/sdk/index.js';
import { Draws } from './draws.js';
import { type Clock, HOUR } from './settings.js';

/**
 * How far something is from its usual by itself: an autoregression by the hour from the epoch on, standard deviation 1.
 * @param days  How long it remembers.
 * @returns     A value for each hour that has a bar before `to`; longer bars have one each.
 */
export function straysOf(stream: Random, days: number, to: number, clock: Clock): Float64Array {
  const step = barsOfHour(clock);
  const left = Math.exp(-step / (days * clock.bars));
  const fresh = Math.sqrt(1 - left * left);
  const draws = new Draws(stream);
  let stray = draws.normal();
  const strays = new Float64Array(Math.ceil(to / step));
  for (let i = 0; i < strays.length; i++) {
    stray = left * stray + fresh * draws.normal();
    strays[i] = stray;
  }
  return strays;
}

/** Bars of an hour; 1 where bars are longer. */
export function barsOfHour({ spacing }: Clock): number {
  return Math.max(1, Math.floor(HOUR / spacing));
}
