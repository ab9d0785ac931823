import { Frame } from '../../../engine/sdk/index.js';
import type { Handled } from '../quality/handled.js';
import { Tally } from '../quality/tally.js';
import { LIMIT } from './scale.js';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const INTERVALS = [1, 2, 4, 8] as const;
const LONGEST = 24;
/** Hours by which prints may be nearer than their interval: stamps are rounded, intervals whole. */
const SLIP = 0.5;

/**
 * Funding prints at the minute they settle, never on a fixed grid. Late stamps are rounded; a second print of a minute and rates
 * that are missing or cannot have been paid are dropped. The interval is what the print's own row says, else the time since the
 * print before, so it needs nothing later. Rows that say what cannot be are counted as `interval`.
 * @param scale  what a rate of 1 means, as a fraction of the notional
 */
export function cleanFunding(raw: Frame, scale: number): Handled {
  const [ts, rate, hours]: [number[], number[], number[]] = [[], [], []];
  const [times, rates] = [raw.time('ts'), raw.column('rate')];
  const told = raw.names.includes('interval_hours') ? raw.column('interval_hours') : undefined;
  const [dropped, faults] = [new Tally(), new Tally()];
  for (let i = 0; i < times.length; i++) {
    const time = Math.round((times[i] ?? 0) / MINUTE) * MINUTE;
    const paid = (rates[i] ?? Number.NaN) * scale;
    const before = ts[ts.length - 1] ?? Number.NaN;
    const reason = dropFor(paid, time === before);
    if (reason !== undefined) {
      dropped.add(reason);
      continue;
    }
    ts.push(time);
    rate.push(paid);
    hours.push(intervalAt(told?.[i] ?? Number.NaN, (time - before) / HOUR, faults));
  }
  const frame = Frame.of(
    {
      ts: { dtype: 'time', values: Float64Array.from(ts) },
      rate: Float64Array.from(rate),
      interval_hours: Float64Array.from(hours),
    },
    { interval_hours: 'hours' },
  );
  return { frame, faults: faults.counts, dropped: dropped.counts };
}

function dropFor(paid: number, again: boolean): 'no_rate' | 'too_large' | 'duplicate' | undefined {
  if (Number.isNaN(paid)) return 'no_rate';
  if (Math.abs(paid) > LIMIT) return 'too_large';
  return again ? 'duplicate' : undefined;
}

/** The interval of a print: what its row tells where a venue may have it, else the hours since the print before. */
function intervalAt(own: number, apart: number, faults: Tally): number {
  const possible = own > 0 && own <= LONGEST;
  if (own > apart + SLIP || !(possible || Number.isNaN(own))) faults.add('interval');
  return interval(possible ? own : apart);
}

/** The nearest interval exchanges use; missing where it is not known or so long that prints must be absent. */
function interval(hours: number): number {
  if (Number.isNaN(hours) || hours > LONGEST) return Number.NaN;
  let best: number = INTERVALS[0];
  for (const candidate of INTERVALS) {
    if (Math.abs(candidate - hours) < Math.abs(best - hours)) best = candidate;
  }
  return best;
}

/**
 * How far apart prints should have been before each of them, milliseconds. Where the intervals on both sides agree and the one
 * between is longer, prints are absent; and so they are where it is longer than any venue's. Any other distance is what it
 * should be, since venues change intervals. For coverage alone: it looks at the print after.
 */
export function intervalsOf(funding: Frame): (row: number) => number {
  const [ts, hours] = [funding.time('ts'), funding.column('interval_hours')];
  const usual = Math.max(...INTERVALS);
  return (row) => {
    const [before = Number.NaN, after = Number.NaN] = [hours[row - 1], hours[row + 1]];
    const gap = ((ts[row] ?? Number.NaN) - (ts[row - 1] ?? Number.NaN)) / HOUR;
    if (before === after && gap > 1.5 * before) return before * HOUR;
    if (gap <= 1.5 * usual) return gap * HOUR;
    return ([before, after].find((known) => !Number.isNaN(known)) ?? usual) * HOUR;
  };
}
