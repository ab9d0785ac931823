import type { Gathered } from '../../../engine/sdk/index.js';
import type { FoldSummary } from '../../kinds/fold-summary.js';
import { columns, type Origin, paragraph, type Section } from '../page/document.js';
import { percent, whole } from '../page/numbers.js';
import { held } from './held.js';
import { numberIn, tally } from './read.js';

type Summaries = readonly Gathered<FoldSummary>[];

/**
 * From finds to positions: what was selected and weighed in each fold that had finds, and which strategies were held.
 * @param after  what is taken off net figures, in a few words
 */
export function selectionSection(
  summaries: Summaries,
  after: string,
  origin: (port: string) => Origin,
): Section {
  const title = 'Selection and allocation: from finds to positions';
  const alive = summaries.filter(({ value }) => value.discovery.passed > 0);
  if (alive.length === 0) {
    return { title, blocks: [paragraph('No fold had a find to select from: all stayed in cash.')] };
  }
  const vetoes = tally(alive.map(({ value }) => value.selection.vetoes));
  const told = vetoes.map(([name, count]) => `${name} ${whole(count)}`).join(', ');
  return {
    title,
    blocks: [
      {
        kind: 'table',
        title: 'Folds that had finds',
        columns: columns(
          ['Scorer / profile', 'Rhythm'],
          [
            'Fold',
            'Finds',
            'Atoms',
            'Vetoed',
            'Winners',
            'Stage',
            'Clusters',
            'Cash',
            'Trades',
            'Exposure',
            'Gross',
            'Costs',
            'Net',
          ],
        ),
        rows: foldRows(alive),
        origin: origin('summaries'),
        note: `An atom is a find on one symbol. Vetoed: at the last stage. Stage: how far thresholds were relaxed, 1 strict, 4 filled up. Cash: the share of capital that no atom may use. Over the test window gross and costs are sums of daily shares of equity; net is ${after}, compounded.`,
      },
      paragraph(`Vetoes cast on atoms: ${told === '' ? 'none' : told}.`),
      ...held(summaries, origin),
    ],
  };
}

/** One line for all combinations that fared alike in a fold. */
function foldRows(items: Summaries): readonly (readonly string[])[] {
  const whole = namesOf(items);
  const lines = new Map<
    string,
    { readonly cells: readonly string[]; readonly items: Gathered<FoldSummary>[] }
  >();
  for (const item of items) {
    const cells = foldCells(item);
    const line = lines.get(cells.join('|')) ?? { cells, items: [] };
    lines.set(cells.join('|'), line);
    line.items.push(item);
  }
  return [...lines.values()].map((line) => [combination(line.items, whole), ...line.cells]);
}

interface Names {
  readonly scorers: readonly string[];
  readonly profiles: readonly string[];
}

function namesOf(items: Summaries): Names {
  const distinct = (name: string) => [...new Set(items.flatMap(({ at }) => at[name] ?? []))];
  return { scorers: distinct('scorer'), profiles: distinct('risk_profile') };
}

/** Which scorers and profiles a line stands for. */
function combination(items: Summaries, all: Names): string {
  const own = namesOf(items);
  const full = Math.max(1, own.scorers.length) * Math.max(1, own.profiles.length);
  if (full !== items.length) {
    return items
      .map(({ at }) => [at.scorer, at.risk_profile].filter(Boolean).join(' / '))
      .join(', ');
  }
  const part = (what: string, some: readonly string[], every: readonly string[]) =>
    every.length === 0
      ? []
      : some.length === every.length && every.length > 1
        ? [`any ${what}`]
        : [some.join(', ')];
  return [
    ...part('scorer', own.scorers, all.scorers),
    ...part('profile', own.profiles, all.profiles),
  ].join(' / ');
}

function foldCells({ at, value }: Gathered<FoldSummary>): readonly string[] {
  const { fold, discovery, selection, allocation, test } = value;
  return [
    at.rhythm ?? 'all',
    fold.id,
    whole(discovery.passed),
    whole(selection.atoms),
    whole(selection.vetoed),
    whole(selection.winners),
    selection.winners === 0 ? '–' : String(selection.stage),
    whole(numberIn(allocation, 'clusters')),
    percent(numberIn(allocation, 'cash'), 0),
    whole(test.trades),
    percent(test.exposure),
    percent(test.gross, 2),
    percent(test.cost, 2),
    percent(test.net, 2),
  ];
}
