/** What a source may mean by a rate of 1: all of the notional, a hundredth or a ten-thousandth of it. Coarsest first. */
export const SCALES = { decimal: 1, percent: 0.01, bps: 0.0001 } as const;
const NAMES = ['decimal', 'percent', 'bps'] as const;
export type Scale = (typeof NAMES)[number];

/** No venue charges more than a twentieth of the notional for one interval. */
export const LIMIT = 0.05;
/** A scale that nobody told is taken only when it is this certain. */
export const CERTAIN = 0.99;
/** So many prints that could not have been paid, and nothing before them, are no slip but another scale. */
export const OPENING = 3;

/** What sizes of rates say about their scale. */
export interface Guess {
  readonly scale: Scale | undefined;
  /** From 0.5, a toss of a coin, to 1. */
  readonly confidence: number;
  readonly largest: number;
}

/**
 * The scale that rates of an unknown source are in, from the largest of them. Where one scale alone keeps it within what
 * venues charge, that is it. Where several do, the coarsest is likeliest, and the likelier the nearer the largest rate comes to
 * the limit; where none does, there is no guess.
 */
export function guessScale(rates: Readonly<Float64Array>): Guess {
  const largest = rates.reduce((most, rate) => Math.max(most, Math.abs(rate) || 0), 0);
  const feasible = NAMES.filter((scale) => largest * SCALES[scale] <= LIMIT);
  const [scale] = feasible;
  if (scale === undefined || largest === 0) return { scale: undefined, confidence: 0.5, largest };
  if (feasible.length === 1) return { scale, confidence: 1, largest };
  return { scale, confidence: 0.5 + 0.49 * ((largest * SCALES[scale]) / LIMIT), largest };
}

/** Whether rates begin with several that nobody can have been charged on this scale. */
export function isTooLarge(rates: Readonly<Float64Array>, scale: Scale): boolean {
  const opening = rates.slice(0, OPENING);
  return opening.length === OPENING && opening.every((r) => Math.abs(r) * SCALES[scale] > LIMIT);
}
