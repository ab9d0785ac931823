import { numberSeries } from '../kernels/read.js';
import { defineOp, type Operator } from '../op.js';
import { pure } from './shared.js';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/** A part of the UTC time at which a row opens: known in advance, so without delay. */
function part(name: string, doc: string, example: string, of: (ms: number) => number): Operator {
  return defineOp({
    name,
    doc: `${doc}, UTC, of the open of the row.`,
    example,
    args: [],
    gives: 'number',
    unit: pure,
    facts: (joined, { main }) => ({
      ...joined,
      clock: main.name,
      delay: Number.NEGATIVE_INFINITY,
    }),
    run(call) {
      const { ts } = call.clock;
      const out = call.memory.numbers(call.rows);
      for (let i = 0; i < call.rows; i += 1) out[i] = of(ts[i] ?? 0);
      return numberSeries(out);
    },
  });
}

const whole = (ms: number, unit: number): number => Math.floor(ms / unit);
/** Remainder that is never negative, also before 1970. */
const cycle = (value: number, length: number): number => ((value % length) + length) % length;
/** Days since a Monday: 1970-01-01 was a Thursday. */
const sinceMonday = (ms: number): number => cycle(whole(ms, DAY) + 3, 7);

export const minute = part('minute', 'Minute of the hour, 0–59', 'minute == 0', (ms) =>
  cycle(whole(ms, MINUTE), 60),
);
export const hour = part('hour', 'Hour of the day, 0–23', 'hour in [0, 8, 16]', (ms) =>
  cycle(whole(ms, HOUR), 24),
);
export const weekday = part(
  'weekday',
  'Day of the week, 1 = Monday',
  'weekday <= 5',
  (ms) => sinceMonday(ms) + 1,
);
export const hour_of_week = part(
  'hour_of_week',
  'Hour of the week, 0–167 from Monday 00',
  'hour_of_week < 24',
  (ms) => sinceMonday(ms) * 24 + cycle(whole(ms, HOUR), 24),
);
export const day = part('day', 'Day of the month, 1–31', 'day == 1', (ms) => civil(ms).day);
export const month = part(
  'month',
  'Month of the year, 1–12',
  'month == 12',
  (ms) => civil(ms).month,
);

/** Hinnant (2013), chrono-compatible low-level date algorithms: `civil_from_days`. */
function civil(ms: number): { readonly day: number; readonly month: number } {
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
