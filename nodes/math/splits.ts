import { DAY } from './days.js';
import { inRange } from './guard.js';

/** From a first instant to just before a last one, UTC milliseconds. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Three parts of a span, one after the other, each an embargo away from the one before. */
export interface Splits {
  readonly train: Interval;
  readonly validation: Interval;
  readonly test: Interval;
}

/** How a span is cut. */
export interface Cut {
  /** Share of the days, from 0 to 1. */
  readonly train: number;
  /** Share of the days, from 0 to 1. */
  readonly validation: number;
  /** Milliseconds left out before validation and before test. */
  readonly embargo: number;
  /** Milliseconds cut off the ends of training and validation, for outcomes that reach beyond them. */
  readonly purge: number;
}

/** Shares are of whole days; `0.29 · 100` is 28.999999999999996 to a computer, and 29 days to everyone else. */
const ROUNDING = 1e-9;

/**
 * Cut a span of whole days into training, validation and test: shares of the days, rounded down, the rest to the test.
 * @returns  parts that can be empty or negative when the span is too short: compare `from` with `to`
 * @throws   math/out-of-range
 * @see      López de Prado (2018), Advances in Financial Machine Learning, Wiley, chapter 7
 */
export function timeSplits(span: Interval, { train, validation, embargo, purge }: Cut): Splits {
  inRange('train', train, train > 0 && train < 1, 'between 0 and 1');
  inRange('validation', validation, validation > 0 && train + validation < 1, 'less than the rest');
  inRange('embargo', embargo, embargo >= 0, '0 or more');
  inRange('purge', purge, purge >= 0, '0 or more');
  const days = Math.floor((span.to - span.from) / DAY);
  const share = (part: number) => Math.floor(days * part + ROUNDING) * DAY;
  const trained = span.from + share(train);
  const validated = trained + embargo + share(validation);
  return {
    train: { from: span.from, to: trained - purge },
    validation: { from: trained + embargo, to: validated - purge },
    test: { from: validated + embargo, to: span.to },
  };
}

/** A part of a span: what its rows are there for, or why they are there for nothing. */
export interface Part extends Interval {
  readonly split: 'train' | 'validation' | 'test' | 'embargo' | 'purged';
}

/**
 * The whole span, part by part: the three windows, the ends that the purge cut off training and validation, and the embargoes.
 * @param purge  What was cut off, milliseconds.
 * @returns      parts that follow one another without gap or overlap; empty ones are not among them
 */
export function partsOf({ train, validation, test }: Splits, purge: number): readonly Part[] {
  const after = (before: Interval, next: Interval): readonly Part[] => [
    { split: 'purged', from: before.to, to: before.to + purge },
    { split: 'embargo', from: before.to + purge, to: next.from },
  ];
  const parts: readonly Part[] = [
    { split: 'train', ...train },
    ...after(train, validation),
    { split: 'validation', ...validation },
    ...after(validation, test),
    { split: 'test', ...test },
  ];
  return parts.filter(({ from, to }) => from < to);
}
