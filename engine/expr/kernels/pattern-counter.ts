import { log } from '../numeric.js';

/** c·ln c of counts below this is looked up. */
const LISTED = 4096;
/** 2⁴⁰: the part of c·ln c after the point is a whole number of its inverse. */
const UNITS = 1_099_511_627_776;
const WHOLE = new Float64Array(LISTED);
const REST = new Float64Array(LISTED);
for (let c = 2; c < LISTED; c += 1) {
  WHOLE[c] = Math.floor(c * log(c));
  REST[c] = restAbove(c * log(c));
}

/**
 * Counts of kinds and their entropy. Σ c·ln c is kept as whole numbers, a whole part and a rest in units of 2⁻⁴⁰, which add
 * without rounding: its bits depend on the counts alone, not on how they came about, and one kind alone has the entropy 0.
 */
export class PatternCounter {
  readonly #counts: Int32Array;
  #all = 0;
  #whole = 0;
  #rest = 0;

  constructor(kinds: number) {
    this.#counts = new Int32Array(kinds);
  }

  get all(): number {
    return this.#all;
  }

  /** Count one more (1) or one less (−1) of a kind; −1 is no kind. */
  move(kind: number, by: 1 | -1): void {
    if (kind < 0) return;
    const before = this.#counts[kind] ?? 0;
    const after = before + by;
    this.#counts[kind] = after;
    this.#all += by;
    this.#whole += wholeOf(after) - wholeOf(before);
    this.#rest += restOf(after) - restOf(before);
  }

  /** −Σ p ln p = ln n − (Σ c·ln c) / n in natural units; NaN when nothing was counted. */
  entropy(): number {
    const n = this.#all;
    return (wholeOf(n) - this.#whole + (restOf(n) - this.#rest) / UNITS) / n;
  }
}

function wholeOf(c: number): number {
  return c < LISTED ? (WHOLE[c] ?? 0) : Math.floor(c * log(c));
}

function restOf(c: number): number {
  return c < LISTED ? (REST[c] ?? 0) : restAbove(c * log(c));
}

function restAbove(v: number): number {
  return Math.round((v - Math.floor(v)) * UNITS);
}
