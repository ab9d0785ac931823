import type { Settings, Streams } from './settings.js';

/**
 * Variance of each day against the usual one: a two-state Markov chain, calm or turbulent, that all symbols share.
 * Its mean over a long time is 1.
 * @returns  One factor a day, from the epoch on.
 * @see      Hamilton (1989), A New Approach to the Economic Analysis of Nonstationary Time Series, Econometrica 57(2)
 */
export function regimes(settings: Settings, days: number, random: Streams): Float64Array {
  const { turbulence, calm_days, turbulent_days } = settings;
  const share = turbulent_days / (calm_days + turbulent_days);
  const calm = 1 / (1 - share + share * turbulence * turbulence);
  const draws = random('regime');
  const factors = new Float64Array(days);
  let turbulent = draws.at(-1).uniform() < share;
  for (let day = 0; day < days; day++) {
    const leave = turbulent ? 1 / turbulent_days : 1 / calm_days;
    if (draws.at(day).uniform() < leave) turbulent = !turbulent;
    factors[day] = turbulent ? calm * turbulence * turbulence : calm;
  }
  return factors;
}
