import type { Frame } from '../../../engine/sdk/index.js';
import { lasting } from '../page/numbers.js';
import { numberIn, textIn } from './read.js';

/** A tested hypothesis as the page tells it; what a table does not tell is null. Returns are fractions of notional. */
export interface Hypothesis {
  readonly id: string;
  readonly event: string;
  readonly template: string;
  readonly direction: number;
  /** Bars. */
  readonly horizon: number;
  readonly entryLag: number;
  /** Null where symbols are pooled. */
  readonly symbol: string | null;
  /** Null where every state counts. */
  readonly state: string | null;
  /** What its p-value is of; null where the table does not tell, which is the mean. */
  readonly judged: string | null;
  readonly n: number | null;
  readonly days: number | null;
  /** As many independent occurrences as the error of the mean tells. */
  readonly effective: number | null;
  /** Standard deviation of an occurrence. */
  readonly spread: number | null;
  readonly gross: number | null;
  readonly mean: number | null;
  readonly stressed: number | null;
  /** Standard error of what is judged. */
  readonly se: number | null;
  /** What is judged over its standard error. */
  readonly t: number | null;
  readonly shrunk: number | null;
  readonly weight: number | null;
  readonly posterior: number | null;
  readonly p: number | null;
  readonly q: number | null;
  readonly passed: boolean;
  readonly track: string | null;
  readonly quality: number | null;
  /** Gates it failed, in the order they stand in. */
  readonly failed: readonly string[];
}

/** Hypotheses of a table of candidates; columns that are not there are not told. */
export function hypothesesIn(candidates: Frame): readonly Hypothesis[] {
  return [...candidates.rows()].map((row) => {
    const number = (name: string) => numberIn(row, name);
    const text = (name: string) => textIn(row, name) || null;
    return {
      id: textIn(row, 'id'),
      event: textIn(row, 'event'),
      template: textIn(row, 'template'),
      direction: number('direction') ?? Number.NaN,
      horizon: number('horizon') ?? Number.NaN,
      entryLag: number('entry_lag') ?? Number.NaN,
      symbol: text('symbol'),
      state: text('state'),
      judged: text('judged'),
      n: number('n'),
      days: number('days'),
      effective: number('effective'),
      spread: number('spread'),
      gross: number('gross'),
      mean: number('mean'),
      stressed: number('stressed'),
      se: number('se'),
      t: number('t'),
      shrunk: number('shrunk'),
      weight: number('weight'),
      posterior: number('posterior'),
      p: number('p'),
      q: number('q'),
      passed: row.passed === true,
      track: text('track'),
      quality: number('quality'),
      failed: text('reasons')?.split('+') ?? [],
    };
  });
}

/** Event, template with its direction, symbol and state: what differs by holding time alone has one such name. */
export function kindOf({ event, template, direction, symbol, state }: Hypothesis): string {
  const side = direction < 0 ? 'against' : 'with';
  return [event, `${template} (${side} it)`, symbol ?? 'pooled', ...(state ? [state] : [])].join(
    ' · ',
  );
}

/** A hypothesis by name. @param spacing  length of a bar, milliseconds */
export function nameOf(hypothesis: Hypothesis, spacing: number): string {
  return `${kindOf(hypothesis)} · ${lasting(hypothesis.horizon * spacing)}`;
}

/** Least q first, then least p, then by id. */
export function byEvidence(a: Hypothesis, b: Hypothesis): number {
  const [q, p] = [(a.q ?? 1) - (b.q ?? 1), (a.p ?? 1) - (b.p ?? 1)];
  return q || p || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** The fewest failed gates first, then as {@link byEvidence}: the order of everything that is told of what came near. */
export function byNearness(a: Hypothesis, b: Hypothesis): number {
  return a.failed.length - b.failed.length || byEvidence(a, b);
}
