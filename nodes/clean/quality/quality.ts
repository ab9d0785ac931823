import type { Frame } from '../../../engine/sdk/index.js';
import { intervalsOf } from '../prints/funding.js';
import { usualStep } from '../prints/interest.js';
import type { Cleaned } from '../tables/cleaned.js';
import { type Coverage, coverageOfPrints, coverageOnGrid } from './coverage.js';
import type { Handled } from './handled.js';

/** How complete and how clean the data of a symbol are, by data set; for people and reports, never for decisions. */
export interface Quality {
  readonly [dataset: string]: Coverage | Odd;
  readonly bars: Coverage;
  readonly odd: Odd;
}

/** Bars that are there and look odd, by what is odd about them. */
export interface Odd {
  readonly [key: string]: unknown;
  /** Open, high, low and close are one, and nothing was traded: how venues write an outage. */
  readonly flat: number;
  readonly suspect: number;
  readonly wick: number;
  readonly moved: number;
  readonly stale: number;
  /** Bars with any of the flags: suspect, wick, moved or stale. */
  readonly flagged: number;
}

/** The column of each table on the grid without which a bar of it says nothing. */
const VALUE = {
  spot: 'close',
  liquidations: 'count',
  tob: 'spread_bps',
  mark: 'close',
  premium: 'close',
} as const;

/** Coverage of every table that is there. Basis is told by bars and spot. */
export function qualityOf(cleaned: Cleaned, flags: Frame, spacing: number): Quality {
  const { bars, funding, open_interest } = cleaned;
  const others = Object.entries(VALUE).flatMap(([name, column]) => {
    const table = cleaned[name as keyof typeof VALUE]; // the keys of a constant
    return table ? [[name, onGrid(table, column, spacing)] as const] : [];
  });
  const interest = open_interest && {
    open_interest: coverageOfPrints(open_interest, constant(stepOf(open_interest.frame))),
  };
  return {
    ...Object.fromEntries(others),
    ...interest,
    ...(funding && { funding: coverageOfPrints(funding, intervalsOf(funding.frame)) }),
    bars: onGrid(bars, 'close', spacing),
    odd: oddOf(bars.frame, flags),
  };
}

function onGrid(table: Handled, column: string, spacing: number): Coverage {
  const values = table.frame.column(column);
  return coverageOnGrid(table, spacing, (bar) => !Number.isNaN(values[bar] ?? Number.NaN));
}

function stepOf(readings: Frame): number {
  return usualStep(readings.time('ts'));
}

function constant(step: number): () => number {
  return () => step;
}

const FLAGS = ['is_suspect', 'is_wick', 'is_moved', 'is_stale'] as const;

function oddOf(bars: Frame, flags: Frame): Odd {
  const [high, low, volume] = [bars.column('high'), bars.column('low'), bars.column('volume')];
  const marks = FLAGS.map((name) => flags.flags(name));
  const count = (name: string) => flags.flags(name).reduce((sum, flag) => sum + flag, 0);
  return {
    flat: volume.reduce((sum, v, bar) => sum + Number(v === 0 && high[bar] === low[bar]), 0),
    suspect: count('is_suspect'),
    wick: count('is_wick'),
    moved: count('is_moved'),
    stale: count('is_stale'),
    flagged: volume.reduce(
      (sum, _v, bar) => sum + Number(marks.some((flag) => flag[bar] === 1)),
      0,
    ),
  };
}
