import type { Frame } from '../../../engine/sdk/index.js';
import { normalCdf, normalQuantile } from '../../math/normal.js';
import { expectedMaximum } from '../../math/sharpe.js';
import { variance } from '../../math/sum.js';
import { type Block, columns, type Origin } from '../page/document.js';
import { confidence, fixed, whole } from '../page/numbers.js';
import { type Hypothesis, nameOf } from './found.js';
import { numberIn, type Row, textIn } from './read.js';

/** How many hypotheses were looked at, and on how many events: as many independent ones lie between the two. */
export interface Looked {
  readonly hypotheses: number;
  readonly events: number;
}

/** Trials that had a p-value: what had none could not be chosen, and deflates nothing. */
export function testedIn(trials: Frame): Frame {
  const tested = trials.flags('tested');
  return trials.take(Array.from(tested, (_, row) => row).filter((row) => tested[row] === 1));
}

/** All that was ever tried, without what this pipeline looked at and could not test. */
export function testedEver(ledger: Frame, trials: Frame): Frame {
  const tested = trials.flags('tested');
  const untested = new Set(trials.texts('id').filter((_, row) => tested[row] !== 1));
  const ids = ledger.texts('id');
  return ledger.take(
    Array.from(ids, (_, row) => row).filter((row) => !untested.has(ids[row] ?? '')),
  );
}

export function lookedAt(of: Frame): Looked {
  return { hypotheses: new Set(of.texts('id')).size, events: distinct(of.texts('event')) };
}

/** Different words, without what nobody told. */
export function distinct(words: readonly (string | null)[]): number {
  return new Set(words.filter((word) => word !== null)).size;
}

/** Standard deviation of the trials' Sharpe ratios, a day; NaN where too few could be measured. */
export function spreadOf(trials: Frame): number {
  return trials.has('sharpe') ? Math.sqrt(variance(trials.column('sharpe'))) : NaN;
}

/** Sharpe ratio a day that the best of so many is expected to show without skill. */
export function bestByLuck(count: number, spread: number): number {
  return count > 0 ? spread * expectedMaximum(count) : NaN;
}

/**
 * Probability that a Sharpe ratio is above a threshold, from two such probabilities that are known: all three have the error of the
 * same returns in them. The one nearer to a half tells it best.
 */
export function aboveThreshold(
  sharpe: number,
  threshold: number,
  known: readonly { readonly threshold: number; readonly probability: number }[],
): number {
  const errors = known
    .filter(({ probability }) => probability > 0 && probability < 1)
    .sort((a, b) => Math.abs(a.probability - 0.5) - Math.abs(b.probability - 0.5))
    .map((k) => (sharpe - k.threshold) / normalQuantile(k.probability))
    .filter((error) => Number.isFinite(error) && error > 0);
  const [error = NaN] = errors;
  return normalCdf((sharpe - threshold) / error);
}

interface Given {
  readonly trials: Frame;
  readonly ledger: Frame | undefined;
  readonly promoted: Frame | undefined;
  readonly hypotheses: readonly Hypothesis[];
  readonly spacing: number;
}

/** So many candidates are listed, those with the largest DSR. */
const LISTED = 12;

/** What was found, deflated by this pipeline's trials and by everything ever tried; nothing where nothing was judged. */
export function everTable(
  { trials, ledger, promoted, hypotheses, spacing }: Given,
  origin: (port: string) => Origin,
): readonly Block[] {
  const counted = testedIn(trials);
  const spread = spreadOf(counted);
  if (!ledger || !promoted || promoted.length === 0 || Number.isNaN(spread)) return [];
  const names = new Map(hypotheses.map((h) => [h.id, nameOf(h, spacing)]));
  const [own, ever] = [lookedAt(counted), lookedAt(testedEver(ledger, trials))];
  const hurdles = [own.hypotheses, own.events, ever.hypotheses, ever.events].map((count) =>
    bestByLuck(count, spread),
  );
  const line = (row: Row) => {
    const [sharpe, psr, dsr] = ['sharpe', 'psr', 'dsr'].map((name) => numberIn(row, name) ?? NaN);
    const known = [
      { threshold: 0, probability: psr ?? NaN },
      { threshold: bestByLuck(own.hypotheses, spread), probability: dsr ?? NaN },
    ];
    const at = hurdles.map((hurdle, i) =>
      i === 0 ? (dsr ?? NaN) : aboveThreshold(sharpe ?? NaN, hurdle, known),
    );
    const name = names.get(textIn(row, 'id')) ?? textIn(row, 'id');
    return [name, fixed(sharpe, 3), ...at.map(confidence)];
  };
  const rows = [...promoted.rows()].sort(
    (a, b) => (numberIn(b, 'dsr') ?? -1) - (numberIn(a, 'dsr') ?? -1),
  );
  return [
    {
      kind: 'table',
      title: `Deflated by what was tried: ${whole(Math.min(rows.length, LISTED))} of ${whole(rows.length)}`,
      columns: columns(
        ['Hypothesis'],
        ['Sharpe a day', 'DSR', 'DSR, one an event', 'DSR, ever', 'DSR, ever, one an event'],
      ),
      rows: rows.slice(0, LISTED).map(line),
      origin: origin('promoted'),
      also: [origin('trials'), origin('ledger')],
      note: 'Probability that the Sharpe ratio out of sample is above what the best of so many trials would show without skill: of those of this pipeline, by which promotion decides, and of all that were ever tried here. The truth lies between all trials taken as independent and one trial an event. How far their Sharpe ratios spread is measured on the trials of this pipeline.',
    },
  ];
}
