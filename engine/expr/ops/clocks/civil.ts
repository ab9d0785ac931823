import { DAY, whole } from './calendar.js';

/**
 * Day and month of a UTC time in the Gregorian calendar.
 * @see Hinnant (2013), chrono-compatible low-level date algorithms: `civil_from_days`
 */
export function civil(ms: number): { readonly day: number; readonly month: number } {
  const days = whole(ms, DAY) + 719_468;
  const dayOfEra = days - Math.floor(days / 146_097) * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  return {
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
    month: shifted < 10 ? shifted + 3 : shifted - 9,
  };
}
