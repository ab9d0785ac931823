import type { Gathered, Span } from '../../../engine/sdk/index.js';
import type { FoldSummary } from '../../kinds/fold-summary.js';
import { type Block, columns, list, type Origin, type Table } from '../page/document.js';
import { day, whole } from '../page/numbers.js';
import { enumerated } from './read.js';

const DAY = 86_400_000;
type Fold = FoldSummary['fold'];
type Summaries = readonly Gathered<FoldSummary>[];

/** What the folds of each rhythm are, and the days of the span that none of them tested. */
export function coverage(
  summaries: Summaries,
  span: Span,
  origin: (port: string) => Origin,
): readonly Block[] {
  const rhythms = rhythmsOf(summaries);
  const missed = rhythms.flatMap(({ name, folds }) => {
    const gaps = untested(folds, span);
    if (gaps.length === 0) return [];
    const told = gaps.map(({ from, to }) => `${range(from, to)} (${whole(days(from, to))})`);
    return [`${name}: ${enumerated(told)}`];
  });
  return [
    rhythmTable(rhythms, span, origin),
    ...(missed.length === 0
      ? []
      : [list(missed.map((told) => `Days of the span in no test window, ${told}.`))]),
  ];
}

/** How many days of the span each rhythm left untested, in a sentence. */
export function untestedDays(summaries: Summaries, span: Span): string {
  const told = rhythmsOf(summaries).map(({ name, folds }) => {
    const gaps = untested(folds, span);
    return `${name} never tested ${whole(gaps.reduce((sum, { from, to }) => sum + days(from, to), 0))}`;
  });
  if (told.length === 0) return '';
  return ` Of the ${whole(days(span.from, span.to))} days of the span ${range(span.from, span.to)}, rhythm ${enumerated(told)}.`;
}

interface Rhythm {
  readonly name: string;
  /** By time. */
  readonly folds: readonly Fold[];
}

function rhythmsOf(summaries: Summaries): readonly Rhythm[] {
  const found = new Map<string, Map<string, Fold>>();
  for (const { at, value } of summaries) {
    const name = at.rhythm ?? 'all';
    const folds = found.get(name) ?? new Map<string, Fold>();
    found.set(name, folds.set(value.fold.id, value.fold));
  }
  return [...found].map(([name, folds]) => ({
    name,
    folds: [...folds.values()].sort((a, b) => a.test_from - b.test_from),
  }));
}

/** Stretches of the span that lie in no test window, by time. */
function untested(folds: readonly Fold[], span: Span): readonly Span[] {
  const gaps: Span[] = [];
  let reached = span.from;
  for (const { test_from, test_to } of folds) {
    if (test_from > reached) gaps.push({ from: reached, to: test_from });
    reached = Math.max(reached, test_to);
  }
  if (reached < span.to) gaps.push({ from: reached, to: span.to });
  return gaps;
}

function rhythmTable(
  rhythms: readonly Rhythm[],
  span: Span,
  origin: (port: string) => Origin,
): Table {
  return {
    kind: 'table',
    title: 'The folds of each rhythm',
    columns: columns(
      ['Rhythm'],
      [
        'Folds',
        'Days to train',
        'Days to test',
        'First test day',
        'Last test day',
        'Days tested',
        'Never tested',
      ],
    ),
    rows: rhythms.map(({ name, folds }) => {
      const from = Math.min(...folds.map((f) => f.test_from));
      const to = Math.max(...folds.map((f) => f.test_to));
      const gaps = untested(folds, span);
      return [
        name,
        whole(folds.length),
        spread(folds.map((f) => f.train_to - f.train_from)),
        spread(folds.map((f) => f.test_to - f.test_from)),
        day(from),
        day(to - 1),
        whole(folds.reduce((sum, f) => sum + days(f.test_from, f.test_to), 0)),
        whole(gaps.reduce((sum, gap) => sum + days(gap.from, gap.to), 0)),
      ];
    }),
    origin: origin('summaries'),
    note: 'Everything is learned on the days to train alone; purge and embargo lie between them and the test. Days never tested are those before the first test window, between windows, and at the end where no whole window fits.',
  };
}

function days(from: number, to: number): number {
  return (to - from) / DAY;
}

function range(from: number, to: number): string {
  return `${day(from)} to ${day(to - 1)}`;
}

function spread(lengths: readonly number[]): string {
  const all = lengths.map((ms) => ms / DAY);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const told = (value: number) => String(Number(value.toFixed(2)));
  return low === high ? told(low) : `${told(low)} … ${told(high)}`;
}
