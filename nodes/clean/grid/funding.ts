import { Frame } from '../../../engine/sdk/index.js';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const INTERVALS = [1, 2, 4, 8] as const;
const LONGEST = 24;
const LIMIT = 0.05;

/** Clean prints and how many raw ones were dropped. */
export interface Prints {
  readonly funding: Frame;
  readonly dropped: number;
}

/**
 * Funding prints at the minute they settle. Late stamps are rounded, a second print of a minute and rates that cannot have
 * been paid are dropped. The interval is the time since the print before, so it needs nothing later.
 */
export function cleanFunding(raw: Frame | undefined): Prints {
  const [ts, rate, hours]: [number[], number[], number[]] = [[], [], []];
  const [times, rates] = [raw?.time('ts') ?? [], raw?.column('rate') ?? []];
  for (let i = 0; i < times.length; i++) {
    const [time, paid] = [Math.round((times[i] ?? 0) / MINUTE) * MINUTE, rates[i] ?? Number.NaN];
    const before = ts[ts.length - 1];
    if (!(Math.abs(paid) <= LIMIT) || time === before) continue;
    ts.push(time);
    rate.push(paid);
    hours.push(before === undefined ? Number.NaN : interval((time - before) / HOUR));
  }
  const funding = Frame.of(
    {
      ts: { dtype: 'time', values: Float64Array.from(ts) },
      rate: Float64Array.from(rate),
      interval_hours: Float64Array.from(hours),
    },
    { interval_hours: 'hours' },
  );
  return { funding, dropped: times.length - ts.length };
}

/** The nearest interval exchanges use; missing where prints are so far apart that some must be absent. */
function interval(hours: number): number {
  if (hours > LONGEST) return Number.NaN;
  let best: number = INTERVALS[0];
  for (const candidate of INTERVALS) {
    if (Math.abs(candidate - hours) < Math.abs(best - hours)) best = candidate;
  }
  return best;
}
