import { sameSize, wholeAtLeast } from './guard.js';
import type { Vector } from './vector.js';

/** Decisions of one event and template over all symbols, in order of time. */
export interface Decisions {
  /** Number of the symbol. */
  readonly symbols: Int32Array;
  /** Row of the decision in the table of its symbol. */
  readonly rows: Int32Array;
  /** +1 or −1. */
  readonly sides: Int8Array;
  /** UTC day, counted from 1970. */
  readonly days: Int32Array;
  /** 0 where a filter leaves it out. */
  readonly kept: Uint8Array;
}

/** Which of them count. */
export interface Choice {
  /** Their numbers, ascending; all without. */
  readonly among?: Int32Array | undefined;
  /** Of each decision: 1 where its state held at the signal. */
  readonly holds?: Readonly<Uint8Array> | undefined;
  /** Only what a filter keeps. */
  readonly keptOnly: boolean;
}

/** Decisions that could be traded one after the other, and what followed them. */
export interface Traded {
  /** Their numbers. */
  readonly which: Int32Array;
  /** Return in the direction of the side, before costs. */
  readonly gross: Float64Array;
  readonly days: Int32Array;
}

/**
 * Decisions that could be traded: in one symbol the next counts only once the position of the one before is closed, so that no
 * return is counted twice. One whose outcome is not known is none.
 * @param outcomes  of each decision, were it bought
 * @param reach     rows from a decision to the exit of its position
 * @throws          math/out-of-range, math/sizes-differ
 */
export function traded(
  decisions: Decisions,
  choice: Choice,
  outcomes: Vector,
  reach: number,
): Traded {
  wholeAtLeast('reach', reach, 1);
  sameSize('decisions and their outcomes', decisions.rows.length, outcomes.length);
  const { among } = choice;
  const { symbols, rows, sides, days } = decisions;
  const most = among?.length ?? rows.length;
  const which = new Int32Array(most);
  const gross = new Float64Array(most);
  const free: number[] = [];
  let n = 0;
  for (let k = 0; k < most; k++) {
    const i = among ? (among[k] ?? 0) : k;
    const symbol = symbols[i] ?? 0;
    const row = rows[i] ?? 0;
    const side = sides[i] ?? 0;
    if (row < (free[symbol] ?? 0) || side === 0 || !counts(decisions, choice, i)) continue;
    const outcome = side * (outcomes[i] ?? NaN);
    if (Number.isNaN(outcome)) continue;
    which[n] = i;
    gross[n] = outcome;
    free[symbol] = row + reach;
    n++;
  }
  return {
    which: which.subarray(0, n),
    gross: gross.subarray(0, n),
    days: which.subarray(0, n).map((i) => days[i] ?? 0),
  };
}

function counts(decisions: Decisions, { holds, keptOnly }: Choice, i: number): boolean {
  if (keptOnly && decisions.kept[i] !== 1) return false;
  return !holds || holds[i] === 1;
}
