import type { Market, Source } from './find.js';
import { intervalOf } from './tell.js';

/** How bars follow each other: by a fixed length, or by the calendar in UTC. */
export interface Step {
  /** As it stands in names of files: `5m`, `1d`, `1mo`. */
  readonly text: string;
  /** Milliseconds of the longest bar: so long after its open every bar is over. */
  readonly longest: number;
  /** When the bar opens that a time lies in. */
  readonly open: (time: number) => number;
  /** When the bar ends that opens then, and the next one opens. */
  readonly end: (open: number) => number;
}

const DAY = 86_400_000;
const MONTHS = { month: 1, quarter: 3, year: 12 } as const;
const NAMES = { month: '1mo', quarter: '3mo', year: '1y' } as const;
const DAYS = { month: 31, quarter: 92, year: 366 } as const;
type Period = keyof typeof MONTHS;

export function fixed(ms: number): Step {
  const open = (time: number) => Math.floor(time / ms) * ms;
  return { text: intervalOf(ms), longest: ms, open, end: (from) => from + ms };
}

export function calendar(period: Period): Step {
  const months = MONTHS[period];
  const shifted = (time: number, by: number) => {
    const date = new Date(time);
    const month = Math.floor(date.getUTCMonth() / months) * months;
    return Date.UTC(date.getUTCFullYear(), month + by);
  };
  const open = (time: number) => shifted(time, 0);
  const end = (time: number) => shifted(time, months);
  return { text: NAMES[period], longest: DAYS[period] * DAY, open, end };
}

/** The bars of a market, or of files of one of its entries, which may be finer. */
export function stepOf(
  { spacing, period }: Pick<Market, 'spacing' | 'period'>,
  source?: Pick<Source, 'interval'>,
): Step {
  if (source?.interval !== undefined) return fixed(source.interval);
  return period === undefined ? fixed(spacing) : calendar(period);
}
