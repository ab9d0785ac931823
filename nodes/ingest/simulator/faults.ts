import type { Random } from '../../../engine/sdk/index.js';

/** What is wrong with the rows of one day of a raw feed. */
export interface Faults {
  /** Bars that never arrived. */
  readonly absent: ReadonlySet<number>;
  /** Bars of an exchange outage: they arrive flat, with no volume. */
  readonly flat: ReadonlySet<number>;
  /** Bars that arrive broken, and how. */
  readonly broken: ReadonlyMap<number, Broken>;
}

/** `twice`: the row is repeated. `crossed`: high below low. `zero`: a close of 0. `wick`: a far print in the high. */
export type Broken = 'twice' | 'crossed' | 'zero' | 'wick';
const KINDS: readonly Broken[] = ['twice', 'crossed', 'zero', 'wick'];

const DAYS_A_MONTH = 30;
const LONGEST = 12;

/**
 * Faults of one day.
 * @param gaps  Mean number of outages a month; @param ticks mean number of broken rows a month.
 */
export function faultsOf(gaps: number, ticks: number, bars: number, draws: Random): Faults {
  const [absent, flat] = [new Set<number>(), new Set<number>()];
  if (draws.uniform() < gaps / DAYS_A_MONTH) {
    const from = draws.integer(bars);
    const to = Math.min(bars, from + 1 + draws.integer(LONGEST));
    const struck = draws.uniform() < 0.5 ? absent : flat;
    for (let bar = from; bar < to; bar++) struck.add(bar);
  }
  const broken = new Map<number, Broken>();
  if (draws.uniform() < ticks / DAYS_A_MONTH) {
    const kind = KINDS[draws.integer(KINDS.length)];
    if (kind) broken.set(draws.integer(bars), kind);
  }
  return { absent, flat, broken };
}
