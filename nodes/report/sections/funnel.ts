import type { Frame, Gathered } from '../../../engine/sdk/index.js';
import { median } from '../../math/quantile.js';
import type { FoldSummary } from '../../ports.js';
import { type Block, list, type Origin, paragraph, type Section } from '../page/document.js';
import { day, percent, points, probability, whole } from '../page/numbers.js';

type Summaries = readonly Gathered<FoldSummary>[];

const SHOWN_HYPOTHESES = 15;

/** From hypotheses to trades, fold by fold, and the hypotheses that came nearest. */
export function funnelSection(
  summaries: Summaries,
  candidates: readonly Gathered<Frame>[],
  origin: (port: string) => Origin,
): Section {
  const gates = tally(summaries.map(({ value }) => value.discovery.failed));
  const vetoes = tally(summaries.map(({ value }) => value.selection.vetoes));
  return {
    title: 'From hypotheses to trades',
    blocks: [
      {
        kind: 'table',
        title: 'The funnel of each fold',
        columns: ['Rhythm', 'Scorer', 'Profile']
          .map((name) => ({ name }))
          .concat(
            [
              'Fold',
              'Test from',
              'Hypotheses',
              'Tested',
              'Passed',
              'Least q',
              'Atoms',
              'Vetoed',
              'Winners',
              'Stage',
              'Cash',
              'Trades',
              'Net',
            ].map((name) => ({ name, right: true })),
          ),
        rows: summaries.map(funnelRow),
        origin: origin('summaries'),
        note: 'Passed: after the correction and every gate. Stage: how far thresholds were relaxed, 1 strict, 4 filled up. A fold without winners is in cash.',
      },
      paragraph(`Gates that hypotheses failed, over all folds: ${told(gates)}.`),
      paragraph(`Vetoes cast on atoms, over all folds: ${told(vetoes)}.`),
      nearest(candidates, origin),
    ],
  };
}

function funnelRow({ at, value }: Gathered<FoldSummary>): readonly string[] {
  const { fold, discovery, selection, allocation, test } = value;
  return [
    at.rhythm ?? '',
    at.scorer ?? '',
    at.risk_profile ?? '',
    fold.id,
    day(fold.test_from),
    whole(discovery.hypotheses),
    whole(discovery.tested),
    whole(discovery.passed),
    probability(discovery.least_q),
    whole(selection.atoms),
    whole(selection.vetoed),
    whole(selection.winners),
    selection.winners === 0 ? '–' : String(selection.stage),
    percent(typeof allocation.cash === 'number' ? allocation.cash : null, 0),
    whole(test.trades),
    percent(test.net, 2),
  ];
}

/** The hypotheses with the least p in any fold, with what they showed over all of them. */
function nearest(candidates: readonly Gathered<Frame>[], origin: (port: string) => Origin): Block {
  const seen = new Set<string>();
  const found = new Map<
    string,
    {
      name: string;
      bars: number;
      n: number[];
      mean: number[];
      p: number[];
      q: number[];
      passed: number;
    }
  >();
  for (const { at, value } of candidates) {
    // Candidates know no scorer: each fold brings the same ones again for every one.
    const fold = `${at.rhythm ?? ''}/${at.fold ?? ''}`;
    if (seen.has(fold)) continue;
    seen.add(fold);
    for (const row of value.rows()) {
      const id = String(row.id);
      const name = `${String(row.event)} · ${String(row.template)}`;
      const entry = found.get(id) ?? {
        name,
        bars: Number(row.horizon),
        n: [],
        mean: [],
        p: [],
        q: [],
        passed: 0,
      };
      found.set(id, entry);
      if (typeof row.p !== 'number') continue;
      entry.p.push(row.p);
      entry.q.push(Number(row.q));
      entry.n.push(Number(row.n));
      entry.mean.push(Number(row.mean));
      entry.passed += row.passed === true ? 1 : 0;
    }
  }
  const least = (values: readonly number[]) => values.reduce((m, v) => Math.min(m, v), 1);
  const tested = [...found].filter(([, entry]) => entry.p.length > 0);
  tested.sort(([a, x], [b, y]) => least(x.p) - least(y.p) || (a < b ? -1 : a > b ? 1 : 0));
  return {
    kind: 'table',
    title: `The ${Math.min(SHOWN_HYPOTHESES, tested.length)} hypotheses with the least p-value in any fold, of ${tested.length} tested`,
    columns: [
      { name: 'Event · template' },
      ...[
        'Bars held',
        'Folds tested',
        'Passed in',
        'Occurrences a fold',
        'Median net, bp',
        'Least p',
        'Its least q',
      ].map((name) => ({ name, right: true })),
    ],
    rows: tested
      .slice(0, SHOWN_HYPOTHESES)
      .map(([, entry]) => [
        entry.name,
        whole(entry.bars),
        whole(entry.p.length),
        whole(entry.passed),
        whole(median(entry.n)),
        points(median(entry.mean)),
        probability(least(entry.p)),
        probability(least(entry.q)),
      ]),
    origin: origin('candidates'),
    note: 'Net of a round trip of costs, an occurrence. The least of many p-values is small by chance alone: only q and later folds count.',
  };
}

/** What leaned on fallbacks, fold by fold. */
export function degradedSection(summaries: Summaries): Section {
  const found = new Map<string, string[]>();
  for (const { at, value } of summaries) {
    const where = [at.rhythm, at.scorer, at.risk_profile, value.fold.id].filter(Boolean).join('/');
    for (const why of value.degraded) found.set(why, [...(found.get(why) ?? []), where]);
  }
  const invested = summaries.filter(({ value }) => value.selection.winners > 0).length;
  const leaning = summaries.filter(({ value }) => value.degraded.length > 0).length;
  const lines = [...found]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([why, where]) => `${why}: ${where.length} of ${summaries.length} (${shortened(where)})`);
  const mostly = 2 * leaning > invested && invested > 0;
  return {
    title: 'Fallbacks and degraded folds',
    blocks: [
      paragraph(
        `${summaries.length - invested} of ${summaries.length} folds stayed in cash; ${leaning} of the ${invested} others leaned on fallbacks.${mostly ? ' The run is made mostly of fallbacks: it is degraded.' : ''}`,
      ),
      ...(lines.length > 0 ? [list(lines)] : []),
    ],
  };
}

function shortened(names: readonly string[]): string {
  const shown = names.slice(0, 6).join(', ');
  return names.length > 6 ? `${shown}, …` : shown;
}

function tally(
  parts: readonly Readonly<Record<string, number>>[],
): readonly (readonly [string, number])[] {
  const found = new Map<string, number>();
  for (const part of parts) {
    for (const [name, count] of Object.entries(part))
      found.set(name, (found.get(name) ?? 0) + count);
  }
  return [...found].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : a > b ? 1 : 0));
}

function told(counts: readonly (readonly [string, number])[]): string {
  if (counts.length === 0) return 'none';
  return counts.map(([name, count]) => `${name} ${whole(count)}`).join(', ');
}
