import { chiSquareSf } from '../../math/chi-square.js';

/**
 * Do counts vary more from year to year than by chance? Poisson counts at one rate, more bars more occurrences.
 * @param years  Occurrences and bars of each year; years without bars are left out.
 * @returns      Variance over what the rate gives, and the probability of as much by chance; NaN for fewer than two years.
 * @see          Fisher (1950), The Significance of Deviations from Expectation in a Poisson Series, Biometrics 6(1)
 */
export function dispersion(years: readonly { readonly count: number; readonly bars: number }[]): {
  readonly index: number;
  readonly p: number;
} {
  const told = years.filter(({ bars }) => bars > 0);
  const count = told.reduce((sum, year) => sum + year.count, 0);
  const bars = told.reduce((sum, year) => sum + year.bars, 0);
  const degrees = told.length - 1;
  if (degrees < 1 || count === 0) return { index: NaN, p: NaN };
  const statistic = told.reduce((sum, year) => {
    const due = (count * year.bars) / bars;
    return sum + ((year.count - due) * (year.count - due)) / due;
  }, 0);
  return { index: statistic / degrees, p: chiSquareSf(statistic, degrees) };
}
