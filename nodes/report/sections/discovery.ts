import type { Frame, Gathered, Span } from '../../../engine/sdk/index.js';
import type { FoldSummary } from '../../kinds/fold-summary.js';
import type { Untried } from '../../kinds/untried.js';
import {
  type Block,
  columns,
  type Origin,
  paragraph,
  type Section,
  type Table,
} from '../page/document.js';
import { day, lasting, probability, whole } from '../page/numbers.js';
import { countsTable } from './counts.js';
import { nearest } from './hypotheses.js';
import { tally } from './read.js';
import { known } from './warmup.js';

type Summaries = readonly Gathered<FoldSummary>[];

interface Given {
  readonly summaries: Summaries;
  readonly matrix: Frame;
  /** How many events have a spec. */
  readonly declared: number;
  readonly candidates: readonly Gathered<Frame>[];
  readonly untried: readonly Gathered<readonly Untried[]>[];
  /** Length of a bar, milliseconds. */
  readonly spacing: number;
  readonly span: Span;
  /** History before the span, milliseconds. */
  readonly warmup: number;
}

/** Most templates or holding times that are named. */
const NAMED = 12;

/** What each gate of discovery asks; a gate that is not here is shown by its name alone. */
export const GATES: Readonly<Record<string, string>> = {
  unavailable: 'The data the event stands on have rows of some symbol in the training window.',
  same_trades: 'No other hypothesis trades the very same bars; of those that do, one is tested.',
  not_tested: 'The event occurs, with outcomes after it, often enough to be tested at all.',
  multiplicity: 'The p-value survives the correction for everything that was tested.',
  sample: 'There are enough occurrences.',
  edge: 'The mean after costs is above the least edge, by itself and pulled towards that of its kind.',
  stressed_edge: 'It still is when costs are higher than expected.',
  cost_ratio: 'Costs do not exceed the expected move.',
  state_information:
    'What is expected in a state comes from that state, not from its kind alone. Held where no state conditions it.',
  stability: 'Both halves of the training window agree in sign.',
};

/** From hypotheses to finds, fold by fold, and the hypotheses that came nearest. */
export function discoverySection(
  { summaries, candidates, untried, matrix, declared, spacing, span, warmup }: Given,
  origin: (port: string) => Origin,
): Section {
  const folds = foldsOf(summaries);
  const left = leftOut(untried);
  return {
    title: 'Discovery: from hypotheses to finds',
    blocks: [
      countsTable({ candidates, declared, matrix }, origin),
      funnel(folds, known(span, warmup), origin),
      gates(folds, origin),
      nearest(candidates, spacing, origin),
      ...(left === '' ? [] : [paragraph(left)]),
    ],
  };
}

/** What events name and nothing here can try: a small grid is an easier test, so it has to be told. */
export function leftOut(untried: readonly Gathered<readonly Untried[]>[]): string {
  const events = new Map(untried.flatMap(({ value }) => value.map((e) => [e.event, e] as const)));
  const of = (names: (event: Untried) => readonly string[]) =>
    listed(tally([...events.values()].map((e) => Object.fromEntries(names(e).map((n) => [n, 1])))));
  const parts = [
    ['templates', of((event) => event.templates.map((name) => wanting(name, event)))],
    ['holding times', of(({ horizons }) => horizons.map(lasting))],
    ['states', of(({ states }) => states)],
  ].filter(([, told]) => told !== '');
  const same = of(({ same_as }) => same_as.map(({ template, as }) => `${template} as ${as}`));
  return [
    ...(parts.length === 0
      ? []
      : [
          `Named by events and not tried, because nothing here can: ${parts.map(([what, told]) => `${what} ${told}`).join('; ')}.`,
        ]),
    ...(same === '' ? [] : [`One test under two names, tried once: ${same}.`]),
    ...(parts.length > 0 || same !== '' ? ['In brackets, by how many events.'] : []),
  ].join(' ');
}

/** A template, and what its outcomes want for where that is why it is not tried. */
function wanting(template: string, { lacks }: Untried): string {
  const wants = lacks[template] ?? [];
  return wants.length === 0 ? template : `${template} for want of ${wants.join(' and ')}`;
}

/** Names with their counts; the rarest are left to the specs. */
function listed(counts: readonly (readonly [string, number])[]): string {
  const shown = counts.slice(0, NAMED).map(([name, count]) => `${name} (${count})`);
  const more = counts.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

/** Discovery knows neither scorer nor profile: one summary a rhythm and fold tells it. */
function foldsOf(summaries: Summaries): Summaries {
  const found = new Map<string, Gathered<FoldSummary>>();
  for (const item of summaries) {
    const name = `${item.at.rhythm ?? ''}/${item.value.fold.id}`;
    if (!found.has(name)) found.set(name, item);
  }
  return [...found.values()];
}

function funnel(folds: Summaries, earliest: string, origin: (port: string) => Origin): Table {
  return {
    kind: 'table',
    title: 'Hypotheses in the training window of each fold',
    columns: columns(
      ['Rhythm'],
      ['Fold', 'Trains from', 'Trains to', 'Hypotheses', 'Tested', 'Least q', 'Finds'],
    ),
    rows: folds.map(({ at, value: { fold, discovery } }) => [
      at.rhythm ?? 'all',
      fold.id,
      day(fold.train_from),
      day(fold.train_to - 1),
      whole(discovery.hypotheses),
      whole(discovery.tested),
      probability(discovery.least_q),
      whole(discovery.passed),
    ]),
    origin: origin('summaries'),
    note: `A hypothesis is an event, a template and a holding time. Trains from: the first day of the window; ${earliest} Hypotheses: all of the grid. Tested: those whose data are there and that occur often enough in this window. Finds passed the correction and every gate. A fold without finds is in cash.`,
  };
}

function gates(folds: Summaries, origin: (port: string) => Origin): Block {
  const all = folds.reduce((sum, { value }) => sum + value.discovery.hypotheses, 0);
  return {
    kind: 'table',
    title: 'Gates that hypotheses failed, over all folds',
    columns: [
      { name: 'Gate' },
      { name: 'Failed', right: true },
      { name: 'Of', right: true },
      { name: 'What it asks', prose: true },
    ],
    rows: tally(folds.map(({ value }) => value.discovery.failed)).map(([gate, count]) => [
      gate,
      whole(count),
      whole(all),
      GATES[gate] ?? '',
    ]),
    origin: origin('summaries'),
    note: 'A hypothesis can fail several gates.',
  };
}
