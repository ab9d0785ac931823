import { numberSeries } from '../../kernels/read.js';
import type { Call, Operator } from '../../op.js';
import type { NumberSeries } from '../../types.js';
import { pure } from '../shared.js';

export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

/** What parts of the UTC time at which a row opens share: they are known in advance, so without delay. */
export const calendar = {
  args: [],
  gives: 'number',
  unit: pure,
  facts: (joined, { main }) => ({
    ...joined,
    clock: main.name,
    delay: Number.NEGATIVE_INFINITY,
  }),
} as const satisfies Partial<Operator>;

/** A part of the time at which each row opens. */
export function eachOpen(call: Call, of: (ms: number) => number): NumberSeries {
  const { ts } = call.clock;
  const out = call.memory.numbers(call.rows);
  for (let i = 0; i < call.rows; i += 1) out[i] = of(ts[i] ?? 0);
  return numberSeries(out);
}

/** Whole units since 1970. */
export function whole(ms: number, unit: number): number {
  return Math.floor(ms / unit);
}

/** Remainder that is never negative, also before 1970. */
export function cycle(value: number, length: number): number {
  return ((value % length) + length) % length;
}

/** Days since a Monday: 1970-01-01 was a Thursday. */
export function sinceMonday(ms: number): number {
  return cycle(whole(ms, DAY) + 3, 7);
}
