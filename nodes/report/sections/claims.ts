import { studentUpperQuantile } from '../../math/detection.js';
import { fixed, points } from '../page/numbers.js';
import type { Hypothesis } from './found.js';

/** Share that an interval leaves out at either end. */
const TAIL = 0.025;
/** What a test of this kind is of is a share, not a return. */
const SHARES: ReadonlySet<string> = new Set(['hits']);

/**
 * Standard error of the mean after costs, with values of one day allowed to move together. Every test has it, whatever it judges:
 * as many occurrences count as independent ones as its error tells.
 * @returns  NaN where it is not told
 */
export function meanError(h: Hypothesis): number {
  const told = (h.spread ?? Number.NaN) / Math.sqrt(h.effective ?? Number.NaN);
  return judgesMean(h) ? (h.se ?? told) : told;
}

/** Half the width of the 95 % interval of an error by days: t with days − 1 degrees. */
export function halfWidth({ days }: Hypothesis, error: number): number {
  const degrees = (days ?? Number.NaN) - 1;
  return degrees > 0 ? studentUpperQuantile(TAIL, degrees) * error : Number.NaN;
}

/** What was tested and how far it may be off, where that is not the mean; the mean says its own. */
export function claimOf(h: Hypothesis): string | undefined {
  if (judgesMean(h)) return undefined;
  const value = (h.t ?? Number.NaN) * (h.se ?? Number.NaN);
  const half = halfWidth(h, h.se ?? Number.NaN);
  if (!Number.isFinite(value + half)) return undefined;
  // A filter of risks has to earn too, and the weaker of both tests is told.
  if (value === h.mean || Math.abs(value - (h.mean ?? Number.NaN)) < SAME * Math.abs(value)) {
    return `tested by its mean, which is weaker than its ${h.judged}`;
  }
  return SHARES.has(h.judged ?? '')
    ? `tested by ${h.judged}: ${fixed(value * 100, 1)} ± ${fixed(half * 100, 1)} percentage points above a half`
    : `tested by ${h.judged}: ${points(value)} ± ${points(half)} bp`;
}

/** Relative distance below which t times its error is the mean it was made of. */
const SAME = 1e-9;

function judgesMean({ judged }: Hypothesis): boolean {
  return judged === null || judged === 'mean';
}
