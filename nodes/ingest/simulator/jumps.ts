import type { Draws } from './draws.js';

/** A sudden move: which bar of its day, and by how much in logs. */
export interface Jump {
  readonly bar: number;
  readonly size: number;
}

/**
 * Jumps of one day: a Poisson number of them, anywhere in the day, normal in logs, without drift in price.
 * @param rate  Mean number a day.
 * @param size  Standard deviation of the log size.
 * @see         Merton (1976), Option Pricing when Underlying Stock Returns are Discontinuous, J. Financial Economics 3
 */
export function jumpsOf(rate: number, size: number, bars: number, draws: Draws): readonly Jump[] {
  const jumps: Jump[] = [];
  const stop = Math.exp(-rate);
  for (let left = draws.uniform(); left > stop; left *= draws.uniform()) {
    jumps.push({
      bar: Math.floor(draws.uniform() * bars),
      size: size * draws.normal() - 0.5 * size * size,
    });
  }
  return jumps;
}
